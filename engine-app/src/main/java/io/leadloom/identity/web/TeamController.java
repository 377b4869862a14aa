package io.leadloom.identity.web;

import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
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

/** Teams: everybody sees them, who may edit users changes them. */
@Tag(name = "Teams")
@RestController
@RequestMapping("/api/v1/teams")
class TeamController {

  private static final int MOST = 200;

  private final Staff staff;

  TeamController(Staff staff) {
    this.staff = staff;
  }

  record TeamJson(long id, String name, List<Long> members, int version) {}

  /**
   * A team to be made, or a change of one.
   *
   * @param version the version that was read; without it whatever stands there is written over
   */
  record TeamInput(
      @Nullable Integer version, @Nullable String name, @Nullable List<Long> members) {}

  @Operation(summary = "Teams by name, with the ids of their members in the order of their turns")
  @GetMapping
  Page<TeamJson> teams(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return Pages.of(
        staff.teams(),
        Users.Team::id,
        cursor,
        limit,
        MOST,
        page -> page.stream().map(TeamController::json).toList());
  }

  @Operation(summary = "Makes a team")
  @PostMapping
  @Needs(section = Section.USERS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.CREATED)
  TeamJson createTeam(@RequestBody TeamInput input) {
    return json(
        staff.createTeam(
            Objects.requireNonNullElse(input.name(), ""),
            Objects.requireNonNullElse(input.members(), List.of())));
  }

  @Operation(
      summary = "Renames a team or replaces its members; what is left out stays",
      description = "With the version that was read: 409 when somebody else has changed it since.")
  @PatchMapping("/{id}")
  @Needs(section = Section.USERS, value = Action.EDIT)
  TeamJson changeTeam(@PathVariable long id, @RequestBody TeamInput input) {
    return json(
        staff.changeTeam(id, new Staff.TeamChange(input.version(), input.name(), input.members())));
  }

  @Operation(summary = "Deletes a team; its members stay as they are")
  @DeleteMapping("/{id}")
  @Needs(section = Section.USERS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteTeam(@PathVariable long id) {
    staff.deleteTeam(id);
  }

  private static TeamJson json(Users.Team team) {
    return new TeamJson(team.id(), team.name(), team.members(), team.version());
  }
}
