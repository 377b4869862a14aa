package io.leadloom.automation.run;

import io.leadloom.automation.definition.EngineVersion;
import io.leadloom.automation.notice.Notices;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.process.ExecutableProcess.Wait;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.stereotype.Component;

/** Writes what a batch did to its runs, with one multi-row statement per table. */
@Component
class RunRows {

  static final int TIMER = 1;
  static final int EVENT = 2;
  static final int CARD = 3;
  static final int FAILURE = 4;

  private static final int SHARDS = 64;
  private static final int LONGEST_MESSAGE = 1000;
  private static final int LONGEST_CAUSE = 4000;

  /** Workers of a node count in rows of their own; nodes start at different ones. */
  private static final ThreadLocal<Integer> SHARD =
      ThreadLocal.withInitial(() -> ThreadLocalRandom.current().nextInt(SHARDS));

  private final JdbcTemplate jdbc;
  private final Notices notices;
  private final String engineVersion = EngineVersion.current();

  RunRows(JdbcTemplate jdbc, Notices notices) {
    this.jdbc = jdbc;
    this.notices = notices;
  }

  /** A wait to be stored, with its run. */
  private record WaitRow(LiveRun run, Wait what) {}

  void write(RunBatch batch, RunFigures figures) {
    List<LiveRun> started = new ArrayList<>();
    List<LiveRun> carriedOn = new ArrayList<>();
    List<LiveRun> parked = new ArrayList<>();
    List<LiveRun> ended = new ArrayList<>();
    List<WaitRow> newWaits = new ArrayList<>();
    List<WaitRow> oldWaits = new ArrayList<>();
    for (LiveRun run : batch.runs.values()) {
      if (!run.touched) {
        continue;
      }
      (run.stored ? carriedOn : started).add(run);
      if (run.status.ended()) {
        if (run.stored) {
          ended.add(run);
        }
      } else {
        parked.add(run);
      }
      differences(run, newWaits, oldWaits);
    }
    insertRuns(started, batch.now());
    updateRuns(carriedOn, batch.now());
    insertSteps(carriedOn);
    keepStates(parked);
    batch("delete from run_state where run_id = ?", ended, (ps, run) -> ps.setLong(1, run.id));
    batch(
        "delete from run_wait where run_id = ? and wait_id = ?",
        oldWaits,
        (ps, row) -> {
          ps.setLong(1, row.run().id);
          ps.setString(2, row.what().id());
        });
    insertWaits(newWaits);
    leaveEntries(batch.runs.values());
    writeFigures(figures);
    notices.write(batch.notices, batch.now());
  }

  private static void differences(LiveRun run, List<WaitRow> added, List<WaitRow> removed) {
    for (Wait wait : run.waits) {
      Wait before = run.storedWaits.get(wait.id());
      if (before == null) {
        added.add(new WaitRow(run, wait));
      } else if (!before.equals(wait)) {
        removed.add(new WaitRow(run, before));
        added.add(new WaitRow(run, wait));
      }
    }
    for (Wait before : run.storedWaits.values()) {
      if (run.waits.stream().noneMatch(wait -> wait.id().equals(before.id()))) {
        removed.add(new WaitRow(run, before));
      }
    }
  }

  private void insertRuns(List<LiveRun> runs, Instant now) {
    batch(
        "insert into run (id, automation_id, version_id, root_type, root_id, status, started_at, ended_at, cause,"
            + " incident, steps) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        runs,
        (ps, run) -> {
          ps.setLong(1, run.id);
          ps.setLong(2, run.version.automationId());
          ps.setLong(3, run.version.id());
          ps.setInt(4, run.root.type().code());
          ps.setLong(5, run.root.id());
          ps.setInt(6, run.status.code());
          time(ps, 7, run.startedAt);
          time(ps, 8, run.status.ended() ? now : null);
          ps.setString(9, cause(run));
          ps.setString(10, cut(run.incident));
          ps.setString(11, steps(run));
        });
  }

  private void updateRuns(List<LiveRun> runs, Instant now) {
    batch(
        "update run set status = ?, ended_at = ?, incident = ? where id = ?",
        runs,
        (ps, run) -> {
          ps.setInt(1, run.status.code());
          time(ps, 2, run.status.ended() ? now : null);
          ps.setString(3, cut(run.incident));
          ps.setLong(4, run.id);
        });
  }

  private void insertSteps(List<LiveRun> runs) {
    List<LiveRun> stepped = runs.stream().filter(run -> !run.steps.isEmpty()).toList();
    batch(
        "insert into run_steps (run_id, part, steps) values (?, ?, ?)",
        stepped,
        (ps, run) -> {
          ps.setLong(1, run.id);
          ps.setInt(2, ++run.parts);
          ps.setString(3, steps(run));
        });
  }

  private void keepStates(List<LiveRun> runs) {
    List<LiveRun> fresh = runs.stream().filter(run -> !run.stored).toList();
    List<LiveRun> known = runs.stream().filter(run -> run.stored).toList();
    batch(
        "insert into run_state (version_id, parts, engine_version, state, context, run_id) values (?, ?, ?, ?, ?, ?)",
        fresh,
        this::state);
    batch(
        "update run_state set version_id = ?, parts = ?, engine_version = ?, state = ?, context = ? where run_id = ?",
        known,
        this::state);
  }

