package io.leadloom.scoring.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.RecordsErased;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.scoring.WebsitePoints;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Page views of browsers. A browser is nobody until it submits a form or follows a link with the mark of a lead: from then
 * on its visits are the lead's, those before included (LEAD-147, LEAD-156). A view of a known lead earns points at once and
 * is an activity, so that automations hear of it.
 */
@Component
public class Visits {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9-]{16,40}");
  private static final Cause CAUSE = Cause.system("website");
  private static final String VISITED = "page-visited";
  private static final int LONGEST_PATH = 500;
  private static final int LONGEST_TITLE = 250;
  private static final int KEPT_VIEWS = 100;

  private final Sites sites;
  private final VisitTokens tokens;
  private final ViewRates rates;
  private final WebsitePoints points;
  private final Records records;
  private final Schemas schemas;
  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Visits(
      Sites sites,
      VisitTokens tokens,
      ViewRates rates,
      WebsitePoints points,
      Records records,
      Schemas schemas,
      JdbcTemplate jdbc,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.sites = sites;
    this.tokens = tokens;
    this.rates = rates;
    this.points = points;
    this.records = records;
    this.schemas = schemas;
    this.jdbc = jdbc;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What the script tells of a page view.
   *
   * @param visitor what the browser calls itself, made by the script
   * @param url the page
   * @param mark the mark of a lead in the link that led here; null for none
   */
  public record View(
      @Nullable String visitor,
      @Nullable String url,
      @Nullable String title,
      @Nullable String mark) {}

  /** A page that a lead has looked at. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Viewed(Instant at, String domain, String path, @Nullable String title) {}

  private record Visitor(long id, @Nullable Long lead, long views) {}

  /**
   * Counts a page view, unless it comes from elsewhere or too often.
   *
   * @param origin what the browser says where the page is
   * @param address of the browser
   * @return whether it was counted
   */
  public boolean view(String code, View view, @Nullable String origin, String address) {
    String visitor = view.visitor();
    URI page = address(view.url());
    if (visitor == null
        || !TOKEN.matcher(visitor).matches()
        || page == null
        || !rates.take(code, address, visitor)) {
      return false;
    }
    URI from = address(origin);
    try {
      return Boolean.TRUE.equals(
          transaction.execute(status -> count(code, visitor, page, from, view)));
    } catch (DuplicateKeyException e) {
      // Two first views of one browser in the same moment: now it is there.
      return Boolean.TRUE.equals(
          transaction.execute(status -> count(code, visitor, page, from, view)));
    }
  }

  private boolean count(String code, String token, URI page, @Nullable URI from, View view) {
    Sites.Known site = sites.byCode(code).orElse(null);
    if (site == null
        || from == null
        || !Site.covers(site.domain(), from.getHost())
        || !Site.covers(site.domain(), page.getHost())) {
      return false;
    }
    Instant now = clock.instant();
    Visitor visitor = visitor(site.id(), token, now);
    String path =
        cut(
            page.getRawPath() == null || page.getRawPath().isEmpty() ? "/" : page.getRawPath(),
            LONGEST_PATH);
    String title =
        view.title() == null || view.title().isBlank()
            ? null
            : cut(view.title().strip(), LONGEST_TITLE);
    // First whose it is: a page that another lead opened is not told of the one whose browser it
    // was before.
    Long marked = tokens.lead(view.mark());
    Visitor whose = marked == null ? visitor : known(site.id(), token, visitor, marked, now);
    jdbc.update(
        "insert into score_view (visitor_id, viewed_at, path, title) values (?, ?, ?, ?)",
        whose.id(),
        Utc.column(now),
        path,
        title);
    forget(whose.id(), whose.views() + 1);
    Long lead = whose.lead();
    if (lead != null) {
      earn(whose, lead, now, title == null ? path : title, page, path);
    } else {
      jdbc.update(
          "update score_visitor set views = views + 1, last_at = ? where id = ?",
          Utc.column(now),
          whose.id());
    }
    return true;
  }

  private Visitor visitor(long site, String token, Instant now) {
    List<Visitor> found =
        jdbc.query(
            "select id, lead_id, views from score_visitor where site_id = ? and token = ? for update",
            (row, n) -> new Visitor(row.getLong(1), row.getObject(2, Long.class), row.getLong(3)),
            site,
            token);
    if (!found.isEmpty()) {
      return found.get(0);
    }
    jdbc.update(
        "insert into score_visitor (site_id, token, views, first_at, last_at) values (?, ?, 0, ?, ?)",
        site,
        token,
        Utc.column(now),
        Utc.column(now));
    return visitor(site, token, now);
  }

  /** Keeps the newest views of a browser. */
  private void forget(long visitor, long views) {
    if (views % KEPT_VIEWS == 0) {
      List<Long> oldest =
          jdbc.queryForList(
              "select id from score_view where visitor_id = ? order by id desc limit 1 offset "
                  + KEPT_VIEWS,
              Long.class,
              visitor);
      if (!oldest.isEmpty()) {
        jdbc.update(
            "delete from score_view where visitor_id = ? and id <= ?", visitor, oldest.get(0));
      }
    }
  }

  private void earn(
      Visitor visitor, long lead, Instant now, String subject, URI page, String path) {
    RecordRef ref = RecordRef.lead(lead);
    jdbc.queryForList("select id from leads where id = ? for update", Long.class, lead);
    long before = views(lead);
    jdbc.update(
        "update score_visitor set views = views + 1, last_at = ? where id = ?",
        Utc.column(now),
        visitor.id());
    RecordSession session = records.open();
    Record record = session.get(ref).orElse(null);
    if (record == null || record.trashedAt() != null) {
      return;
    }
    add(session, record, before, before + 1);
    if (schemas.current().activityType(VISITED).isPresent()) {
      Values values =
          Values.of("lead", lead)
              .with("subject", cut(subject, LONGEST_TITLE))
              .with("notes", page.getScheme() + "://" + page.getHost() + path)
              .with("happenedAt", now);
      session.apply(new RecordCommand.Create(EntityType.ACTIVITY, VISITED, values, false), CAUSE);
    }
    session.flush();
  }

  private void add(RecordSession session, Record lead, long before, long after) {
    long more = points.of(after) - points.of(before);
    if (more != 0) {
      Long earned = lead.values().number("earnedPoints");
      session.apply(
          new RecordCommand.Update(
              lead.ref(), null, Values.of("earnedPoints", (earned == null ? 0 : earned) + more)),
          CAUSE);
    }
  }

  private long views(long lead) {
    Long views =
        jdbc.queryForObject(
            "select coalesce(sum(views), 0) from score_visitor where lead_id = ?",
            Long.class,
            lead);
    return views == null ? 0 : views;
  }

  /**
   * A browser has submitted a form for a lead: its visits are the lead's from now on, and so are those before. Forms and
   * whatever else knows both call it.
   *
   * @param code of the website
   * @param visitor what the browser calls itself there
   * @return whether the website knows the browser
   */
  public boolean known(String code, String visitor, long lead) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              Sites.Known site = sites.byCode(code).orElse(null);
              if (site == null || !TOKEN.matcher(visitor).matches()) {
                return false;
              }
              Instant now = clock.instant();
              known(site.id(), visitor, visitor(site.id(), visitor, now), lead, now);
              return true;
            }));
  }

  private Visitor known(long site, String token, Visitor visitor, long given, Instant now) {
    Record record = records.open().standing(RecordRef.lead(given)).orElse(null);
    if (record == null
        || record.trashedAt() != null
        || Objects.equals(visitor.lead(), record.ref().id())) {
      return visitor;
    }
    long lead = record.ref().id();
    Visitor whose = visitor;
    if (visitor.lead() != null) {
      // Somebody else at the same browser: what was looked at before stays with the other one.
      jdbc.update(
          "update score_visitor set token = ? where id = ?",
          Long.toString(visitor.id(), Character.MAX_RADIX) + "-former",
          visitor.id());
      whose = visitor(site, token, now);
    }
    jdbc.queryForList("select id from leads where id = ? for update", Long.class, lead);
    long before = views(lead);
    jdbc.update(
        "update score_visitor set lead_id = ?, known_at = ? where id = ?",
        lead,
        Utc.column(now),
        whose.id());
    RecordSession session = records.open();
    session.get(record.ref()).ifPresent(fresh -> add(session, fresh, before, views(lead)));
    session.flush();
    return new Visitor(whose.id(), lead, whose.views());
  }

  /** What the link of a lead has to carry so that whoever follows it is known on the websites. */
  public String mark(long lead) {
    return tokens.of(lead);
  }

  /** The pages that a lead has looked at, newest first. */
  public List<Viewed> of(long lead, int limit) {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                jdbc.query(
                    "select w.viewed_at, s.domain, w.path, w.title from score_visitor v"
                        + " join score_view w on w.visitor_id = v.id join score_site s on s.id = v.site_id"
                        + " where v.lead_id = ? order by w.viewed_at desc, w.id desc limit "
                        + limit,
                    (row, n) ->
                        new Viewed(
                            Objects.requireNonNull(
                                Utc.moment(row.getObject(1, LocalDateTime.class))),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4)),
                    lead)));
  }

  @EventListener
  void erased(RecordsErased erased) {
    if (erased.type() == EntityType.LEAD && !erased.ids().isEmpty()) {
      String among = "lead_id in (" + Ids.listed(erased.ids()) + ")";
      jdbc.update(
          "delete from score_view where visitor_id in (select id from score_visitor where "
              + among
              + ")");
      jdbc.update("delete from score_visitor where " + among);
    }
  }

  private static @Nullable URI address(@Nullable String text) {
    if (text == null || text.length() > 2_000) {
      return null;
    }
    try {
      URI address = new URI(text);
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      return web && address.getHost() != null ? address : null;
    } catch (java.net.URISyntaxException e) {
      return null;
    }
  }

  private static String cut(String text, int longest) {
    int end = Math.min(text.length(), longest);
    boolean half = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, half ? end - 1 : end);
  }
}
