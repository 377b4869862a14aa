package io.leadloom.schema.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.deal.DealDefinitions;
import io.leadloom.schema.deal.DealDefinitions.AskedPipeline;
import io.leadloom.schema.deal.DealStatus;
import io.leadloom.schema.deal.Deals;
import io.leadloom.schema.deal.MappingDefinitions;
import io.leadloom.schema.deal.MappingDefinitions.Pair;
import io.leadloom.schema.deal.MappingPage;
import io.leadloom.schema.deal.Pipeline;
import io.leadloom.schema.deal.StatusDefinitions;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Pipelines with their stages, statuses of opportunities, and the mappings of conversion. */
@Tag(name = "Schema")
@RestController
@RequestMapping("/api/v1/schema")
class DealController {

  private static final String PIPELINE = "/pipelines/{id:[0-9]{1,18}}";
  private static final String STATUS = "/opportunity-statuses/{id:[0-9]{1,18}}";
  private static final String MAPPING = "/mappings/{page}";

  private final Schemas schemas;
  private final DealDefinitions definitions;
  private final StatusDefinitions statuses;
  private final MappingDefinitions mappings;

  DealController(
      Schemas schemas,
      DealDefinitions definitions,
      StatusDefinitions statuses,
      MappingDefinitions mappings) {
    this.statuses = statuses;
    this.schemas = schemas;
    this.definitions = definitions;
    this.mappings = mappings;
  }

  /**
   * A stage.
   *
   * @param label how values of opportunities call it: with its pipeline where another one has a stage of that name
   */
  record StageJson(long id, String name, String label, boolean funnel, boolean pie) {}

  /** A pipeline. */
  record PipelineJson(
      long id, String name, boolean funnel, boolean pie, int version, List<StageJson> stages) {

    static PipelineJson of(Pipeline pipeline, Deals deals) {
      return new PipelineJson(
          pipeline.id(),
          pipeline.name(),
          pipeline.funnel(),
          pipeline.pie(),
          pipeline.version(),
          pipeline.stages().stream()
              .map(
                  stage ->
                      new StageJson(
                          stage.id(),
                          stage.name(),
                          Objects.requireNonNullElse(
                              deals.stage(pipeline, stage.name()), stage.name()),
                          stage.funnel(),
                          stage.pie()))
              .toList());
    }
  }

  /** A status; its kind in lower case. */
  record StatusJson(long id, String name, String kind, boolean delivered) {
    static StatusJson of(DealStatus status) {
      return new StatusJson(status.id(), status.name(), status.kind().key(), status.delivered());
    }
  }

  /** All pipelines in display order. */
  record Pipelines(List<PipelineJson> items) {}

  /** All statuses in display order. */
  record Statuses(List<StatusJson> items) {}

  /**
   * How many opportunities there are, by id of the stage.
   *
   * @param stages those in the trash count
   * @param live they do not
   * @param uses what names the pipeline or one of its stages, or the stage that was asked for; none when told so
   */
  record Usage(Map<Long, Long> stages, Map<Long, Long> live, List<FieldDefinitions.Use> uses) {}

  /** How many opportunities have a status, those in the trash included, and what names it. */
  record StatusUsage(long opportunities, List<FieldDefinitions.Use> uses) {}

  /** A status to add or what to change of one. */
  record StatusBody(@Nullable String name, @Nullable String kind) {}

  /** How opportunities are worked with. */
  record OpportunitySettings(@Nullable Boolean allowDuplicates) {}

  /**
   * A field that can be paired.
   *
   * @param fits for a field of leads: the ids of the fields it can go to
   */
  record MappedField(
      long id, String entity, String key, String label, String type, List<Long> fits) {

    static MappedField of(Field field, List<Field> targets) {
      return new MappedField(
          field.id(),
          field.entity().key(),
          field.key(),
          field.label(),
          SchemaController.camel(field.type().name()),
          targets.stream()
              .filter(target -> MappingDefinitions.fits(field, target))
              .map(Field::id)
              .toList());
    }
  }

  /** A mapping with all that can be chosen. */
  record MappingJson(
      String page, List<MappedField> leadFields, List<MappedField> targets, List<Pair> pairs) {}

  /** The pairs that a mapping shall have. */
  record MappingBody(@Nullable List<Pair> pairs) {}

  @GetMapping("/pipelines")
  Pipelines pipelines() {
    Deals deals = schemas.current().deals();
    return new Pipelines(
        deals.pipelines().stream().map(one -> PipelineJson.of(one, deals)).toList());
  }

