package io.leadloom.record.view.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.permission.Needs;
import io.leadloom.record.view.LeadLayout;
import io.leadloom.record.view.LeadPage;
import io.leadloom.record.view.LeadView;
import io.leadloom.record.view.LeadViews;
import io.leadloom.record.view.WantedLayout;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The details views of leads, which administrators make and give to teams. */
@Tag(name = "Lead details views")
@RestController
@RequestMapping("/api/v1/lead-views")
class LeadViewController {

  private final LeadViews views;
  private final LeadPage page;
  private final Staff staff;

  LeadViewController(LeadViews views, LeadPage page, Staff staff) {
    this.views = views;
    this.page = page;
    this.staff = staff;
  }

  record TeamJson(long id, String name) {}

  /** A view, with the teams that have it in their order. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ViewJson(
      long id,
      String name,
      @Nullable String description,
      LeadLayout layout,
      List<TeamJson> teams,
      int version) {}

  /** All views by name, and the one that stands where no other does. */
  record Views(List<ViewJson> items, LeadLayout standard) {}

  /** A view to be made, or a change of one; what is left out is the usual, or stays. */
  record ViewInput(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String description,
      @Nullable WantedLayout layout) {

    LeadViews.Change change() {
      return new LeadViews.Change(version, name, description, layout);
    }
  }

  /** What a copy is called. */
  record CopyInput(@Nullable String name) {}

  /** The view of a team: null for the standard view. */
  record TeamInput(@Nullable Long view, @Nullable Boolean replace, @Nullable Long seen) {}

  /** How many tabs that users had made went. */
  record Applied(int ownTabsRemoved) {}

  @GetMapping
  @Needs(administrator = true)
  Views all() {
    return new Views(json(views.all()), page.present(LeadLayout.STANDARD));
  }

  @PostMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  ViewJson create(@RequestBody ViewInput input) {
    return json(views.create(input.change()));
  }

  /** Changes a view; 409 when somebody else has changed it since the version that was read. */
  @PatchMapping("/{id}")
  @Needs(administrator = true)
  ViewJson change(@PathVariable long id, @RequestBody ViewInput input) {
    return json(views.change(id, input.change()));
  }

  @PostMapping("/{id}/copy")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  ViewJson copy(@PathVariable long id, @RequestBody CopyInput input) {
    return json(views.copy(id, input.name()));
  }

  /** Deletes a view; its teams have the standard view then. */
  @DeleteMapping("/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    views.delete(id);
  }

  /** Gives a team a view, and takes its users' own tabs away where they are to be replaced. */
  @PutMapping("/teams/{team}")
  @Needs(administrator = true)
  Applied assign(@PathVariable long team, @RequestBody TeamInput input) {
    return new Applied(
        views.assign(team, input.view(), Boolean.TRUE.equals(input.replace()), input.seen()));
  }

  private ViewJson json(LeadView view) {
    return json(List.of(view)).get(0);
  }

  private List<ViewJson> json(List<LeadView> some) {
    Map<Long, Long> assigned = views.assigned();
    Map<Long, List<TeamJson>> teams = new HashMap<>();
    for (Users.Team team : staff.teams()) {
      Long view = assigned.get(team.id());
      if (view != null) {
        teams
            .computeIfAbsent(view, id -> new ArrayList<>())
            .add(new TeamJson(team.id(), team.name()));
      }
    }
    return some.stream()
        .map(
            view ->
                new ViewJson(
                    view.id(),
                    view.name(),
                    view.description(),
                    page.present(view.layout()),
                    teams.getOrDefault(view.id(), List.of()),
                    view.version()))
        .toList();
  }
}
