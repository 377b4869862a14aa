package io.leadloom.automation.run;

import io.leadloom.automation.definition.LiveVersion;
import io.leadloom.automation.definition.UnfitException;
import io.leadloom.automation.held.HeldStart;
import io.leadloom.automation.verdict.StartRefusal;
import io.leadloom.connection.Deliveries;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.identity.Users;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Ids;
import io.leadloom.process.ExecutableProcess.Execution;
import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import io.leadloom.process.RunStateException;
import io.leadloom.record.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts, carries on and ends runs within one batch, and writes all of it at its end. */
final class RunWork {

  /** How often an automation may start again within one chain of causes before that is a loop. */
  static final int MOST_STARTS_IN_CHAIN = 5;

  /** How often a run may come by a wait that is over at once before that is a loop. */
  private static final int MOST_IDLE_VISITS = 200;

  private final RunBatch batch;
  private final Ids ids;
  private final Users users;
  private final Entries entries;
  private final Distribution distribution;
  private final RunFigures figures = new RunFigures();
  private final Map<Object, List<LiveRun>> byRoot = new HashMap<>();
  private final List<HeldStart> held = new ArrayList<>();

  RunWork(RunBatch batch, Ids ids, Users users, Entries entries, Distribution distribution) {
    this.batch = batch;
    this.ids = ids;
    this.users = users;
    this.entries = entries;
    this.distribution = distribution;
  }

  RunBatch batch() {
    return batch;
  }

  Entries entries() {
    return entries;
  }

  /** Takes loaded runs in. */
  void take(Map<Long, LiveRun> runs) {
    runs.values().forEach(this::add);
  }

  private void add(LiveRun run) {
    batch.runs.put(run.id, run);
    byRoot.computeIfAbsent(run.root, any -> new ArrayList<>(2)).add(run);
  }

  /** The runs of a record in this batch that have not ended. */
  List<LiveRun> open(Object root) {
    List<LiveRun> runs = byRoot.get(root);
    return runs == null ? List.of() : runs.stream().filter(run -> !run.status.ended()).toList();
  }

  /** Starts of this batch that wait for their turn. */
  List<HeldStart> held() {
    return held;
  }

  /** Starts a candidate if its condition, its re-entry policy and its record allow. */
  boolean start(LiveRun run) {
    JournalEntry event = Objects.requireNonNull(run.event);
    if (refusal(run) != null) {
      return false;
    }
    if (event.cause().starts() == Cause.Starts.HELD) {
      held.add(new HeldStart(run.version.automationId(), event));
      return true;
    }
    run.id = ids.next("run");
    run.touched = true;
    add(run);
    entries.enter(run);
    String loop = loop(run, event.cause());
    if (loop != null) {
      stop(run, loop);
      return true;
    }
    RunDoor door = door(run);
    try {
      settle(run, run.version.process().start(door), door);
    } catch (UnfitException e) {
      unfit(run, e.getMessage());
    }
    return true;
  }

  /** What keeps a candidate from starting; null when nothing does. */
  @Nullable StartRefusal refusal(LiveRun run) {
    if (run.version.unusable() != null) {
      return StartRefusal.UNFIT;
    }
    if (!conditionHolds(run, LiveVersion.TRIGGER)) {
      return StartRefusal.CONDITION;
    }
    Record root = batch.record(run.root);
    if (root == null || root.trashedAt() != null) {
      return StartRefusal.GONE;
    }
    return entries.open(run, batch.now()) ? null : StartRefusal.REENTRY;
  }

  private static @Nullable String loop(LiveRun run, Cause cause) {
    if (cause.depth() > Cause.MAX_DEPTH) {
      return "Loop: this is the end of a chain of more than "
          + Cause.MAX_DEPTH
          + " automation steps";
    }
    long automation = run.version.automationId();
    long starts =
        cause.chain().stream()
            .filter(step -> step.automationId() == automation)
            .map(Cause.Step::runId)
            .distinct()
            .count();
    return starts >= MOST_STARTS_IN_CHAIN
        ? "Loop: '" + run.version.name() + "' has set itself off " + starts + " times in a row"
        : null;
  }

  /** Whether the condition of a flow or wait holds; true when there is none. */
  boolean conditionHolds(LiveRun run, String conditionId) {
    if (!run.version.conditionIds().contains(conditionId)) {
      return true;
    }
    String reason = run.version.unfit().get(conditionId);
    if (reason != null) {
      unfit(run, reason);
      return false;
    }
    CompiledConditions.Verdicts verdicts = batch.verdicts(run, conditionId);
    return verdicts != null && verdicts.holds(conditionId);
  }

  /** Whether an event is the one that a wait is for; what was found out for it counts for nothing else. */
  boolean conditionHolds(LiveRun run, String conditionId, JournalEntry heard) {
    run.heard = heard;
    run.verdicts = null;
    try {
      return conditionHolds(run, conditionId);
    } finally {
      run.heard = null;
      run.verdicts = null;
    }
  }

