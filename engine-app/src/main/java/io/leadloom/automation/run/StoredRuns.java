package io.leadloom.automation.run;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.process.ExecutableProcess.Wait;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Finds and loads waiting runs. The state row is the run's one lock: who holds it may carry the run on. */
@Component
class StoredRuns {

  private final JdbcTemplate jdbc;

  StoredRuns(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A due wait. */
  record Due(long runId, Instant due) {}

  /** The waits that are due, oldest first; not locked. */
  List<Due> due(Instant now, int limit, int worker, int workers) {
    String share = workers == 1 ? "" : " and mod(run_id, " + workers + ") = " + worker;
    return jdbc.query(
        "select run_id, due from run_wait where held = false and due <= ?"
            + share
            + " order by due limit "
            + limit,
        (row, number) -> new Due(row.getLong(1), time(row, 2)),
        LocalDateTime.ofInstant(now, ZoneOffset.UTC));
  }

  /** When the next wait is due; null when none is. */
  @Nullable Instant nextDue() {
    List<Instant> next =
        jdbc.query(
            "select due from run_wait where held = false and due is not null order by due limit 1",
            (row, number) -> time(row, 1));
    return next.isEmpty() ? null : next.get(0);
  }

  /** The runs that wait for events of these records. */
  Set<Long> listening(Collection<Long> rootIds) {
    return new HashSet<>(
        jdbc.queryForList(
            "select distinct run_id from run_wait where event_root in (" + Sql.list(rootIds) + ")",
            Long.class));
  }

  /** The runs of these records that have not ended. */
  Set<Long> open(Collection<RecordRef> roots) {
    Set<Long> open = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    roots.forEach(root -> ids.add(root.id()));
    jdbc.query(
        "select id, root_type, root_id from run where root_id in ("
            + Sql.list(ids)
            + ") and status in (2, 3)",
        row -> {
          if (roots.contains(new RecordRef(EntityType.ofCode(row.getInt(2)), row.getLong(3)))) {
            open.add(row.getLong(1));
          }
        });
    return open;
  }

  /**
   * Locks and loads waiting runs into a batch; those that have ended meanwhile are left out.
   *
   * @param skipLocked whether to leave out runs that somebody else is carrying on, instead of waiting for them
   */
  Map<Long, LiveRun> load(Collection<Long> runIds, RunBatch batch, boolean skipLocked) {
    Map<Long, LiveRun> runs = new LinkedHashMap<>();
    if (runIds.isEmpty()) {
      return runs;
    }
    Map<Long, State> states = new LinkedHashMap<>();
    jdbc.query(
        "select run_id, version_id, parts, state, context from run_state where run_id in ("
            + Sql.list(runIds)
            + ") order by run_id for update"
            + (skipLocked ? " skip locked" : ""),
        row -> {
          states.put(
              row.getLong(1),
              new State(row.getLong(2), row.getInt(3), row.getBytes(4), row.getString(5)));
        });
    if (states.isEmpty()) {
      return runs;
    }
    String ids = Sql.list(states.keySet());
    jdbc.query(
        "select id, root_type, root_id, status, started_at from run where id in (" + ids + ")",
        row -> {
          long id = row.getLong(1);
          State state = states.get(id);
          if (state != null) {
            RecordRef root = new RecordRef(EntityType.ofCode(row.getInt(2)), row.getLong(3));
            LiveRun run =
                new LiveRun(
                    batch.version(state.versionId()),
                    root,
                    RunContext.read(state.context()),
                    time(row, 5),
                    true);
            run.id = id;
            run.parts = state.parts();
            run.state = state.state();
            run.status = RunStatus.of(row.getInt(4));
            run.storedStatus = run.status;
            runs.put(id, run);
          }
        });
    jdbc.query(
        "select run_id, wait_id, node_id, visit, kind, due, message from run_wait where run_id in ("
            + ids
            + ")",
        row -> {
          LiveRun run = runs.get(row.getLong(1));
          if (run != null) {
            Wait wait = wait(row);
            run.storedWaits.put(wait.id(), wait);
          }
        });
    runs.values().forEach(run -> run.waits = List.copyOf(run.storedWaits.values()));
    return runs;
  }

  private record State(long versionId, int parts, byte[] state, String context) {}

  private static Wait wait(ResultSet row) throws SQLException {
    String id = row.getString(2);
    String node = row.getString(3);
    int visit = row.getInt(4);
    return switch (row.getInt(5)) {
      case RunRows.TIMER -> new Wait.Timer(id, node, visit, time(row, 6));
      case RunRows.EVENT -> new Wait.Event(id, node, visit);
      case RunRows.CARD -> new Wait.Card(id, node, visit);
      default ->
          new Wait.Failure(id, node, visit, row.getString(7) == null ? "" : row.getString(7));
    };
  }

  static Instant time(ResultSet row, int index) throws SQLException {
    return row.getObject(index, LocalDateTime.class).toInstant(ZoneOffset.UTC);
  }

  /**
   * Keeps the timers of a paused automation's runs until it is resumed. The row of the automation is locked meanwhile: a
   * resume that comes at the same time either finds the timers held or keeps them from being held.
   */
  void hold(long automationId, Collection<Long> runIds) {
    List<Long> paused =
        jdbc.queryForList(
            "select id from automation where id = ? and state = 'PAUSED' for update",
            Long.class,
            automationId);
    if (!paused.isEmpty()) {
      jdbc.update(
          "update run_wait set held = true where due is not null and run_id in ("
              + Sql.list(runIds)
              + ")");
    }
  }

  /** Lets the held timers of an automation go. */
  void release(long automationId) {
    jdbc.update(
        "update run_wait set held = false where held = true and run_id in (select id from run where automation_id = ?)",
        automationId);
  }

  /** How often carrying a run on has failed since it began to wait. */
  int tries(long runId) {
    Integer tries =
        jdbc.queryForObject(
            "select max(tries) from run_wait where run_id = ?", Integer.class, runId);
    return tries == null ? 0 : tries;
  }

  /** Tries a run's due timers again later, because carrying it on failed. */
  void postpone(long runId, Instant now, Instant until) {
    jdbc.update(
        "update run_wait set due = ?, tries = tries + 1 where run_id = ? and kind = "
            + RunRows.TIMER
            + " and due <= ?",
        LocalDateTime.ofInstant(until, ZoneOffset.UTC),
        runId,
        LocalDateTime.ofInstant(now, ZoneOffset.UTC));
  }
}
