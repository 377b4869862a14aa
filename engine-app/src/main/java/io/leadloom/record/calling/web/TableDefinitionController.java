package io.leadloom.record.calling.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Needs;
import io.leadloom.record.calling.TableDefinition;
import io.leadloom.record.calling.TableDefinitions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/** Table definitions, for administrators (LEAD-003). */
@Tag(name = "Processes")
@RestController
@RequestMapping("/api/v1/table-definitions")
class TableDefinitionController {

  private final TableDefinitions tables;

  TableDefinitionController(TableDefinitions tables) {
    this.tables = tables;
  }

  @Operation(summary = "Table definitions by name")
  @GetMapping
  @Needs(administrator = true)
  Page<TableDefinition> all(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return tables.page(cursor, limit);
  }

  @Operation(summary = "One table definition")
  @GetMapping("/{id}")
  @Needs(administrator = true)
  TableDefinition one(@PathVariable long id) {
    return tables.get(id);
  }

  @Operation(summary = "Makes a table definition of a name and columns")
  @PostMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  TableDefinition create(@RequestBody TableDefinitions.Change wanted) {
    return tables.create(wanted);
  }

  @Operation(
      summary = "Changes a table definition",
      description = "What is left out stays; columns are replaced by those given, in their order.")
  @PatchMapping("/{id}")
  @Needs(administrator = true)
  TableDefinition change(@PathVariable long id, @RequestBody TableDefinitions.Change change) {
    return tables.change(id, change);
  }

  @Operation(summary = "Deletes a table definition that no process is built on")
  @DeleteMapping("/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    tables.delete(id);
  }
}
