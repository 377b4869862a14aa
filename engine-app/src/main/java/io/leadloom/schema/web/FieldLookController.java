package io.leadloom.schema.web;

import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.schema.FieldDefinitions.ChangedField;
import io.leadloom.schema.FieldDefinitions.Use;
import io.leadloom.schema.look.FieldLooks;
import io.leadloom.schema.web.SchemaController.FieldJson;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the fields of leads, contacts and accounts look: delivered and custom ones alike. */
@Tag(name = "Schema")
@RestController
@RequestMapping("/api/v1/schema/{entity:lead|contact|account}")
class FieldLookController {

  private final FieldLooks looks;

  FieldLookController(FieldLooks looks) {
    this.looks = looks;
  }

  /** What to change of how a field looks; mandatory, unique, filterable and options only of a custom one. */
  record LookBody(
      int version,
      @Nullable String label,
      @Nullable String placeholder,
      @Nullable String help,
      @Nullable Boolean disabled,
      @Nullable Boolean criterion,
      @Nullable Boolean listed,
      @Nullable Boolean mandatory,
      @Nullable Boolean unique,
      @Nullable Boolean filterable,
      @Nullable List<String> options) {

    private @Nullable ChangedField definition() {
      return mandatory == null && unique == null && filterable == null && options == null
          ? null
          : new ChangedField(label, mandatory, unique, filterable, options, null, null);
    }
  }

  /** The ids of all fields of the entity, as they stood and as they are to stand. */
  record OrderBody(@Nullable List<Long> before, @Nullable List<Long> order) {}

  /** What works with a field; the list is bounded by what an account can have. */
  record FieldUses(List<Use> items) {}

  /** Changes how a field looks; 409 when somebody else has changed it since. */
  @PatchMapping("/looks/{key}")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  FieldJson change(
      @PathVariable String entity, @PathVariable String key, @RequestBody LookBody body) {
    return FieldJson.of(
        looks.change(
            SchemaController.type(entity),
            key,
            new FieldLooks.Change(
                body.version(),
                body.label(),
                body.placeholder(),
                body.help(),
                body.disabled(),
                body.criterion(),
                body.listed(),
                body.definition())));
  }

  /** What goes on when the field is disabled (LEAD-129). */
  @GetMapping("/looks/{key}/uses")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  FieldUses uses(@PathVariable String entity, @PathVariable String key) {
    return new FieldUses(looks.uses(SchemaController.type(entity), key));
  }

  /** Puts the fields in another order; 409 when it is another one than before by now. */
  @PutMapping("/order")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void order(@PathVariable String entity, @RequestBody OrderBody body) {
    looks.order(
        SchemaController.type(entity),
        body.before() == null ? List.of() : body.before(),
        body.order() == null ? List.of() : body.order());
  }
}
