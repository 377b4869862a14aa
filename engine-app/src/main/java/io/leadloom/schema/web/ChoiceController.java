package io.leadloom.schema.web;

import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.schema.FieldDefinitions.Use;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.LeadSettings;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.type.ChoiceDefinitions;
import io.leadloom.schema.type.ChoiceDefinitions.ChangedChoice;
import io.leadloom.schema.type.LeadSettingsDefinition;
import io.leadloom.schema.type.LeadSettingsDefinition.ChangedSettings;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
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

/** The choices of stage, status, source, group and rating, and how leads are worked with. */
@Tag(name = "Schema")
@RestController
@RequestMapping("/api/v1/schema")
class ChoiceController {

  private static final String KIND =
      "/{kinds:stages|statuses|sources|groups|ratings|sales-directions|services|campaigns|channels}";
  private static final String ID = KIND + "/{id:[0-9]{1,18}}";

  private final Schemas schemas;
  private final ChoiceDefinitions definitions;
  private final LeadSettingsDefinition leadSettings;

  ChoiceController(
      Schemas schemas, ChoiceDefinitions definitions, LeadSettingsDefinition leadSettings) {
    this.schemas = schemas;
    this.definitions = definitions;
    this.leadSettings = leadSettings;
  }

  /** A choice. */
  record ChoiceJson(
      long id,
      String kind,
      String label,
      int position,
      @Nullable String colour,
      boolean active,
      boolean hidden,
      boolean shared,
      @Nullable Long parent,
      boolean offered,
      boolean builtIn) {

    static ChoiceJson of(Schema.Choice choice) {
      return new ChoiceJson(
          choice.id(),
          choice.kind(),
          choice.label(),
          choice.position(),
          choice.colour(),
          choice.active(),
          choice.hidden(),
          choice.shared(),
          choice.parent(),
          choice.offered(),
          choice.builtIn());
    }
  }

  /** Choices in display order. */
  record Choices(List<ChoiceJson> items) {
    static Choices of(List<Schema.Choice> choices) {
      return new Choices(choices.stream().map(ChoiceJson::of).toList());
    }
  }

  /** The ids of all choices of a kind in the order they shall have. */
  record Order(@Nullable List<Long> order) {}

  /**
   * What uses a choice.
   *
   * @param records how many records have it, by the path of their entity
   * @param replacements what can take its place
   * @param deletable whether it can be deleted at all
   */
  record UsageJson(
      boolean used,
      Map<String, Long> records,
      List<ChoiceJson> statuses,
      List<Use> uses,
      List<ChoiceJson> replacements,
      boolean deletable) {}

  @GetMapping(KIND)
  Choices choices(@PathVariable String kinds) {
    return Choices.of(schemas.current().choices(kind(kinds)));
  }

  @PostMapping(KIND)
  @Needs(section = Section.SCHEMA, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  ChoiceJson createChoice(@PathVariable String kinds, @RequestBody ChangedChoice body) {
    return ChoiceJson.of(definitions.create(kind(kinds), body));
  }

  @PatchMapping(ID)
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  ChoiceJson changeChoice(
      @PathVariable String kinds, @PathVariable long id, @RequestBody ChangedChoice body) {
    return ChoiceJson.of(definitions.change(kind(kinds), id, body));
  }

  @PutMapping(KIND + "/order")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  Choices order(@PathVariable String kinds, @RequestBody Order body) {
    return Choices.of(
        definitions.order(kind(kinds), body.order() == null ? List.of() : body.order()));
  }

  /** What uses a choice: what its deletion would change, shown before it happens. */
  @GetMapping(ID + "/usage")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  UsageJson usage(@PathVariable String kinds, @PathVariable long id) {
    String kind = kind(kinds);
    ChoiceDefinitions.Usage usage = definitions.usage(kind, id);
    List<Schema.Choice> all = schemas.latest().choices(kind);
    Long parent =
        all.stream()
            .filter(choice -> choice.id() == id)
            .findFirst()
            .map(Schema.Choice::parent)
            .orElse(null);
    return new UsageJson(
        usage.used(),
        usage.records(),
        Choices.of(usage.statuses()).items(),
        usage.uses(),
        all.stream()
            .filter(
                choice -> choice.id() != id && java.util.Objects.equals(choice.parent(), parent))
            .map(ChoiceJson::of)
            .toList(),
        !usage.last() && all.stream().noneMatch(choice -> choice.id() == id && choice.builtIn()));
  }

  /** Deletes a choice; one that is used needs the id of another that takes its place. */
  @DeleteMapping(ID)
  @Needs(section = Section.SCHEMA, value = Action.DELETE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String kinds,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Long replacement) {
    definitions.delete(kind(kinds), id, replacement);
  }

  @GetMapping("/lead-settings")
  LeadSettings leadSettings() {
    return schemas.current().leadSettings();
  }

  @PatchMapping("/lead-settings")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  LeadSettings changeLeadSettings(@RequestBody ChangedSettings body) {
    return leadSettings.change(body);
  }

  private static String kind(String kinds) {
    return switch (kinds) {
      case "statuses" -> "status";
      case "sales-directions" -> "salesDirection";
      case "services" -> "serviceProduct";
      case "campaigns" -> "marketingCampaign";
      case "channels" -> "distributionChannel";
      default -> kinds.substring(0, kinds.length() - 1);
    };
  }
}