  /** Carries a waiting run on; a wait that is gone already changes nothing. */
  void resume(LiveRun run, Signal signal) {
    byte[] state = run.state;
    if (run.status.ended() || state == null) {
      return;
    }
    run.touched = true;
    if (run.stored) {
      run.event = null;
    }
    RunDoor door = door(run);
    try {
      settle(run, run.version.process().resume(state, signal, door), door);
    } catch (UnfitException e) {
      unfit(run, e.getMessage());
    } catch (RunStateException e) {
      stop(run, "The state of the run cannot be read: " + e.getMessage());
    }
  }

  private void unfit(LiveRun run, @Nullable String reason) {
    stop(run, "The version no longer fits: " + reason);
  }

  private RunDoor door(LiveRun run) {
    return new RunDoor(run, batch, figures, distribution, users);
  }

  private void settle(LiveRun run, Execution first, RunDoor door) {
    Execution execution = first;
    Wait.@Nullable Timer over = over(execution);
    while (over != null) {
      byte[] state = execution.state();
      if (over.visit() > MOST_IDLE_VISITS || state == null) {
        stop(
            run,
            "Loop: the run comes by the wait '"
                + over.nodeId()
                + "' again and again without waiting");
        return;
      }
      run.event = null;
      execution = run.version.process().resume(state, new Signal.TimerFired(over.id()), door);
      over = over(execution);
    }
    run.state = execution.state();
    run.waits = execution.waits();
    if (execution.ended()) {
      run.status = RunStatus.DONE;
    } else {
      boolean failed = run.waits.stream().anyMatch(Wait.Failure.class::isInstance);
      run.status = failed ? RunStatus.FAILED : RunStatus.WAITING;
    }
  }

  private Wait.@Nullable Timer over(Execution execution) {
    for (Wait wait : execution.waits()) {
      if (wait instanceof Wait.Timer timer && !timer.due().isAfter(batch.now())) {
        return timer;
      }
    }
    return null;
  }

  /** Ends a run with an incident that people see. */
  void stop(LiveRun run, String incident) {
    end(run, RunStatus.STOPPED, incident);
  }

  /** Ends a run because somebody wants so, or because its record is gone. */
  void cancel(LiveRun run, String reason) {
    if (!run.status.ended()) {
      end(run, RunStatus.CANCELLED, reason);
    }
  }

  private void end(LiveRun run, RunStatus status, String reason) {
    run.touched = true;
    run.status = status;
    run.incident = reason;
    run.state = null;
    run.waits = List.of();
  }

  /** Lets the card that waits for a started automation go on, because nothing was started. */
  void notStarted(JournalEntry request, String parent) {
    Map<String, String> detail = Map.of("outcome", "notStarted", "parent", parent);
    batch.entries.add(
        new JournalEntry(
            batch.now(),
            JournalKind.RUN_ENDED,
            request.root(),
            request.root(),
            Map.of(),
            detail,
            request.cause()));
  }

  /** Writes everything: records first, then runs, then what leaves. Returns when the next new timer is due. */
  @Nullable Instant finish(RunRows rows, Deliveries deliveries, Journal journal) {
    Instant next = null;
    boolean any = false;
    for (LiveRun run : batch.runs.values()) {
      if (!run.touched) {
        continue;
      }
      any = true;
      count(run);
      String parent = run.origin.parent();
      if (run.status.ended() && parent != null) {
        tellParent(run, parent);
      }
      for (Wait wait : run.waits) {
        if (wait instanceof Wait.Timer timer && (next == null || timer.due().isBefore(next))) {
          next = timer.due();
        }
      }
    }
    if (any) {
      batch.session().flush();
      batch.shares.flush();
      rows.write(batch, figures);
      entries.flush();
      distribution.flush();
      if (!batch.requests.isEmpty()) {
        deliveries.enqueue(batch.requests);
      }
    }
    if (!batch.entries.isEmpty()) {
      journal.append(batch.entries);
    }
    return next;
  }

  private void tellParent(LiveRun run, String parent) {
    Map<String, String> detail =
        Map.of("run", Long.toString(run.id), "outcome", run.status.key(), "parent", parent);
    Cause cause = run.origin.cause();
    batch.entries.add(
        new JournalEntry(
            batch.now(), JournalKind.RUN_ENDED, run.root, run.root, Map.of(), detail, cause));
  }

  private void count(LiveRun run) {
    if (run.storedStatus == null) {
      figures.entered(run, RunFigures.RUNS);
    } else {
      count(run, run.storedStatus, -1);
    }
    count(run, run.status, 1);
    for (Wait wait : run.storedWaits.values()) {
      count(run, wait, -1);
    }
    for (Wait wait : run.waits) {
      count(run, wait, 1);
    }
  }

  private void count(LiveRun run, RunStatus status, int change) {
    switch (status) {
      case WAITING -> figures.waiting(run, RunFigures.RUNS, change);
      case FAILED, STOPPED -> figures.failed(run, RunFigures.RUNS, change);
      case DONE -> figures.done(run, RunFigures.RUNS);
      case RUNNING, CANCELLED -> {
        // A cancelled run is in none of the figures but those that started.
      }
    }
  }

  private void count(LiveRun run, Wait wait, int change) {
    if (wait instanceof Wait.Failure) {
      figures.failed(run, wait.nodeId(), change);
    } else {
      figures.waiting(run, wait.nodeId(), change);
    }
  }
}
