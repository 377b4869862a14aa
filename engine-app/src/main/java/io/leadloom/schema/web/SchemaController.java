package io.leadloom.schema.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.schema.Field;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.ChangedField;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Operators;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.look.FieldLooks;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The fields of each kind of record; custom ones can be added, changed and deleted. */
@Tag(name = "Schema")
@RestController
@RequestMapping("/api/v1/schema/{entity:lead|contact|account|opportunity|activity|task|note}")
class SchemaController {

  private final Schemas schemas;
  private final FieldDefinitions definitions;
  private final FieldLooks looks;
  private final Access access;

  SchemaController(Schemas schemas, FieldDefinitions definitions, FieldLooks looks, Access access) {
    this.access = access;
    this.schemas = schemas;
    this.definitions = definitions;
    this.looks = looks;
  }

  /** The fields of an entity in display order; those of single activity types stand last. */
  record EntityFields(String entity, long version, List<FieldJson> fields) {}

  /**
   * A field.
   *
   * @param readOnly whether the reader cannot write it
   * @param kept whether it is only the role of the reader that keeps it from being written; automations write it
   */
  record FieldJson(
      long id,
      String key,
      String label,
      String type,
      @Nullable String activityType,
      boolean system,
      boolean readOnly,
      boolean kept,
      boolean mandatory,
      boolean unique,
      boolean filterable,
      @Nullable String slot,
      List<String> options,
      @Nullable String link,
      @Nullable Object defaultValue,
      @Nullable BigDecimal minimum,
      @Nullable BigDecimal maximum,
      @Nullable Integer maxLength,
      @Nullable String pattern,
      List<String> operators,
      @Nullable String placeholder,
      @Nullable String help,
      boolean disabled,
      boolean fixed,
      boolean renamed,
      boolean criterion,
      @Nullable Boolean listed,
      boolean ordered,
      int lookVersion) {

    static FieldJson of(Field field) {
      return of(field, false);
    }

    /**
     * @param kept whether the role of the reader lets it only be read
     */
    static FieldJson of(Field field, boolean kept) {
      boolean searchable = field.filterable() && (field.system() || field.slot() != null);
      List<String> operators =
          searchable
              ? Operators.ofSearches(field.type()).stream()
                  .map(operator -> camel(operator.name()))
                  .toList()
              : List.of();
      return new FieldJson(
          field.id(),
          field.key(),
          field.label(),
          camel(field.type().name()),
          field.activityType(),
          field.system(),
          field.readOnly() || kept,
          kept && !field.readOnly(),
          field.mandatory(),
          field.unique(),
          searchable,
          field.slot(),
          field.options(),
          field.link() == null ? null : field.link().key(),
          FieldConversion.toNatural(field.defaultValue()),
          field.limits().minimum(),
          field.limits().maximum(),
          field.limits().maxLength(),
          field.limits().pattern(),
          operators,
          field.look().placeholder(),
          field.look().help(),
          field.look().disabled(),
          FieldLooks.fixed(field),
          field.look().label() != null,
          searchable && field.look().criterion(),
          field.look().listed(),
          field.look().position() != null,
          field.look().version());
    }
  }

  /** A field to add or what to change of one. */
  record FieldBody(
      @Nullable String key,
      @Nullable String label,
      @Nullable String type,
      @Nullable String activityType,
      @Nullable String placeholder,
      @Nullable String help,
      @Nullable Boolean listed,
      @Nullable Boolean mandatory,
      @Nullable Boolean unique,
      @Nullable Boolean filterable,
      @Nullable List<String> options,
      @Nullable String link,
      @Nullable Object defaultValue,
      @Nullable BigDecimal minimum,
      @Nullable BigDecimal maximum,
      @Nullable Integer maxLength,
      @Nullable String pattern) {

    Limits limits() {
      return new Limits(minimum, maximum, maxLength, pattern);
    }
  }

  /** How many records have a value in a field, and how many leads of lists. */
  record ValueCount(long count, long listLeads) {}

  static EntityType type(String entity) {
    return EntityType.of(entity)
        .orElseThrow(() -> RefusedException.notFound("kind of record", entity));
  }

