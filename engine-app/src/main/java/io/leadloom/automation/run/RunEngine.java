package io.leadloom.automation.run;

import io.leadloom.automation.definition.LiveVersions;
import io.leadloom.automation.definition.PublishedAutomations;
import io.leadloom.automation.held.HeldStart;
import io.leadloom.automation.held.HeldStarts;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerIndex.Starter;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Users;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.Wanted;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.share.Shares;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Handles a batch of journal events, due timers or orders of people in the current transaction: loads with one query per
 * entity, evaluates conditions in one session per version, carries runs on in order, and writes with one statement per
 * table.
 */
@Component
class RunEngine {

  private final PublishedAutomations published;
  private final LiveVersions versions;
  private final StoredRuns stored;
  private final RunRows rows;
  private final Records records;
  private final Journal journal;
  private final Deliveries deliveries;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Users users;
  private final Ids ids;
  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final Clock clock;
  private final BatchNews news;
  private final HeldStarts held;
  private final Shares shares;

  RunEngine(
      PublishedAutomations published,
      LiveVersions versions,
      StoredRuns stored,
      RunRows rows,
      Records records,
      Journal journal,
      Deliveries deliveries,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Ids ids,
      JdbcTemplate jdbc,
      BatchedRows batched,
      BatchNews news,
      HeldStarts held,
      Shares shares,
      Clock clock) {
    this.shares = shares;
    this.published = published;
    this.versions = versions;
    this.stored = stored;
    this.rows = rows;
    this.records = records;
    this.journal = journal;
    this.deliveries = deliveries;
    this.schemas = schemas;
    this.conversion = conversion;
    this.users = users;
    this.ids = ids;
    this.jdbc = jdbc;
    this.batched = batched;
    this.news = news;
    this.held = held;
    this.clock = clock;
  }

  /** What one event asks for. */
  private record Step(
      JournalEntry entry,
      @Nullable TriggerType type,
      List<LiveRun> candidates,
      @Nullable String key) {}

  /** The events that can start a run, or mean something to runs that wait. */
  Wanted wanted() {
    PublishedAutomations.State live = published.latest();
    if (live.listens()) {
      return Wanted.EVERYTHING;
    }
    return Wanted.of(
        (kind, subject) -> {
          TriggerType type = TriggerType.of(kind, subject);
          return switch (kind) {
            case TRASHED, DELIVERED, DELIVERY_FAILED, RUN_ENDED -> true;
            default -> type != null && (type.addressed() || live.index().has(type));
          };
        });
  }

  /** Handles journal events in order. */
  void handle(List<JournalEvent> events) {
    PublishedAutomations.State live = published.latest();
    try (LiveVersions.Lease lease = versions.lease()) {
      RunWork work = work(lease, clock.instant());
      List<Step> steps = new ArrayList<>();
      List<LiveRun> candidates = new ArrayList<>();
      List<HeldStart> back = new ArrayList<>();
      for (JournalEntry entry : TriggerType.happened(events)) {
        Step step = step(entry, live, work.batch(), back);
        if (step != null) {
          steps.add(step);
          candidates.addAll(step.candidates());
        }
      }
      held.takeBack(back);
      if (steps.isEmpty()) {
        return;
      }
      Map<Long, LiveRun> loaded = stored.load(runsToLoad(steps, live), work.batch(), false);
      work.take(loaded);
      List<LiveRun> all = new ArrayList<>(candidates);
      all.addAll(loaded.values());
      if (all.isEmpty() && steps.stream().allMatch(step -> step.key() == null)) {
        return;
      }
      prepare(work, candidates, all);
      steps.forEach(step -> carryOut(step, work));
      finish(work);
    }
  }

  private void prepare(RunWork work, List<LiveRun> candidates, List<LiveRun> all) {
    // What is locked is read afterwards, as it was left by who had it before.
    work.entries().load(candidates);
    work.batch().preload(all);
    work.batch().evaluate(all);
  }

  private RunWork work(LiveVersions.Lease lease, Instant now) {
    RunBatch batch =
        new RunBatch(records, schemas.current(), conversion, lease, deliveries, shares, now);
    return new RunWork(
        batch, ids, users, new Entries(jdbc, batched), new Distribution(jdbc, records));
  }