  @PostMapping("/pipelines")
  @Needs(section = Section.SCHEMA, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  PipelineJson createPipeline(@RequestBody AskedPipeline body) {
    return PipelineJson.of(definitions.create(body), schemas.latest().deals());
  }

  /** Changes a pipeline with all its stages at once. */
  @PutMapping(PIPELINE)
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  PipelineJson changePipeline(@PathVariable long id, @RequestBody AskedPipeline body) {
    return PipelineJson.of(definitions.change(id, body), schemas.latest().deals());
  }

  /** How many opportunities a pipeline holds, which its deletion would move, and which automations name it or a stage. */
  @GetMapping(PIPELINE + "/usage")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  Usage usage(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Long stage,
      @RequestParam(defaultValue = "true") boolean uses) {
    DealDefinitions.Usage usage = definitions.usage(id, stage, uses);
    return new Usage(usage.all(), usage.live(), usage.uses());
  }

  /**
   * Deletes a pipeline. One that holds opportunities needs the id of a stage of another one, or the number of opportunities
   * that were confirmed to be deleted along.
   */
  @DeleteMapping(PIPELINE)
  @Needs(section = Section.SCHEMA, value = Action.DELETE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deletePipeline(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Long target,
      @RequestParam(required = false) @Nullable Long deletes) {
    definitions.delete(id, target, deletes);
  }

  @GetMapping("/opportunity-statuses")
  Statuses statuses() {
    return new Statuses(schemas.current().deals().statuses().stream().map(StatusJson::of).toList());
  }

  @PostMapping("/opportunity-statuses")
  @Needs(section = Section.SCHEMA, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  StatusJson createStatus(@RequestBody StatusBody body) {
    return StatusJson.of(statuses.createStatus(body.name(), body.kind()));
  }

  @PatchMapping(STATUS)
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  StatusJson renameStatus(@PathVariable long id, @RequestBody StatusBody body) {
    return StatusJson.of(statuses.renameStatus(id, body.name()));
  }

  /** How many opportunities a status has, which its deletion would change, and which automations name it. */
  @GetMapping(STATUS + "/usage")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  StatusUsage statusUsage(@PathVariable long id) {
    StatusDefinitions.Usage usage = statuses.usage(id);
    return new StatusUsage(usage.opportunities(), usage.uses());
  }

  @DeleteMapping(STATUS)
  @Needs(section = Section.SCHEMA, value = Action.DELETE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteStatus(@PathVariable long id) {
    statuses.deleteStatus(id);
  }

  @GetMapping("/opportunity-settings")
  OpportunitySettings settings() {
    return new OpportunitySettings(schemas.current().deals().duplicates());
  }

  @PatchMapping("/opportunity-settings")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  OpportunitySettings changeSettings(@RequestBody OpportunitySettings body) {
    return new OpportunitySettings(
        body.allowDuplicates() == null
            ? schemas.current().deals().duplicates()
            : statuses.allowDuplicates(body.allowDuplicates()));
  }

  @GetMapping(MAPPING)
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  MappingJson mapping(@PathVariable String page) {
    MappingPage of = page(page);
    Schema schema = schemas.latest();
    return mapping(of, schema, schema.deals().pairs().getOrDefault(of, Map.of()));
  }

  @PutMapping(MAPPING)
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  MappingJson changeMapping(@PathVariable String page, @RequestBody MappingBody body) {
    MappingPage of = page(page);
    Map<Long, Long> pairs =
        mappings.update(
            of,
            body.pairs() == null
                ? List.of()
                : body.pairs().stream().filter(Objects::nonNull).toList());
    return mapping(of, schemas.latest(), pairs);
  }

  private static MappingJson mapping(MappingPage page, Schema schema, Map<Long, Long> pairs) {
    List<Field> targets = MappingDefinitions.targets(page, schema);
    List<Pair> shown = new ArrayList<>();
    new LinkedHashMap<>(pairs)
        .forEach(
            (lead, target) -> {
              if (schema.field(lead).isPresent() && schema.field(target).isPresent()) {
                shown.add(new Pair(lead, target));
              }
            });
    return new MappingJson(
        page.key(),
        MappingDefinitions.leadFields(schema).stream()
            .map(field -> MappedField.of(field, targets))
            .toList(),
        targets.stream().map(field -> MappedField.of(field, List.of())).toList(),
        shown);
  }

  private static MappingPage page(String page) {
    return MappingPage.of(page).orElseThrow(() -> RefusedException.notFound("mapping", page));
  }
}