  static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.toLowerCase(java.util.Locale.ROOT).split("_")) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }

  @GetMapping
  EntityFields fields(@PathVariable String entity) {
    EntityType type = type(entity);
    Rights rights = access.current();
    Schema schema = schemas.current().visibleTo(rights);
    List<FieldJson> fields = new ArrayList<>();
    schema
        .fields(type)
        .forEach(field -> fields.add(FieldJson.of(field, rights.onlyReads(type, field.key()))));
    if (type == EntityType.ACTIVITY) {
      schema
          .activityTypes()
          .forEach(
              kind ->
                  schema
                      .activityFields(kind.key())
                      .forEach(
                          field ->
                              fields.add(
                                  FieldJson.of(field, rights.onlyReads(type, field.key())))));
    }
    return new EntityFields(entity, schema.version(), fields);
  }

  @PostMapping("/fields")
  @Needs(section = Section.SCHEMA, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  FieldJson create(@PathVariable String entity, @RequestBody FieldBody body) {
    EntityType link = body.link() == null ? null : EntityType.of(body.link()).orElse(null);
    Field field =
        definitions.create(
            type(entity),
            blank(body.activityType()),
            new NewField(
                body.key(),
                body.label() == null ? "" : body.label(),
                fieldType(body.type()),
                body.placeholder(),
                Boolean.TRUE.equals(body.mandatory()),
                Boolean.TRUE.equals(body.unique()),
                body.filterable(),
                body.options() == null ? List.of() : body.options(),
                link,
                body.defaultValue(),
                body.limits()));
    boolean hinted = body.help() != null || body.listed() != null;
    return FieldJson.of(hinted && FieldLooks.looks(field) ? looking(field, body) : field);
  }

  private Field looking(Field field, FieldBody body) {
    Field made = looks.now(field);
    return looks.change(
        made.entity(),
        made.key(),
        new FieldLooks.Change(
            made.look().version(), null, null, body.help(), null, null, body.listed(), null));
  }

  @PatchMapping("/fields/{key}")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  FieldJson change(
      @PathVariable String entity, @PathVariable String key, @RequestBody FieldBody body) {
    if (body.type() != null || body.key() != null || body.link() != null) {
      throw RefusedException.invalid(
          "The field is not acceptable",
          Violation.of(
              "type", body.type(), "nothing: key, type and link of a field cannot be changed"));
    }
    boolean limited =
        body.minimum() != null
            || body.maximum() != null
            || body.maxLength() != null
            || body.pattern() != null;
    ChangedField change =
        new ChangedField(
            body.label(),
            body.mandatory(),
            body.unique(),
            body.filterable(),
            body.options(),
            body.defaultValue(),
            limited ? body.limits() : null);
    return FieldJson.of(definitions.change(type(entity), blank(body.activityType()), key, change));
  }

  @GetMapping("/fields/{key}/values")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  ValueCount count(
      @PathVariable String entity,
      @PathVariable String key,
      @RequestParam(required = false) @Nullable String activityType) {
    EntityType type = type(entity);
    return new ValueCount(
        definitions.countValues(type, blank(activityType), key),
        definitions.countListed(type, blank(activityType), key));
  }

  /**
   * Deletes a field; when records have a value in it, {@code confirm} must say how many, and when automations use it,
   * {@code force} that they are to be paused.
   */
  @DeleteMapping("/fields/{key}")
  @Needs(section = Section.SCHEMA, value = Action.DELETE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable String entity,
      @PathVariable String key,
      @RequestParam(required = false) @Nullable String activityType,
      @RequestParam(required = false) @Nullable Long confirm,
      @RequestParam(defaultValue = "false") boolean force) {
    definitions.delete(type(entity), blank(activityType), key, confirm, force);
  }

  private static @Nullable String blank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static FieldType fieldType(@Nullable String name) {
    String wanted = name == null ? "" : name.replaceAll("[_ -]", "");
    return Arrays.stream(FieldType.values())
        .filter(type -> type.name().replace("_", "").equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "The field is not acceptable",
                    Violation.of(
                        "type",
                        name,
                        "one of "
                            + String.join(
                                ", ",
                                Arrays.stream(FieldType.values())
                                    .map(type -> camel(type.name()))
                                    .toList()))));
  }
}
