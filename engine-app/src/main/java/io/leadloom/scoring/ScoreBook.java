package io.leadloom.scoring;

import io.leadloom.decision.score.ScoreRules;
import io.leadloom.platform.Ids;
import io.leadloom.record.Record;
import io.leadloom.record.points.LeadLedger;
import io.leadloom.record.points.LeadLedger.Points;
import io.leadloom.rules.fact.FilledField;
import io.leadloom.rules.fact.GivenPoints;
import io.leadloom.rules.fact.PageViews;
import io.leadloom.rules.fact.PostedActivities;
import io.leadloom.rules.verdict.LeadScore;
import io.leadloom.rules.verdict.ScorePart;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Works out what leads are worth from what is known of them: their values, activities, visits and what they were given. The
 * same data give the same numbers at any time, whatever stands in the leads.
 */
@Component
class ScoreBook {

  private final ScoreRules rules;
  private final LeadLedger ledger;
  private final JdbcTemplate jdbc;

  ScoreBook(ScoreRules rules, LeadLedger ledger, JdbcTemplate jdbc) {
    this.rules = rules;
    this.ledger = ledger;
    this.jdbc = jdbc;
  }

  /** What is known of some leads. */
  record Account(
      List<LeadLedger.Posted> posted, Map<Long, Long> views, Map<Long, Map<Long, Long>> given) {}

  /** Reads what does not stand in the leads themselves. */
  Account account(List<Record> leads) {
    List<Long> ids = leads.stream().map(lead -> lead.ref().id()).toList();
    return new Account(ledger.posted(ids), views(ids), ledger.given(ids));
  }

  /** How many pages each of the leads has looked at. */
  Map<Long, Long> views(Collection<Long> leads) {
    Map<Long, Long> views = new HashMap<>();
    if (!leads.isEmpty()) {
      jdbc.query(
          "select lead_id, sum(views) from score_visitor where lead_id in ("
              + Ids.listed(leads)
              + ") group by lead_id",
          row -> {
            views.put(row.getLong(1), row.getLong(2));
          });
    }
    return views;
  }

  /** The parts of each lead's score; leads without any have none. */
  Map<Long, List<ScorePart>> parts(
      List<Record> leads, Account account, PointScale scale, Schema schema) {
    List<FilledField> filled = new ArrayList<>();
    for (Record lead : leads) {
      filled.addAll(scale.filled(lead.ref().id(), lead.values()::get));
    }
    List<PostedActivities> posted = new ArrayList<>();
    for (LeadLedger.Posted some : account.posted()) {
      long points = schema.activityType(some.type()).map(Schema.ActivityType::score).orElse(0);
      posted.add(new PostedActivities(some.lead(), some.type(), some.count(), points));
    }
    List<PageViews> views = new ArrayList<>();
    account.views().forEach((lead, count) -> views.add(new PageViews(lead, count)));
    List<GivenPoints> given = new ArrayList<>();
    account
        .given()
        .forEach(
            (lead, gifts) ->
                gifts.forEach(
                    (giver, points) ->
                        given.add(new GivenPoints(lead, Long.toString(giver), points))));
    Map<Long, List<ScorePart>> parts = new HashMap<>();
    for (ScorePart part :
        rules.parts(scale.facts(), new ScoreRules.Known(filled, posted, views, given))) {
      parts.computeIfAbsent(part.lead(), id -> new ArrayList<>()).add(part);
    }
    return parts;
  }

  /** What the parts of one lead's score come to. */
  static Points points(List<ScorePart> parts, PointScale scale) {
    long earned = 0;
    long total = 0;
    for (ScorePart part : parts) {
      total += part.points();
      boolean ofValues =
          part.kind() == ScorePart.Kind.FIELD || part.kind() == ScorePart.Kind.CHOICE;
      earned += ofValues ? 0 : part.points();
    }
    return new Points(earned, total, LeadScore.percentage(total, scale.maximum()));
  }
}
