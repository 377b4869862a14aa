package io.leadloom.schema.deal;

import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Changes the pipelines of opportunities with their stages (REV-018 to REV-031). No change of them touches a record: those of a
 * stage that is deleted have the one in its place from then on.
 */
@Component
public class DealDefinitions {

  private static final int MOST = 100;

  private final DealChanges changes;
  private final Schemas schemas;
  private final DealRows rows;
  private final HeldOpportunities held;
  private final Ids ids;
  private final AuditTrail trail;

  DealDefinitions(
      DealChanges changes,
      Schemas schemas,
      DealRows rows,
      HeldOpportunities held,
      Ids ids,
      AuditTrail trail) {
    this.changes = changes;
    this.schemas = schemas;
    this.rows = rows;
    this.held = held;
    this.ids = ids;
    this.trail = trail;
  }

  /**
   * A stage as it shall be.
   *
   * @param id null for a new one
   */
  public record AskedStage(
      @Nullable Long id, @Nullable String name, @Nullable Boolean funnel, @Nullable Boolean pie) {}

  /**
   * A pipeline as it shall be.
   *
   * @param version the one that was read; null for a new pipeline
   * @param stages all of them, in order; those that are left out are deleted
   * @param moves where the opportunities of a deleted stage go: ids of stages that stay, by id of the deleted one
   * @param deletes the stages whose opportunities are deleted along, as ids with the number that was confirmed (REV-030)
   */
  public record AskedPipeline(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable Boolean funnel,
      @Nullable Boolean pie,
      @Nullable List<AskedStage> stages,
      @Nullable Map<Long, Long> moves,
      @Nullable Map<Long, Long> deletes) {}

  /** Adds a pipeline at the end. */
  public Pipeline create(AskedPipeline asked) {
    return changes.in(
        () -> {
          Deals deals = rows.read();
          if (deals.pipelines().size() >= MOST) {
            throw DealChanges.refused("name", asked.name(), "at most " + MOST + " pipelines");
          }
          String name = pipelineName(asked.name(), null, deals);
          List<AskedStage> stages = stages(asked);
          long id = ids.next("pipeline");
          List<Pipeline.Stage> made = new ArrayList<>();
          stages.forEach(stage -> made.add(stage(ids.next("pipeline_stage"), stage, null)));
          Pipeline pipeline =
              new Pipeline(id, name, on(asked.funnel(), true), on(asked.pie(), true), 1, made);
          rows.insert(pipeline, deals.pipelines().size() + 1);
          if (deals.pipelines().isEmpty()) {
            rows.replacedAll(OpportunityFields.PIPELINE, id);
            rows.replacedAll(OpportunityFields.STAGE, made.get(0).id());
          }
          for (int i = 0; i < made.size(); i++) {
            rows.insert(id, made.get(i), i + 1);
          }
          trail.record(event(null, pipeline));
          return pipeline;
        });
  }

  /** Changes a pipeline with all its stages at once (REV-031). */
  public Pipeline change(long id, AskedPipeline asked) {
    return changes.in(
        () -> {
          Integer version = rows.lock(id);
          Deals deals = rows.read();
          Pipeline before = find(deals, id);
          if (asked.version() == null || !asked.version().equals(version)) {
            throw new RefusedException(
                Reason.CONFLICT,
                "The pipeline was changed in the meantime",
                List.of(Violation.of("version", asked.version(), "version " + version)));
          }
          String name = pipelineName(asked.name(), before, deals);
          Map<Long, Pipeline.Stage> had = new HashMap<>();
          before.stages().forEach(stage -> had.put(stage.id(), stage));
          List<Pipeline.Stage> after = new ArrayList<>();
          Set<Long> kept = new HashSet<>();
          for (AskedStage stage : stages(asked)) {
            Pipeline.Stage old = stage.id() == null ? null : had.get(stage.id());
            if (stage.id() != null && (old == null || !kept.add(stage.id()))) {
              throw DealChanges.refused(
                  "stages", stage.id(), "the id of a stage of this pipeline, once");
            }
            after.add(stage(old == null ? ids.next("pipeline_stage") : old.id(), stage, old));
          }
          delete(before, kept, after, asked, deals);
          Pipeline pipeline =
              new Pipeline(
                  id,
                  name,
                  on(asked.funnel(), before.funnel()),
                  on(asked.pie(), before.pie()),
                  before.version() + 1,
                  after);
          write(before, pipeline, had);
          trail.record(event(before, pipeline));
          return pipeline;
        });
  }

  private void write(Pipeline before, Pipeline after, Map<Long, Pipeline.Stage> had) {
    rows.update(after);
    if (!before.name().equals(after.name())) {
      rows.formerName(OpportunityFields.PIPELINE, before.name(), after.id());
    }
    for (int i = 0; i < after.stages().size(); i++) {
      Pipeline.Stage stage = after.stages().get(i);
      Pipeline.Stage old = had.get(stage.id());
      if (old == null) {
        rows.insert(after.id(), stage, i + 1);
      } else {
        rows.update(stage, i + 1);
        if (!old.name().equals(stage.name())) {
          rows.formerName(OpportunityFields.STAGE, old.name(), stage.id());
        }
      }
    }
  }

