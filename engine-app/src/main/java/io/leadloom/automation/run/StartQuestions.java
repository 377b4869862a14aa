package io.leadloom.automation.run;

import io.leadloom.automation.definition.LiveVersion;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.automation.verdict.Hindsight;
import io.leadloom.automation.verdict.StartRefusal;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.decision.Condition;
import io.leadloom.decision.Conditions;
import io.leadloom.decision.Criterion;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What the engine says about a start for an event of the past, asked of the code that decides when events are handled. */
@Service
public class StartQuestions {

  private static final List<EntityType> RELATED =
      List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT, EntityType.OPPORTUNITY);

  private final RunEngine engine;
  private final Conditions conditions;

  StartQuestions(RunEngine engine, Conditions conditions) {
    this.engine = engine;
    this.conditions = conditions;
  }

  /**
   * The answer of the engine.
   *
   * @param refusal what keeps the automation from starting; null when nothing does
   * @param unfit for a version that no longer fits: why
   * @param seen the values that the start condition looked at, by {@code source.field}
   * @param parts for a false condition of criteria: each of them
   * @param related the records that the values are of
   */
  public record Said(
      @Nullable StartRefusal refusal,
      @Nullable String unfit,
      Map<String, @Nullable Object> seen,
      List<Part> parts,
      Map<EntityType, RecordRef> related) {}

  /** One criterion of a start condition, whether it was met, and what it looked at. */
  public record Part(Criterion criterion, boolean holds, Map<String, @Nullable Object> seen) {}

  /**
   * Asks about one automation and one event that its trigger accepts; part of the caller's transaction, writes nothing.
   *
   * @param hindsight how the event's record was when it happened
   */
  public Said ask(TriggerIndex.Starter starter, JournalEntry event, Hindsight hindsight) {
    TriggerType type = Objects.requireNonNull(TriggerType.of(event));
    return engine.look(
        event.at(),
        work -> {
          RunBatch batch = work.batch();
          batch.hindsight = hindsight;
          LiveRun run = LiveRun.candidate(starter, type, event, batch);
          batch.preload(List.of(run));
          work.entries().look(run, batch.now());
          StartRefusal refusal = work.refusal(run);
          return new Said(
              refusal,
              run.version.unusable(),
              refusal == StartRefusal.UNFIT ? Map.of() : seen(run, batch),
              refusal == StartRefusal.CONDITION ? parts(run, batch) : List.of(),
              related(run, batch));
        });
  }

  private static Map<String, @Nullable Object> seen(LiveRun run, RunBatch batch) {
    if (!run.version.conditionIds().contains(LiveVersion.TRIGGER)) {
      return Map.of();
    }
    CompiledConditions.Verdicts verdicts = batch.verdicts(run, LiveVersion.TRIGGER);
    return verdicts == null ? Map.of() : verdicts.seen(LiveVersion.TRIGGER);
  }

  /** Each criterion as a condition of its own, by the same rules. */
  private List<Part> parts(LiveRun run, RunBatch batch) {
    Trigger trigger = run.version.trigger();
    Condition whole = trigger.condition();
    if (whole == null || whole.criteria().isEmpty()) {
      return List.of();
    }
    List<Conditions.Named> named = new ArrayList<>();
    for (Criterion criterion : whole.criteria()) {
      String id = Integer.toString(named.size());
      named.add(
          new Conditions.Named(
              id, id, new Condition(List.of(criterion), null, null, null), Set.of(), Set.of()));
    }
    Conditions.Compilation compiled =
        conditions.compile(
            "why." + run.version.id(), named, trigger.supplied(false), batch.schema());
    if (!(compiled instanceof Conditions.Compilation.Compiled done)) {
      return List.of();
    }
    try (CompiledConditions each = done.conditions()) {
      CompiledConditions.Verdicts verdicts =
          each.evaluate(List.of(new RunFacts(run, batch)), batch.now(), run.version.zone()).get(0);
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < named.size(); i++) {
        String id = named.get(i).id();
        parts.add(new Part(whole.criteria().get(i), verdicts.holds(id), verdicts.seen(id)));
      }
      return parts;
    }
  }

  private static Map<EntityType, RecordRef> related(LiveRun run, RunBatch batch) {
    Map<EntityType, RecordRef> related = new EnumMap<>(EntityType.class);
    for (EntityType type : RELATED) {
      Record record = batch.related(run, type);
      if (record != null) {
        related.put(type, record.ref());
      }
    }
    return related;
  }
}
