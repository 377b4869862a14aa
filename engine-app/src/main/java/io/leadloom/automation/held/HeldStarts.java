package io.leadloom.automation.held;

import io.leadloom.automation.definition.PublishedAutomations;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.record.ImportStarts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What waits for its turn to start an automation, in the order in which it happened. Whoever lets some go locks the row
 * of the import, so that all nodes together keep the pace; what goes is handed to the journal in the same transaction
 * that takes it out.
 */
@Component
public class HeldStarts implements ImportStarts {

  /** How many go in one transaction when nothing slows them down. */
  private static final int PAGE = 500;

  /** A minute's starts are spread over it, in so many equal portions where they suffice. */
  private static final int PORTIONS = 12;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Events of different records come by side by side: so much later, those that happened before are there too. */
  private static final Duration LATECOMERS = Duration.ofSeconds(2);

  /** So long an import is left alone when all that could go is of automations that accept no starts. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final Journal journal;
  private final PublishedAutomations published;
  private final Ids ids;
  private final Clock clock;

  HeldStarts(
      JdbcTemplate jdbc,
      BatchedRows batched,
      Journal journal,
      PublishedAutomations published,
      Ids ids,
      Clock clock) {
    this.published = published;
    this.jdbc = jdbc;
    this.batched = batched;
    this.journal = journal;
    this.ids = ids;
    this.clock = clock;
  }

  private record Kept(long id, HeldStart start) {}

  private record Waiting(
      long id, long automationId, LocalDateTime happenedAt, long recordId, String event) {}

  private static final Comparator<Waiting> IN_ORDER =
      Comparator.comparing(Waiting::happenedAt)
          .thenComparingLong(Waiting::recordId)
          .thenComparingLong(Waiting::id);

  private record Row(State state, int perMinute, Instant nextAt) {}

  /** Keeps starts for later, in the caller's transaction; those of imports whose starts were dropped are not kept. */
  public void keep(List<HeldStart> starts) {
    keep(starts, "held = held + ?");
  }

  /** Keeps starts that had been let go, while their automations accept none; in the caller's transaction. */
  public void takeBack(List<HeldStart> starts) {
    keep(starts, "started = started - ?");
  }

  private void keep(List<HeldStart> starts, String counted) {
    Map<Long, List<Kept>> byImport = new HashMap<>();
    for (HeldStart start : starts) {
      byImport
          .computeIfAbsent(start.importId(), any -> new ArrayList<>())
          .add(new Kept(ids.next("held_start"), start));
    }
    byImport.forEach(
        (importId, some) -> {
          int waits =
              jdbc.update(
                  "update import_start set "
                      + counted
                      + " where import_id = ? and state <> 'dropped'",
                  some.size(),
                  importId);
          if (waits > 0) {
            insert(importId, some);
          }
        });
  }

  private void insert(long importId, List<Kept> starts) {
    batched.insert(
        "held_start",
        List.of(
            "id",
            "import_id",
            "happened_at",
            "record_type",
            "record_id",
            "subject_type",
            "subject_id",
            "automation_id",
            "event"),
        new Rows<>(
            starts,
            (statement, from, kept) -> {
              statement.setLong(from, kept.id());
              statement.setLong(from + 1, importId);
              JournalEntry event = kept.start().event();
              statement.setObject(from + 2, Utc.column(event.at()));
              statement.setInt(from + 3, event.root().type().code());
              statement.setLong(from + 4, event.root().id());
              statement.setInt(from + 5, event.subject().type().code());
              statement.setLong(from + 6, event.subject().id());
              statement.setLong(from + 7, kept.start().automationId());
              statement.setString(from + 8, text(kept.start()));
              return from + 9;
            }));
  }

  /** The record, the user and what happened, in one text. */
  private static String text(HeldStart start) {
    Long user = start.event().cause().userId();
    return start.event().root() + " " + (user == null ? "" : user) + " " + start.facts();
  }

  /** The imports of which something waits and whose turn it is, those that had to wait longest first. */
  @Transactional(readOnly = true)
  public List<Long> imports() {
    return jdbc.queryForList(
        "select s.import_id from import_start s where s.next_at <= ? and exists"
            + " (select 1 from held_start h where h.import_id = s.import_id)"
            + " order by s.next_at, s.import_id limit 100",
        Long.class,
        Utc.column(clock.instant()));
  }