  private void delete(
      Pipeline before,
      Set<Long> kept,
      List<Pipeline.Stage> after,
      AskedPipeline asked,
      Deals deals) {
    Map<Long, Long> moves = asked.moves() == null ? Map.of() : asked.moves();
    Map<Long, Long> deletes = asked.deletes() == null ? Map.of() : asked.deletes();
    List<Violation> violations = new ArrayList<>();
    List<Pipeline.Stage> gone =
        before.stages().stream().filter(stage -> !kept.contains(stage.id())).toList();
    for (Pipeline.Stage stage : gone) {
      Long target = moves.get(stage.id());
      Long confirmed = target == null ? deletes.get(stage.id()) : null;
      if (target != null && !kept.contains(target)) {
        violations.add(Violation.of("moves", target, "the id of a stage that stays"));
      } else if (confirmed != null) {
        HeldOpportunities.confirmed(stage.name(), confirmed, held.live(deals, stage.id()))
            .ifPresent(violations::add);
      } else if (target == null && held.holds(deals, OpportunityFields.STAGE, stage.id()) > 0) {
        violations.add(
            Violation.of(
                "moves",
                stage.name()
                    + ": "
                    + held.holds(deals, OpportunityFields.STAGE, stage.id())
                    + " opportunities",
                "the id of the stage that they move to, or in 'deletes' their number"));
      }
    }
    if (!violations.isEmpty()) {
      throw new RefusedException(
          Reason.CONFLICT, "A stage that is deleted holds opportunities", violations);
    }
    for (Pipeline.Stage stage : gone) {
      Long target = moves.get(stage.id());
      Long confirmed = deletes.get(stage.id());
      if (target == null && confirmed != null) {
        held.trash(deals, List.of(stage), confirmed);
      }
      // What another node accepts with it at this moment goes to the first stage; what is restored
      // asks for one.
      long by = target == null ? after.get(0).id() : target;
      rows.replaced(OpportunityFields.STAGE, stage.id(), by, target != null);
      rows.namesOfGone(OpportunityFields.STAGE, stage.id(), stage.name(), target);
      rows.deleteStage(stage.id());
    }
  }

  /**
   * How many opportunities there are in stages, by id of the stage.
   *
   * @param all those in the trash included, which move along
   * @param live those that are not in the trash
   * @param uses what names the pipeline, one of its stages, or the stage that was asked for
   */
  public record Usage(Map<Long, Long> all, Map<Long, Long> live, List<FieldDefinitions.Use> uses) {}

  /**
   * How many opportunities a pipeline holds, and what uses it.
   *
   * @param stage whose uses to tell; null for those of the pipeline with all its stages
   * @param uses whether to look for uses, which has automations compiled
   */
  public Usage usage(long id, @Nullable Long stage, boolean uses) {
    Deals deals = schemas.latest().deals();
    Deals left =
        stage == null
            ? deals.without(OpportunityFields.PIPELINE, id)
            : deals.without(OpportunityFields.STAGE, stage);
    Map<Long, Long> all = new HashMap<>();
    Map<Long, Long> live = new HashMap<>();
    if (stage != null && find(deals, id).stages().stream().noneMatch(one -> one.id() == stage)) {
      throw RefusedException.notFound("stage", stage);
    }
    for (Pipeline.Stage one : find(deals, id).stages()) {
      all.put(one.id(), held.holds(deals, OpportunityFields.STAGE, one.id()));
      live.put(one.id(), held.live(deals, one.id()));
    }
    return new Usage(all, live, uses ? changes.uses(left) : List.of());
  }

  /**
   * Deletes a pipeline for good (REV-028, REV-030).
   *
   * @param target the stage of another pipeline to which its opportunities move
   * @param deletes instead, how many were confirmed to be deleted along; what is restored of them asks for a
   *     stage of another pipeline
   */
  public void delete(long id, @Nullable Long target, @Nullable Long deletes) {
    changes.in(
        () -> {
          rows.lock(id);
          Deals deals = rows.read();
          Pipeline pipeline = find(deals, id);
          long holds = held.holds(deals, OpportunityFields.PIPELINE, id);
          if (target == null && holds > 0) {
            trashAlong(deals, pipeline, holds, deletes);
          }
          Optional<Pipeline> other =
              target == null ? besides(deals, id) : Optional.of(holder(deals, id, target));
          replace(pipeline, other.orElse(null), target);
          rows.deletePipeline(id);
          trail.record(event(pipeline, null).fact("opportunities", holds));
          return pipeline;
        });
  }

