package io.leadloom.automation.run;

import io.leadloom.automation.definition.LiveVersion;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.RecordRef;
import io.leadloom.process.ExecutableProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run in memory while a batch works on it: a candidate, a run just started, or a waiting run that was loaded. */
final class LiveRun {

  /** 0 while it is only a candidate. */
  long id;

  final LiveVersion version;
  final RecordRef root;
  final RunContext origin;
  final Instant startedAt;

  /** Whether it has rows in the database. */
  final boolean stored;

  /** How many history parts are stored. */
  int parts;

  /** The event that started it; null once it has waited. */
  @Nullable JournalEntry event;

  /** The event that a wait of it is being asked about; null otherwise. */
  @Nullable JournalEntry heard;

  byte @Nullable [] state;
  List<ExecutableProcess.Wait> waits = List.of();

  /** The waits as stored, by id. */
  final Map<String, ExecutableProcess.Wait> storedWaits = new LinkedHashMap<>();

  /** Where it stood when it was loaded; null for a new one. */
  @Nullable RunStatus storedStatus;

  final Map<String, Long> tasks;
  final Map<String, String> responses;
  final List<RunStep> steps = new ArrayList<>();
  RunStatus status = RunStatus.RUNNING;
  @Nullable String incident;

  CompiledConditions.@Nullable Verdicts verdicts;

  /** The batch's count of changes when the verdicts were given. */
  long verdictsAt;

  /** The batch's count of changes when something other than the record changed that only this run can see. */
  long ownChangeAt = -1;

  /** Whether this batch did something with it. */
  boolean touched;

  LiveRun(
      LiveVersion version, RecordRef root, RunContext origin, Instant startedAt, boolean stored) {
    this.version = version;
    this.root = root;
    this.origin = origin;
    this.startedAt = startedAt;
    this.stored = stored;
    this.tasks = new HashMap<>(origin.tasks());
    this.responses = new HashMap<>(origin.responses());
  }

  /** A start that waited for its turn, while its automation still starts on such events. */
  static @Nullable LiveRun released(
      TriggerIndex.@Nullable Starter starter, JournalEntry meant, RunBatch batch) {
    TriggerType type = TriggerType.of(meant);
    if (starter == null || type == null) {
      return null;
    }
    boolean starts =
        starter.trigger().type() == type && starter.trigger().accepts(meant, batch.schema());
    return starts ? candidate(starter, type, meant, batch) : null;
  }

  /** A run that an event may start. */
  static LiveRun candidate(
      TriggerIndex.Starter starter, TriggerType type, JournalEntry entry, RunBatch batch) {
    String callers = entry.detail().get("callers");
    RunContext context =
        new RunContext(
            type.key(),
            entry.subject().toString(),
            entry.cause(),
            callers == null
                ? List.of()
                : Arrays.stream(callers.split(",")).map(Long::valueOf).toList(),
            entry.detail().get("parent"),
            Map.of(),
            Map.of());
    LiveVersion version = batch.version(starter.versionId());
    LiveRun run = new LiveRun(version, entry.root(), context, batch.now(), false);
    run.event = entry;
    return run;
  }

  RunContext context() {
    return new RunContext(
        origin.trigger(),
        origin.subject(),
        origin.cause(),
        origin.callers(),
        origin.parent(),
        tasks,
        responses);
  }

  /** The history entry of a visit in this part; a new one for a visit of an earlier part. */
  RunStep step(String card, int visit, Instant now) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      RunStep step = steps.get(i);
      if (step.visit == visit && step.card.equals(card)) {
        return step;
      }
    }
    RunStep step = new RunStep(card, visit, now, false);
    steps.add(step);
    return step;
  }
}
