package io.leadloom.automation.run;

import io.leadloom.automation.definition.EngineVersion;
import io.leadloom.automation.notice.Notices;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
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
import org.springframework.stereotype.Component;

/** Writes what a batch did to its runs, with one multi-row statement per table. */
@Component
class RunRows {

  static final int TIMER = 1;
  static final int EVENT = 2;
  static final int CARD = 3;
  static final int FAILURE = 4;

  private static final List<String> RUN_COLUMNS =
      List.of(
          "id",
          "automation_id",
          "version_id",
          "root_type",
          "root_id",
          "status",
          "started_at",
          "ended_at",
          "cause",
          "incident",
          "steps");
  private static final List<String> STATE_COLUMNS =
      List.of("version_id", "parts", "engine_version", "state", "context");
  private static final List<String> WAIT_COLUMNS =
      List.of(
          "run_id",
          "wait_id",
          "node_id",
          "visit",
          "kind",
          "due",
          "held",
          "event_root",
          "tries",
          "message");
  private static final List<String> FIGURE_COLUMNS =
      List.of("entered", "waiting", "done", "failed");
  private static final List<String> FIGURE_KEYS = List.of("version_id", "card", "shard");

  private static final int SHARDS = 64;
  private static final int LONGEST_MESSAGE = 1000;
  private static final int LONGEST_CAUSE = 4000;

  /** Workers of a node count in rows of their own; nodes start at different ones. */
  private static final ThreadLocal<Integer> SHARD =
      ThreadLocal.withInitial(() -> ThreadLocalRandom.current().nextInt(SHARDS));

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final Notices notices;
  private final String engineVersion = EngineVersion.current();

  RunRows(JdbcTemplate jdbc, BatchedRows batched, Notices notices) {
    this.jdbc = jdbc;
    this.batched = batched;
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
    List<Long> over = ended.stream().map(run -> run.id).sorted().toList();
    batched.delete("run_state", "run_id", over);
    batched.delete("run_wait", "run_id", over);
    deleteWaits(oldWaits.stream().filter(row -> !row.run().status.ended()).toList());
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

  private void deleteWaits(List<WaitRow> rows) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(
          "delete from run_wait where run_id = ? and wait_id = ?",
          rows,
          rows.size(),
          (ps, row) -> {
            ps.setLong(1, row.run().id);
            ps.setString(2, row.what().id());
          });
    }
  }

  private void insertRuns(List<LiveRun> runs, Instant now) {
    batched.insert(
        "run",
        RUN_COLUMNS,
        new Rows<>(
            runs,
            (ps, from, run) -> {
              ps.setLong(from, run.id);
              ps.setLong(from + 1, run.version.automationId());
              ps.setLong(from + 2, run.version.id());
              ps.setInt(from + 3, run.root.type().code());
              ps.setLong(from + 4, run.root.id());
              ps.setInt(from + 5, run.status.code());
              time(ps, from + 6, run.startedAt);
              time(ps, from + 7, run.status.ended() ? now : null);
              ps.setString(from + 8, cause(run));
              ps.setString(from + 9, cut(run.incident));
              ps.setString(from + 10, steps(run));
              return from + 11;
            }));
  }

  private void updateRuns(List<LiveRun> runs, Instant now) {
    batched.update(
        "run",
        List.of("status", "ended_at", "incident"),
        List.of("id"),
        new Rows<>(
            runs,
            (ps, from, run) -> {
              ps.setInt(from, run.status.code());
              time(ps, from + 1, run.status.ended() ? now : null);
              ps.setString(from + 2, cut(run.incident));
              ps.setLong(from + 3, run.id);
              return from + 4;
            }));
  }

  private void insertSteps(List<LiveRun> runs) {
    List<LiveRun> stepped = runs.stream().filter(run -> !run.steps.isEmpty()).toList();
    batched.insert(
        "run_steps",
        List.of("run_id", "part", "steps"),
        new Rows<>(
            stepped,
            (ps, from, run) -> {
              ps.setLong(from, run.id);
              ps.setInt(from + 1, ++run.parts);
              ps.setString(from + 2, steps(run));
              return from + 3;
            }));
  }

  private void keepStates(List<LiveRun> runs) {
    List<LiveRun> fresh = runs.stream().filter(run -> !run.stored).toList();
    List<LiveRun> known = runs.stream().filter(run -> run.stored).toList();
    List<String> columns = new ArrayList<>(STATE_COLUMNS);
    columns.add("run_id");
    batched.insert("run_state", columns, new Rows<>(fresh, this::state));
    batched.update("run_state", STATE_COLUMNS, List.of("run_id"), new Rows<>(known, this::state));
  }

  private int state(PreparedStatement ps, int from, LiveRun run) throws SQLException {
    ps.setLong(from, run.version.id());
    ps.setInt(from + 1, run.parts);
    ps.setString(from + 2, engineVersion);
    ps.setBytes(from + 3, run.state == null ? new byte[0] : run.state);
    ps.setString(from + 4, run.context().json());
    ps.setLong(from + 5, run.id);
    return from + 6;
  }

  private void insertWaits(List<WaitRow> rows) {
    batched.insert(
        "run_wait",
        WAIT_COLUMNS,
        new Rows<>(
            rows,
            (ps, from, row) -> {
              Wait wait = row.what();
              ps.setLong(from, row.run().id);
              ps.setString(from + 1, wait.id());
              ps.setString(from + 2, wait.nodeId());
              ps.setInt(from + 3, wait.visit());
              ps.setInt(from + 4, kind(wait));
              time(ps, from + 5, wait instanceof Wait.Timer timer ? timer.due() : null);
              ps.setBoolean(from + 6, false);
              if (wait instanceof Wait.Event) {
                ps.setLong(from + 7, row.run().root.id());
              } else {
                ps.setNull(from + 7, Types.BIGINT);
              }
              ps.setInt(from + 8, 0);
              ps.setString(
                  from + 9, wait instanceof Wait.Failure failure ? cut(failure.message()) : null);
              return from + 10;
            }));
  }

  /** Runs of automations that may not run twice at a time for a record make room when they end. */
  private void leaveEntries(Collection<LiveRun> runs) {
    List<LiveRun> leaving =
        runs.stream()
            .filter(run -> run.touched && run.stored && run.status.ended())
            .filter(run -> run.version.reentry().policy() == Reentry.Policy.NOT_WHILE_RUNNING)
            .toList();
    batched.update(
        "automation_entry",
        List.of("running"),
        List.of("root_id", "automation_id", "root_type", "run_id"),
        new Rows<>(
            leaving,
            (ps, from, run) -> {
              ps.setBoolean(from, false);
              ps.setLong(from + 1, run.root.id());
              ps.setLong(from + 2, run.version.automationId());
              ps.setInt(from + 3, run.root.type().code());
              ps.setLong(from + 4, run.id);
              return from + 5;
            }));
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
    Rows<Map.Entry<RunFigures.Key, int[]>> changes =
        new Rows<>(
            rows,
            (ps, from, row) -> {
              int index = from;
              for (int change : row.getValue()) {
                ps.setLong(index++, change);
              }
              ps.setLong(index++, row.getKey().versionId());
              ps.setString(index++, row.getKey().card());
              ps.setInt(index++, shard);
              return index;
            });
    batched.add("card_figure", FIGURE_COLUMNS, FIGURE_KEYS, changes);
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
