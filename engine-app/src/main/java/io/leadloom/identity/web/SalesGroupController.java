package io.leadloom.identity.web;

import io.leadloom.identity.group.SalesGroup;
import io.leadloom.identity.group.SalesGroups;
import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
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

/** Sales groups: everybody sees them, who may edit users changes them. */
@Tag(name = "Sales groups")
@RestController
@RequestMapping("/api/v1/sales-groups")
class SalesGroupController {

  private static final int MOST = 200;

  private final SalesGroups groups;

  SalesGroupController(SalesGroups groups) {
    this.groups = groups;
  }

  @Operation(summary = "Sales groups by name, with the ids of their members")
  @GetMapping
  Page<SalesGroup> all(
      @RequestParam(required = false) @Nullable Boolean active,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return Pages.of(
        groups.all().stream().filter(group -> active == null || group.active() == active).toList(),
        SalesGroup::id,
        cursor,
        limit,
        MOST,
        page -> page);
  }

  @Operation(summary = "One sales group")
  @GetMapping("/{id}")
  SalesGroup one(@PathVariable long id) {
    return groups.get(id);
  }

  @Operation(summary = "Makes a sales group; a name is needed")
  @PostMapping
  @Needs(section = Section.USERS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.CREATED)
  SalesGroup create(@RequestBody SalesGroups.Change wanted) {
    return groups.create(wanted);
  }

  @Operation(
      summary = "Changes a sales group",
      description = "What is left out stays; members are replaced by those given.")
  @PatchMapping("/{id}")
  @Needs(section = Section.USERS, value = Action.EDIT)
  SalesGroup change(@PathVariable long id, @RequestBody SalesGroups.Change change) {
    return groups.change(id, change);
  }

  @Operation(summary = "Deletes a sales group; its members stay as they are")
  @DeleteMapping("/{id}")
  @Needs(section = Section.USERS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    groups.delete(id);
  }
}
