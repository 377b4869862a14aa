package io.leadloom.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.CauseNames;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.points.LeadLedger;
import io.leadloom.record.points.LeadLedger.Points;
import io.leadloom.rules.fact.ChoiceScore;
import io.leadloom.rules.fact.FieldShare;
import io.leadloom.rules.verdict.ScorePart;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Says why a lead has its score: each part with what it adds, and what else could be earned. */
@Component
public class ScoreExplanation {

  private final Records records;
  private final ScoreBook book;
  private final PointScales scales;
  private final Schemas schemas;
  private final ObjectProvider<CauseNames> names;
  private final TransactionTemplate reading;

  ScoreExplanation(
      Records records,
      ScoreBook book,
      PointScales scales,
      Schemas schemas,
      ObjectProvider<CauseNames> names,
      PlatformTransactionManager transactions) {
    this.records = records;
    this.book = book;
    this.scales = scales;
    this.schemas = schemas;
    this.names = names;
    this.reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
  }

  /**
   * Why a lead has its score.
   *
   * @param total as it stands in the lead
   * @param current false while the lead waits to be scored by settings that have changed
   * @param display what people see: {@code percentage} or {@code total}
   * @param parts what adds to the total, and fields and choices that could
   */
  public record Explained(
      long total,
      int percentage,
      long maximum,
      boolean current,
      String display,
      List<Part> parts) {}

  /**
   * A part of the total.
   *
   * @param kind {@code field}, {@code choice}, {@code activity}, {@code website}, {@code given}, or {@code hidden} for
   *     those of fields that the reader may not see
   * @param key the field, the activity type, or the automation
   * @param label its name; missing for what has none
   * @param value the choice that the lead has
   * @param count how many activities or page views
   * @param most what could be earned there; missing where there is no limit
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Part(
      String kind,
      @Nullable String key,
      @Nullable String label,
      @Nullable String value,
      @Nullable Long count,
      long points,
      @Nullable Long most) {}

  public Explained of(long id, Rights rights) {
    Record lead =
        records
            .as(rights)
            .find(RecordRef.lead(id))
            .orElseThrow(() -> RefusedException.notFound("lead", id));
    if (rights.hides(EntityType.LEAD, "score")) {
      throw RefusedException.forbidden("Your permissions hide the score of leads");
    }
    Schema schema = schemas.current();
    PointScale scale = scales.scale(schema);
    Record whole = records.find(lead.ref()).orElse(lead);
    ScoreBook.Account account = reading.execute(status -> book.account(List.of(whole)));
    if (account == null) {
      throw new IllegalStateException("What a lead has earned could not be read");
    }
    List<ScorePart> earned =
        book.parts(List.of(whole), account, scale, schema).getOrDefault(id, List.of());
    Points points = ScoreBook.points(earned, scale);
    Long total = whole.values().number("score");
    Long percentage = whole.values().number("scorePercent");
    long shown = total == null ? 0 : total;
    int percent = percentage == null ? 0 : percentage.intValue();
    return new Explained(
        shown,
        percent,
        scale.maximum(),
        shown == points.total() && percent == points.percentage(),
        scale.settings().display().name().toLowerCase(Locale.ROOT),
        parts(whole, earned, account, scale, schema, rights));
  }

  private List<Part> parts(
      Record lead,
      List<ScorePart> earned,
      ScoreBook.Account account,
      PointScale scale,
      Schema schema,
      Rights rights) {
    Map<String, Long> byName = new HashMap<>();
    earned.forEach(part -> byName.merge(part.kind() + part.name(), part.points(), Long::sum));
    List<Part> parts = new ArrayList<>();
    long hidden = 0;
    for (FieldShare share : scale.facts().fields()) {
      long points = byName.getOrDefault(ScorePart.Kind.FIELD + share.field(), 0L);
      if (rights.hides(EntityType.LEAD, share.field())) {
        hidden += points;
      } else {
        parts.add(
            new Part(
                "field",
                share.field(),
                label(schema, share.field()),
                null,
                null,
                points,
                share.points()));
      }
    }
    for (String kind :
        scale.facts().choices().stream().map(ChoiceScore::field).distinct().toList()) {
      long points = byName.getOrDefault(ScorePart.Kind.CHOICE + kind, 0L);
      if (rights.hides(EntityType.LEAD, kind)) {
        hidden += points;
      } else {
        parts.add(
            new Part(
                "choice",
                kind,
                label(schema, kind),
                lead.values().text(kind),
                null,
                points,
                scale.highest().get(kind)));
      }
    }
    if (hidden != 0) {
      parts.add(new Part("hidden", null, null, null, null, hidden, null));
    }
    parts.add(website(lead, account, byName, scale));
    activities(account, byName, schema, parts);
    given(lead, account, parts);
    return parts;
  }

  private static Part website(
      Record lead, ScoreBook.Account account, Map<String, Long> byName, PointScale scale) {
    return new Part(
        "website",
        null,
        null,
        null,
        account.views().getOrDefault(lead.ref().id(), 0L),
        byName.getOrDefault(ScorePart.Kind.WEBSITE + "website", 0L),
        (long) scale.settings().websiteCap());
  }

  private static void activities(
      ScoreBook.Account account, Map<String, Long> byName, Schema schema, List<Part> parts) {
    List<Part> activities = new ArrayList<>();
    for (LeadLedger.Posted posted : account.posted()) {
      Long points = byName.get(ScorePart.Kind.ACTIVITY + posted.type());
      if (points != null) {
        String label =
            schema
                .activityType(posted.type())
                .map(Schema.ActivityType::label)
                .orElse(posted.type());
        activities.add(
            new Part("activity", posted.type(), label, null, posted.count(), points, null));
      }
    }
    activities.sort(Comparator.comparingLong(Part::points).reversed());
    parts.addAll(activities);
  }

  private void given(Record lead, ScoreBook.Account account, List<Part> parts) {
    Map<Long, Long> gifts = account.given().getOrDefault(lead.ref().id(), Map.of());
    CauseNames known = names.getIfAvailable();
    Map<Long, String> automations =
        known == null || gifts.isEmpty() ? Map.of() : known.automations(Set.copyOf(gifts.keySet()));
    gifts.forEach(
        (automation, points) -> {
          if (points != 0) {
            parts.add(
                new Part(
                    "given",
                    automation == 0 ? null : Long.toString(automation),
                    automations.get(automation),
                    null,
                    null,
                    points,
                    null));
          }
        });
  }

  private static @Nullable String label(Schema schema, String field) {
    return schema.field(EntityType.LEAD, field).map(Field::label).orElse(null);
  }
}