  /**
   * Lets go what may start now. What is of automations that are paused waits until they go on. Returns whether more can go
   * at once.
   */
  @Transactional
  public boolean release(long importId) {
    Row row =
        jdbc
            .query(
                "select state, per_minute, next_at from import_start where import_id = ? for update",
                (found, n) -> row(found),
                importId)
            .stream()
            .findFirst()
            .orElse(null);
    Instant now = clock.instant();
    if (row == null || row.state() == State.HELD && row.nextAt().isAfter(now)) {
      return false;
    }
    boolean dropped = row.state() == State.DROPPED;
    Set<Long> paused = dropped ? Set.of() : published.latest().paused();
    LocalDateTime until =
        Objects.requireNonNull(
            Utc.column(row.state() == State.HELD ? now.minus(LATECOMERS) : now.plus(LATECOMERS)));
    int most = row.state() == State.HELD ? portion(row.perMinute()) : PAGE;
    List<Waiting> going =
        paused.isEmpty() ? waiting(importId, "", until, most) : able(importId, paused, until, most);
    if (going.isEmpty()) {
      jdbc.update(
          "update import_start set next_at = ? where import_id = ? and exists"
              + " (select 1 from held_start where import_id = ? and happened_at <= ?)",
          Utc.column(now.plus(AGAIN)),
          importId,
          importId,
          until);
      return false;
    }
    jdbc.batchUpdate(
        "delete from held_start where id = ?",
        going,
        PAGE,
        (statement, one) -> statement.setLong(1, one.id()));
    if (!dropped) {
      journal.append(going.stream().map(one -> request(importId, one, now)).toList());
    }
    jdbc.update(
        "update import_start set next_at = ?, started = started + ? where import_id = ?",
        Utc.column(row.state() == State.HELD ? now.plus(pause(row.perMinute())) : now),
        dropped ? 0 : going.size(),
        importId);
    return row.state() != State.HELD && going.size() == most;
  }

  private List<Waiting> waiting(long importId, String which, LocalDateTime until, int most) {
    return jdbc.query(
        "select id, automation_id, happened_at, record_id, event from held_start where import_id = ?"
            + which
            + " and happened_at <= ? order by happened_at, record_id, id limit ?",
        (found, n) ->
            new Waiting(
                found.getLong(1),
                found.getLong(2),
                found.getObject(3, LocalDateTime.class),
                found.getLong(4),
                found.getString(5)),
        importId,
        until,
        most);
  }

  /** Those of automations that are not paused, each read by itself: millions may wait for one that is. */
  private List<Waiting> able(long importId, Set<Long> paused, LocalDateTime until, int most) {
    List<Waiting> able = new ArrayList<>();
    long automation = 0;
    while (true) {
      List<Long> next =
          jdbc.queryForList(
              "select automation_id from held_start where import_id = ? and automation_id > ?"
                  + " order by automation_id limit 1",
              Long.class,
              importId,
              automation);
      if (next.isEmpty()) {
        break;
      }
      automation = next.get(0);
      if (!paused.contains(automation)) {
        able.addAll(waiting(importId, " and automation_id = " + automation, until, most));
      }
    }
    able.sort(IN_ORDER);
    return able.size() > most ? able.subList(0, most) : able;
  }

  /** Leaves an import alone for a minute, since its starts could not go on. */
  @Transactional
  public void putOff(long importId) {
    jdbc.update(
        "update import_start set next_at = ? where import_id = ?",
        Utc.column(clock.instant().plus(MINUTE)),
        importId);
  }

  private static JournalEntry request(long importId, Waiting one, Instant now) {
    String[] parts = one.event().split(" ", 3);
    Long user = parts[1].isEmpty() ? null : Long.valueOf(parts[1]);
    return HeldStart.request(
        one.automationId(),
        parts[2],
        HeldStart.ref(parts[0]),
        Cause.importJob(user, importId),
        now);
  }

  /** How many go at a time. */
  static int portion(int perMinute) {
    return Math.max(1, perMinute / PORTIONS);
  }

  /** How long the next ones wait then: within any minute there are at most as many as wanted. */
  static Duration pause(int perMinute) {
    // A little longer, since times are cut to microseconds.
    return MINUTE.dividedBy(Math.max(1, perMinute / portion(perMinute))).plusMillis(1);
  }

  @Override
  public void hold(long importId, int perMinute) {
    Instant now = clock.instant();
    jdbc.update(
        "insert into import_start (import_id, state, per_minute, next_at, held, started, created_at)"
            + " values (?, 'held', ?, ?, 0, 0, ?)",
        importId,
        perMinute,
        Utc.column(now),
        Utc.column(now));
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<Figures> figures(long importId) {
    return jdbc
        .query(
            "select state, per_minute, held, started from import_start where import_id = ?",
            (row, n) -> figures(row),
            importId)
        .stream()
        .findFirst();
  }

  @Override
  @Transactional
  public void slow(long importId, int perMinute) {
    jdbc.update(
        "update import_start set state = 'held', per_minute = ? where import_id = ? and state <> 'dropped'",
        perMinute,
        importId);
  }

  @Override
  @Transactional
  public void open(long importId) {
    jdbc.update(
        "update import_start set state = 'open', next_at = ? where import_id = ? and state <> 'dropped'",
        Utc.column(clock.instant()),
        importId);
  }

  /** What waits is taken away in the background; it counts as gone from now on. */
  @Override
  @Transactional
  public void drop(long importId) {
    jdbc.update(
        "update import_start set state = 'dropped', next_at = ? where import_id = ?",
        Utc.column(clock.instant()),
        importId);
  }

  private static Figures figures(ResultSet row) throws SQLException {
    State state = state(row.getString(1));
    long started = row.getLong(4);
    long left = row.getLong(3) - started;
    return state == State.DROPPED
        ? new Figures(state, row.getInt(2), 0, started, left)
        : new Figures(state, row.getInt(2), left, started, 0);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        state(row.getString(1)),
        row.getInt(2),
        Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class))));
  }

  private static State state(String key) {
    return State.valueOf(key.toUpperCase(Locale.ROOT));
  }
}