  private @Nullable Step step(
      JournalEntry entry, PublishedAutomations.State live, RunBatch batch, List<HeldStart> back) {
    TriggerType type = TriggerType.of(entry);
    List<LiveRun> candidates = new ArrayList<>(2);
    JournalEntry meant = HeldStart.meant(entry);
    if (meant != null) {
      Starter starter = live.index().addressee(entry);
      if (starter != null && !starter.acceptsStarts()) {
        back.add(new HeldStart(starter.automationId(), meant));
        return null;
      }
      LiveRun run = LiveRun.released(starter, meant, batch);
      return run == null ? null : new Step(entry, type, List.of(run), null);
    }
    if (type != null && entry.cause().starts() != Cause.Starts.NONE) {
      live.index()
          .match(
              type,
              entry,
              batch.schema(),
              starter -> candidates.add(LiveRun.candidate(starter, type, entry, batch)));
    }
    String key = answered(entry);
    boolean heard = live.listens() && type != null && !type.addressed();
    boolean trashed = entry.kind() == JournalKind.TRASHED && entry.subject().equals(entry.root());
    boolean refused = candidates.isEmpty() && parent(entry) != null;
    return candidates.isEmpty() && key == null && !heard && !trashed && !refused
        ? null
        : new Step(entry, type, candidates, refused ? parent(entry) : key);
  }

  /** The key {@code run:card:visit} of the card whose answer an event brings. */
  private static @Nullable String answered(JournalEntry entry) {
    return switch (entry.kind()) {
      case DELIVERED, DELIVERY_FAILED -> entry.detail().get("delivery");
      case RUN_ENDED -> entry.detail().get("parent");
      default -> null;
    };
  }

  private static @Nullable String parent(JournalEntry entry) {
    return entry.kind() == JournalKind.START_REQUESTED ? entry.detail().get("parent") : null;
  }

  private Set<Long> runsToLoad(List<Step> steps, PublishedAutomations.State live) {
    Set<Long> runIds = new HashSet<>();
    Set<Long> heard = new HashSet<>();
    Set<RecordRef> trashed = new HashSet<>();
    for (Step step : steps) {
      JournalEntry entry = step.entry();
      String key = answered(entry);
      CardKey card = key == null ? null : CardKey.parse(key);
      if (card != null) {
        runIds.add(card.runId());
      }
      if (live.listens() && step.type() != null && !step.type().addressed()) {
        heard.add(entry.root().id());
      }
      if (entry.kind() == JournalKind.TRASHED) {
        trashed.add(entry.root());
      }
    }
    if (!heard.isEmpty()) {
      runIds.addAll(stored.listening(heard));
    }
    if (!trashed.isEmpty()) {
      runIds.addAll(stored.open(trashed));
    }
    return runIds;
  }

  private void carryOut(Step step, RunWork work) {
    JournalEntry entry = step.entry();
    if (entry.kind() == JournalKind.TRASHED && entry.subject().equals(entry.root())) {
      String into = entry.detail().get("mergedInto");
      String reason =
          into == null ? "The record is in the trash" : "The record was merged into " + into;
      work.open(entry.root()).forEach(run -> work.cancel(run, reason));
      return;
    }
    String key = answered(entry);
    if (key != null) {
      answer(entry, key, work);
      return;
    }
    TriggerType type = step.type();
    if (type != null && !type.addressed()) {
      work.open(entry.root()).forEach(run -> hear(run, type, entry, work));
    }
    boolean started = false;
    for (LiveRun candidate : step.candidates()) {
      started |= work.start(candidate);
    }
    String parent = parent(entry);
    if (!started && parent != null) {
      work.notStarted(entry, parent);
    }
  }

  /** Carries a run on that waits for such an event. */
  private static void hear(LiveRun run, TriggerType type, JournalEntry entry, RunWork work) {
    for (Wait wait : run.waits) {
      if (!(wait instanceof Wait.Event)) {
        continue;
      }
      Trigger wanted = run.version.events().get(wait.nodeId());
      if (wanted == null
          || !wanted.type().hears(type)
          || !wanted.accepts(entry, work.batch().schema())) {
        continue;
      }
      boolean holds = work.conditionHolds(run, wait.nodeId(), entry);
      if (holds) {
        run.step(wait.nodeId(), wait.visit(), work.batch().now()).say(type.key());
        work.resume(run, new Signal.EventHappened(wait.id()));
        return;
      }
    }
  }

