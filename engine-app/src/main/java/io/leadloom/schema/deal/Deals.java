package io.leadloom.schema.deal;

import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema.Choice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What opportunities are made of, at one version of the definitions.
 *
 * @param pipelines in display order
 * @param statuses in display order; the four kinds come first
 * @param duplicates whether a contact may have a second open opportunity in a pipeline (REV-015)
 * @param names how values of the fields pipeline, stage and status are called and kept
 * @param pairs which field of a lead goes to which field, by page: ids of fields
 * @param orphans what records keep of stages that went without anybody saying what stands for them (REV-017)
 */
public record Deals(
    List<Pipeline> pipelines,
    List<DealStatus> statuses,
    boolean duplicates,
    Map<String, ChoiceNames> names,
    Map<MappingPage, Map<Long, Long>> pairs,
    Set<String> orphans) {

  public static final Deals NONE =
      new Deals(List.of(), List.of(), true, Map.of(), Map.of(), Set.of());

  public Deals {
    pipelines = List.copyOf(pipelines);
    statuses = List.copyOf(statuses);
    names = Map.copyOf(names);
    pairs = Map.copyOf(pairs);
    orphans = Set.copyOf(orphans);
  }

  /**
   * Puts names to what is there.
   *
   * @param former names and kept forms that mean something now, by key of the field
   */
  static Deals of(
      List<Pipeline> pipelines,
      List<DealStatus> statuses,
      boolean duplicates,
      Former former,
      Map<MappingPage, Map<Long, Long>> pairs) {
    List<Choice> lines = new ArrayList<>();
    List<Choice> stages = new ArrayList<>();
    List<Choice> kinds = new ArrayList<>();
    Map<String, Integer> same = new HashMap<>();
    pipelines.forEach(
        pipeline ->
            pipeline
                .stages()
                .forEach(
                    stage -> same.merge(stage.name().toLowerCase(Locale.ROOT), 1, Integer::sum)));
    Map<String, Long> bare = new HashMap<>();
    for (Pipeline pipeline : pipelines) {
      lines.add(choice(pipeline.id(), "pipeline", pipeline.name(), lines.size() + 1, null));
      for (Pipeline.Stage stage : pipeline.stages()) {
        bare.putIfAbsent(stage.name(), stage.id());
        boolean alone = same.getOrDefault(stage.name().toLowerCase(Locale.ROOT), 0) == 1;
        String label = alone ? stage.name() : stage.name() + " (" + pipeline.name() + ")";
        stages.add(choice(stage.id(), "opportunityStage", label, stages.size() + 1, pipeline.id()));
      }
    }
    for (DealStatus status : statuses) {
      kinds.add(choice(status.id(), "opportunityStatus", status.name(), kinds.size() + 1, null));
    }
    former.names(OpportunityFields.STAGE).forEach(bare::putIfAbsent);
    return new Deals(
        pipelines,
        statuses,
        duplicates,
        Map.of(
            OpportunityFields.PIPELINE,
            new ChoiceNames(
                lines,
                former.names(OpportunityFields.PIPELINE),
                former.forms(OpportunityFields.PIPELINE)),
            OpportunityFields.STAGE,
            new ChoiceNames(stages, bare, former.forms(OpportunityFields.STAGE)),
            OpportunityFields.STATUS,
            new ChoiceNames(
                kinds,
                former.names(OpportunityFields.STATUS),
                former.forms(OpportunityFields.STATUS))),
        pairs,
        former.orphans());
  }

  /** What names and kept forms of things that are renamed or gone mean. */
  interface Former {

    Map<String, Long> names(String field);

    Map<String, Long> forms(String field);

    Set<String> orphans();
  }

  private static Choice choice(
      long id, String kind, String label, int position, @Nullable Long parent) {
    return new Choice(
        id, kind, label, position, null, true, false, parent, null, true, Long.toString(id), true);
  }

  /**
   * What is left without one pipeline with its stages, one stage or one status.
   *
   * @param field what it is a choice of: {@link OpportunityFields#PIPELINE}, STAGE or STATUS
   */
  public Deals without(String field, long id) {
    Deals left = this;
    if (field.equals(OpportunityFields.PIPELINE)) {
      for (Pipeline pipeline : pipelines) {
        for (Pipeline.Stage stage :
            pipeline.id() == id ? pipeline.stages() : List.<Pipeline.Stage>of()) {
          left = left.without(OpportunityFields.STAGE, stage.id());
        }
      }
    }
    Map<String, ChoiceNames> known = new HashMap<>(left.names);
    known.computeIfPresent(field, (key, of) -> of.choice(id).map(of::without).orElse(of));
    boolean line = field.equals(OpportunityFields.PIPELINE);
    boolean step = field.equals(OpportunityFields.STAGE);
    boolean status = field.equals(OpportunityFields.STATUS);
    return new Deals(
        left.pipelines.stream()
            .filter(one -> !line || one.id() != id)
            .map(one -> step ? one.without(id) : one)
            .toList(),
        left.statuses.stream().filter(one -> !status || one.id() != id).toList(),
        duplicates,
        known,
        pairs,
        orphans);
  }

  /** The field with its choices; the same field when it has none of these. */
  public Field with(Field field) {
    ChoiceNames choices = names.get(field.key());
    return choices == null ? field : field.withChoices(choices, null);
  }

  private @Nullable Choice choice(String field, @Nullable Object label) {
    ChoiceNames known = names.get(field);
    return known == null || !(label instanceof String text) ? null : known.find(text).orElse(null);
  }

  /** The pipeline of this name, id or former name. */
  public Optional<Pipeline> pipeline(@Nullable Object name) {
    Choice choice = choice(OpportunityFields.PIPELINE, name);
    return choice == null
        ? Optional.empty()
        : pipelines.stream().filter(one -> one.id() == choice.id()).findFirst();
  }

  /** The pipeline that a stage, given by its label or id, belongs to. */
  public Optional<Pipeline> ofStage(@Nullable Object label) {
    Choice choice = choice(OpportunityFields.STAGE, label);
    return choice == null
        ? Optional.empty()
        : pipelines.stream()
            .filter(one -> one.stages().stream().anyMatch(stage -> stage.id() == choice.id()))
            .findFirst();
  }

  /** The label of a stage of a pipeline, which may be given by its bare name; null when it has none like that. */
  public @Nullable String stage(Pipeline pipeline, Object name) {
    ChoiceNames known = names.get(OpportunityFields.STAGE);
    if (known == null || !(name instanceof String text)) {
      return null;
    }
    for (Pipeline.Stage stage : pipeline.stages()) {
      if (stage.name().equalsIgnoreCase(text.strip())) {
        return known.choice(stage.id()).map(Choice::label).orElse(null);
      }
    }
    Choice choice = choice(OpportunityFields.STAGE, text);
    return choice != null && Long.valueOf(pipeline.id()).equals(choice.parent())
        ? choice.label()
        : null;
  }

  /** The label of the first stage of a pipeline. */
  public String first(Pipeline pipeline) {
    ChoiceNames known = names.get(OpportunityFields.STAGE);
    long id = pipeline.stages().get(0).id();
    return known == null
        ? pipeline.stages().get(0).name()
        : known.choice(id).map(Choice::label).orElseThrow();
  }

  /** The kind of a status; open when nobody knows it. */
  public StatusKind kind(@Nullable Object status) {
    Choice choice = choice(OpportunityFields.STATUS, status);
    return choice == null
        ? StatusKind.OPEN
        : statuses.stream()
            .filter(one -> one.id() == choice.id())
            .map(DealStatus::kind)
            .findFirst()
            .orElse(StatusKind.OPEN);
  }

  /** The name of the status that stands for a kind. */
  public String status(StatusKind kind) {
    return statuses.stream()
        .filter(one -> one.delivered() && one.kind() == kind)
        .map(DealStatus::name)
        .findFirst()
        .orElseThrow();
  }
}