  private static Pipeline holder(Deals deals, long id, long target) {
    return deals.pipelines().stream()
        .filter(one -> one.id() != id)
        .filter(one -> one.stages().stream().anyMatch(stage -> stage.id() == target))
        .findFirst()
        .orElseThrow(
            () -> DealChanges.refused("target", target, "the id of a stage of another pipeline"));
  }

  private static Optional<Pipeline> besides(Deals deals, long id) {
    return deals.pipelines().stream().filter(one -> one.id() != id).findFirst();
  }

  /** Trashes what a pipeline holds; it comes back from the trash in another one. */
  private void trashAlong(Deals deals, Pipeline pipeline, long holds, @Nullable Long deletes) {
    Violation wrong;
    if (deletes == null) {
      wrong =
          Violation.of(
              "target",
              holds + " opportunities",
              "the id of the stage of another pipeline that they move to, or in 'deletes' their number");
    } else {
      long live = pipeline.stages().stream().mapToLong(stage -> held.live(deals, stage.id())).sum();
      wrong = HeldOpportunities.confirmed(pipeline.name(), deletes, live).orElse(null);
      if (wrong == null && besides(deals, pipeline.id()).isEmpty()) {
        wrong =
            Violation.of(
                "deletes", deletes, "another pipeline, in which they can come back from the trash");
      }
    }
    if (wrong != null || deletes == null) {
      throw new RefusedException(
          Reason.CONFLICT, "The pipeline holds opportunities", Stream.ofNullable(wrong).toList());
    }
    held.trash(deals, pipeline.stages(), deletes);
  }

  /**
   * Lets another pipeline stand for one that goes: for what it holds and for what another node accepts with it at this
   * moment. Its names, by which automations and files know it, mean the other one only where somebody has chosen that.
   *
   * @param other null for none: then the next pipeline that is made stands for it
   * @param target the stage in the place of its stages; null for the first one
   */
  private void replace(Pipeline pipeline, @Nullable Pipeline other, @Nullable Long target) {
    long by = other == null ? pipeline.id() : other.id();
    rows.replaced(OpportunityFields.PIPELINE, pipeline.id(), by, target != null);
    for (Pipeline.Stage stage : pipeline.stages()) {
      long into = target != null ? target : other == null ? stage.id() : other.stages().get(0).id();
      rows.replaced(OpportunityFields.STAGE, stage.id(), into, target != null);
      rows.namesOfGone(OpportunityFields.STAGE, stage.id(), stage.name(), target);
    }
    rows.namesOfGone(
        OpportunityFields.PIPELINE, pipeline.id(), pipeline.name(), target == null ? null : by);
  }

  private static AuditEvent event(@Nullable Pipeline before, @Nullable Pipeline after) {
    Pipeline shown = Objects.requireNonNull(after == null ? before : after);
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    return AuditEvent.of("pipeline." + what, "pipeline", shown.id(), shown.name())
        .change("label", before == null ? null : before.name(), after == null ? null : after.name())
        .change(
            "stages",
            before == null ? null : before.stages().stream().map(Pipeline.Stage::name).toList(),
            after == null ? null : after.stages().stream().map(Pipeline.Stage::name).toList());
  }

  private static Pipeline find(Deals deals, long id) {
    return deals.pipelines().stream()
        .filter(one -> one.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("pipeline", id));
  }

  private static String pipelineName(
      @Nullable String given, @Nullable Pipeline before, Deals deals) {
    String name = DealChanges.name("name", given == null && before != null ? before.name() : given);
    boolean taken =
        deals.pipelines().stream()
            .anyMatch(
                one ->
                    (before == null || one.id() != before.id())
                        && one.name().equalsIgnoreCase(name));
    if (taken) {
      throw DealChanges.refused("name", name, "a name that no other pipeline has");
    }
    return name;
  }

  private static List<AskedStage> stages(AskedPipeline asked) {
    List<AskedStage> stages =
        asked.stages() == null
            ? List.of()
            : asked.stages().stream().filter(Objects::nonNull).toList();
    if (stages.isEmpty() || stages.size() > MOST) {
      throw DealChanges.refused("stages", stages.size(), "1 to " + MOST + " stages");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < stages.size(); i++) {
      String name = DealChanges.name("stages[" + i + "].name", stages.get(i).name());
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw DealChanges.refused(
            "stages[" + i + "].name", name, "a name that no other stage here has");
      }
    }
    return stages;
  }

  private static Pipeline.Stage stage(long id, AskedStage asked, Pipeline.@Nullable Stage before) {
    return new Pipeline.Stage(
        id,
        DealChanges.name("stages", asked.name()),
        on(asked.funnel(), before == null || before.funnel()),
        on(asked.pie(), before == null || before.pie()));
  }

  private static boolean on(@Nullable Boolean asked, boolean otherwise) {
    return asked == null ? otherwise : asked;
  }
}