  private static void answer(JournalEntry entry, String key, RunWork work) {
    CardKey card = CardKey.parse(key);
    LiveRun run = card == null ? null : work.batch().runs.get(card.runId());
    if (run == null || card == null) {
      return;
    }
    for (Wait wait : run.waits) {
      if (wait instanceof Wait.Card
          && wait.nodeId().equals(card.card())
          && wait.visit() == card.visit()) {
        String message = Objects.requireNonNullElse(entry.detail().get("error"), "");
        String text =
            switch (entry.kind()) {
              case DELIVERED -> "Answered";
              case DELIVERY_FAILED ->
                  "No answer after the last try" + (message.isEmpty() ? "" : ": " + message);
              default -> "The called automation: " + entry.detail().get("outcome");
            };
        run.step(card.card(), card.visit(), work.batch().now()).say(text);
        work.resume(run, new Signal.Complete(wait.id()));
        return;
      }
    }
  }

  /** Carries on runs whose timers are due; those of paused automations are held. Returns how many were carried on. */
  int wake(Collection<Long> runIds) {
    Set<Long> paused = published.latest().paused();
    try (LiveVersions.Lease lease = versions.lease()) {
      RunWork work = work(lease, clock.instant());
      Map<Long, LiveRun> loaded = stored.load(runIds, work.batch(), true);
      Map<Long, List<Long>> held = new HashMap<>();
      List<LiveRun> waking = new ArrayList<>();
      for (LiveRun run : loaded.values()) {
        if (paused.contains(run.version.automationId())) {
          held.computeIfAbsent(run.version.automationId(), any -> new ArrayList<>()).add(run.id);
        } else {
          waking.add(run);
        }
      }
      held.forEach(stored::hold);
      work.take(loaded);
      prepare(work, List.of(), waking);
      waking.forEach(run -> fire(run, work));
      finish(work);
      return waking.size();
    }
  }

  private static void fire(LiveRun run, RunWork work) {
    Record root = work.batch().record(run.root);
    if (root == null || root.trashedAt() != null) {
      work.cancel(run, "The record is in the trash");
      return;
    }
    for (Wait wait : List.copyOf(run.waits)) {
      boolean due = wait instanceof Wait.Timer timer && !timer.due().isAfter(work.batch().now());
      if (due && run.waits.contains(wait)) {
        work.resume(run, new Signal.TimerFired(wait.id()));
      }
    }
  }

  /** Asks what decides in batches about a moment; the question writes nothing. */
  <T> T look(Instant at, Function<RunWork, T> question) {
    try (LiveVersions.Lease lease = versions.lease()) {
      return question.apply(work(lease, at));
    }
  }

  /** Does something with each of these runs that has not ended; they are locked meanwhile. Returns how many. */
  int withAll(Collection<Long> runIds, BiConsumer<LiveRun, RunWork> order) {
    try (LiveVersions.Lease lease = versions.lease()) {
      RunWork work = work(lease, clock.instant());
      Map<Long, LiveRun> loaded = stored.load(runIds, work.batch(), false);
      work.take(loaded);
      prepare(work, List.of(), new ArrayList<>(loaded.values()));
      loaded.values().forEach(run -> order.accept(run, work));
      finish(work);
      return loaded.size();
    }
  }

  /** Ends those of these runs that have not ended, without looking at their records. Returns how many. */
  int cancel(Collection<Long> runIds, String reason) {
    try (LiveVersions.Lease lease = versions.lease()) {
      RunWork work = work(lease, clock.instant());
      Map<Long, LiveRun> loaded = stored.load(runIds, work.batch(), false);
      work.take(loaded);
      loaded.values().forEach(run -> work.cancel(run, reason));
      finish(work);
      return loaded.size();
    }
  }

  private void finish(RunWork work) {
    Instant next = work.finish(rows, deliveries, journal);
    if (!work.held().isEmpty()) {
      held.keep(work.held());
    }
    news.tell(work.batch(), next);
  }
}
