package io.leadloom.automation.run;

import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The re-entry policies for one batch. The rows of the records concerned are locked, and no two batches handle events of
 * one record at a time that can start the same automation, so that two starts cannot both think that they are the first.
 */
final class Entries {

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final Map<Key, Entry> known = new HashMap<>();
  private final Map<Key, LiveRun> started = new HashMap<>();

  private record Key(long automationId, RecordRef root) {}

  private record Entry(Instant startedAt, long runId, boolean running) {}

  Entries(JdbcTemplate jdbc, BatchedRows batched) {
    this.jdbc = jdbc;
    this.batched = batched;
  }

  /** Loads and locks what is known about these candidates. */
  void load(Collection<LiveRun> candidates) {
    Set<Long> automations = new HashSet<>();
    Set<Long> roots = new HashSet<>();
    for (LiveRun run : candidates) {
      if (run.version.reentry().looksBack()) {
        automations.add(run.version.automationId());
        roots.add(run.root.id());
      }
    }
    if (automations.isEmpty()) {
      return;
    }
    lockLeads(candidates);
    jdbc.query(
        "select automation_id, root_type, root_id, started_at, run_id, running from automation_entry"
            + " where root_id in ("
            + Sql.list(roots)
            + ") and automation_id in ("
            + Sql.list(automations)
            + ") for update",
        row -> {
          RecordRef root = new RecordRef(EntityType.ofCode(row.getInt(2)), row.getLong(3));
          Instant at = row.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC);
          known.put(
              new Key(row.getLong(1), root), new Entry(at, row.getLong(5), row.getBoolean(6)));
        });
  }

  /** Looks at what was known at a moment, and locks nothing. */
  void look(LiveRun run, Instant at) {
    jdbc.query(
        "select e.started_at, e.run_id, e.running, r.ended_at from automation_entry e"
            + " left join run r on r.id = e.run_id"
            + " where e.root_id = ? and e.automation_id = ? and e.root_type = ?",
        row -> {
          Instant ended = Utc.moment(row.getObject(4, LocalDateTime.class));
          boolean running = row.getBoolean(3) || ended != null && ended.isAfter(at);
          known.put(
              new Key(run.version.automationId(), run.root),
              new Entry(StoredRuns.time(row, 1), row.getLong(2), running));
        },
        run.root.id(),
        run.version.automationId(),
        run.root.type().code());
  }

  /**
   * Activities and tasks of an opportunity come in the opportunity's order, also to the lead that they are linked to: the
   * lead is locked, so that what happens to it meanwhile in its own order starts before or after, and not as well.
   */
  private void lockLeads(Collection<LiveRun> candidates) {
    Set<Long> leads = new HashSet<>();
    for (LiveRun run : candidates) {
      TriggerType type = run.version.trigger().type();
      if (run.version.reentry().looksBack()
          && run.root.type() == EntityType.LEAD
          && (type.suppliesActivity() || type.suppliesTask())) {
        leads.add(run.root.id());
      }
    }
    if (!leads.isEmpty()) {
      jdbc.queryForList(
          "select id from leads where id in (" + Sql.list(leads) + ") order by id for update",
          Long.class);
    }
  }

  /** Whether the automation may start for the record now. */
  boolean open(LiveRun run, Instant now) {
    Reentry reentry = run.version.reentry();
    if (!reentry.looksBack()) {
      return true;
    }
    Key key = new Key(run.version.automationId(), run.root);
    LiveRun other = started.get(key);
    Entry entry = known.get(key);
    return switch (reentry.policy()) {
      case EVERY_TIME -> true;
      case ONCE_PER_RECORD -> other == null && entry == null;
      case ONCE_PER_DAYS ->
          other == null
              && (entry == null
                  || !entry.startedAt().plus(Duration.ofDays(reentry.days())).isAfter(now));
      case NOT_WHILE_RUNNING ->
          other == null ? entry == null || !entry.running() : other.status.ended();
    };
  }

  /** Notes that a run has started. */
  void enter(LiveRun run) {
    if (run.version.reentry().looksBack()) {
      started.put(new Key(run.version.automationId(), run.root), run);
    }
  }

  /** Writes the starts; to be called when the runs of the batch stand where they stay. */
  void flush() {
    if (started.isEmpty()) {
      return;
    }
    batched.put(
        "automation_entry",
        List.of("started_at", "run_id", "running"),
        List.of("root_id", "automation_id", "root_type"),
        new Rows<>(
            started.values(),
            (ps, from, run) -> {
              RunRows.time(ps, from, run.startedAt);
              ps.setLong(from + 1, run.id);
              ps.setBoolean(from + 2, !run.status.ended());
              ps.setLong(from + 3, run.root.id());
              ps.setLong(from + 4, run.version.automationId());
              ps.setInt(from + 5, run.root.type().code());
              return from + 6;
            }));
  }
}
