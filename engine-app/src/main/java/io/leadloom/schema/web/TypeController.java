package io.leadloom.schema.web;

import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Schema.TaskType;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.type.TypeDefinitions;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Activity types and task types. */
@Tag(name = "Schema")
@RestController
@RequestMapping("/api/v1/schema")
class TypeController {

  private final Schemas schemas;
  private final TypeDefinitions definitions;

  TypeController(Schemas schemas, TypeDefinitions definitions) {
    this.schemas = schemas;
    this.definitions = definitions;
  }

  /** Activity types in display order. */
  record ActivityTypes(List<ActivityType> items) {}

  /** Task types in display order. */
  record TaskTypes(List<TaskType> items) {}

  /** An activity or task type to add or change. */
  record TypeBody(@Nullable String key, @Nullable String label, @Nullable Integer score) {}

  @GetMapping("/activity-types")
  ActivityTypes activityTypes() {
    return new ActivityTypes(schemas.current().activityTypes());
  }

  @PostMapping("/activity-types")
  @Needs(section = Section.SCHEMA, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  ActivityType createActivityType(@RequestBody TypeBody body) {
    return definitions.createActivityType(
        body.key(), text(body.label()), body.score() == null ? 0 : body.score());
  }

  @PatchMapping("/activity-types/{key}")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  ActivityType changeActivityType(@PathVariable String key, @RequestBody TypeBody body) {
    return definitions.changeActivityType(key, body.label(), body.score());
  }

  @GetMapping("/task-types")
  TaskTypes taskTypes() {
    return new TaskTypes(schemas.current().taskTypes());
  }

  @PostMapping("/task-types")
  @Needs(section = Section.SCHEMA, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  TaskType createTaskType(@RequestBody TypeBody body) {
    return definitions.createTaskType(body.key(), text(body.label()));
  }

  @PatchMapping("/task-types/{key}")
  @Needs(section = Section.SCHEMA, value = Action.EDIT)
  TaskType changeTaskType(@PathVariable String key, @RequestBody TypeBody body) {
    return definitions.changeTaskType(key, text(body.label()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