  private void state(PreparedStatement ps, LiveRun run) throws SQLException {
    ps.setLong(1, run.version.id());
    ps.setInt(2, run.parts);
    ps.setString(3, engineVersion);
    ps.setBytes(4, run.state == null ? new byte[0] : run.state);
    ps.setString(5, run.context().json());
    ps.setLong(6, run.id);
  }

  private void insertWaits(List<WaitRow> rows) {
    batch(
        "insert into run_wait (run_id, wait_id, node_id, visit, kind, due, held, event_root, tries, message)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        rows,
        (ps, row) -> {
          Wait wait = row.what();
          ps.setLong(1, row.run().id);
          ps.setString(2, wait.id());
          ps.setString(3, wait.nodeId());
          ps.setInt(4, wait.visit());
          ps.setInt(5, kind(wait));
          time(ps, 6, wait instanceof Wait.Timer timer ? timer.due() : null);
          ps.setBoolean(7, false);
          if (wait instanceof Wait.Event) {
            ps.setLong(8, row.run().root.id());
          } else {
            ps.setNull(8, Types.BIGINT);
          }
          ps.setString(9, wait instanceof Wait.Failure failure ? cut(failure.message()) : null);
        });
  }

  /** Runs of automations that may not run twice at a time for a record make room when they end. */
  private void leaveEntries(Collection<LiveRun> runs) {
    List<LiveRun> leaving =
        runs.stream()
            .filter(run -> run.touched && run.stored && run.status.ended())
            .filter(run -> run.version.reentry().policy() == Reentry.Policy.NOT_WHILE_RUNNING)
            .toList();
    batch(
        "update automation_entry set running = false"
            + " where automation_id = ? and root_id = ? and root_type = ? and run_id = ?",
        leaving,
        (ps, run) -> {
          ps.setLong(1, run.version.automationId());
          ps.setLong(2, run.root.id());
          ps.setInt(3, run.root.type().code());
          ps.setLong(4, run.id);
        });
  }

  /** Ends a waiting run that cannot even be read any more. */
  void abandon(long runId, String incident, Instant now) {
    RunFigures figures = new RunFigures();
    jdbc.query(
        "select r.version_id, w.node_id, w.kind from run r join run_wait w on w.run_id = r.id where r.id = ?",
        row -> {
          if (row.getInt(3) == FAILURE) {
            figures.failed(row.getLong(1), row.getString(2), -1);
          } else {
            figures.waiting(row.getLong(1), row.getString(2), -1);
          }
        },
        runId);
    jdbc.query(
        "select version_id, status from run where id = ?",
        row -> {
          if (row.getInt(2) == RunStatus.WAITING.code()) {
            figures.waiting(row.getLong(1), RunFigures.RUNS, -1);
            figures.failed(row.getLong(1), RunFigures.RUNS, 1);
          }
        },
        runId);
    jdbc.update("delete from run_wait where run_id = ?", runId);
    jdbc.update("delete from run_state where run_id = ?", runId);
    jdbc.update(
        "update run set status = ?, ended_at = ?, incident = ? where id = ?",
        RunStatus.STOPPED.code(),
        LocalDateTime.ofInstant(now, ZoneOffset.UTC),
        cut(incident),
        runId);
    jdbc.update(
        "update automation_entry set running = false where run_id = ? and root_id in (select root_id from run where id = ?)",
        runId,
        runId);
    writeFigures(figures);
  }

  private void writeFigures(RunFigures figures) {
    // In key order, so that workers that share a shard never lock each other out.
    List<Map.Entry<RunFigures.Key, int[]>> rows =
        new ArrayList<>(new TreeMap<>(figures.counts()).entrySet());
    int shard = SHARD.get();
    batch(
        "insert into card_figure (version_id, card, shard, entered, waiting, done, failed) values (?, ?, ?, ?, ?, ?, ?)"
            + " on duplicate key update entered = entered + values(entered), waiting = waiting + values(waiting),"
            + " done = done + values(done), failed = failed + values(failed)",
        rows,
        (ps, row) -> {
          ps.setLong(1, row.getKey().versionId());
          ps.setString(2, row.getKey().card());
          ps.setInt(3, shard);
          for (int i = 0; i < 4; i++) {
            ps.setLong(4 + i, row.getValue()[i]);
          }
        });
  }

  private <T> void batch(String sql, List<T> rows, ParameterizedPreparedStatementSetter<T> setter) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(sql, rows, rows.size(), setter);
    }
  }

  private static String steps(LiveRun run) {
    StringBuilder out = new StringBuilder(96 * run.steps.size());
    run.steps.forEach(step -> step.write(out));
    return out.toString();
  }

  private static String cause(LiveRun run) {
    RunContext origin =
        new RunContext(
            run.origin.trigger(),
            run.origin.subject(),
            run.origin.cause(),
            run.origin.callers(),
            run.origin.parent(),
            Map.of(),
            Map.of());
    String json = origin.json();
    return json.length() <= LONGEST_CAUSE ? json : "{}";
  }

  static int kind(Wait wait) {
    if (wait instanceof Wait.Timer) {
      return TIMER;
    }
    if (wait instanceof Wait.Event) {
      return EVENT;
    }
    return wait instanceof Wait.Card ? CARD : FAILURE;
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= LONGEST_MESSAGE
        ? text
        : text.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  static void time(PreparedStatement ps, int index, @Nullable Instant time) throws SQLException {
    if (time == null) {
      ps.setNull(index, Types.TIMESTAMP);
    } else {
      ps.setObject(index, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }
  }
}
