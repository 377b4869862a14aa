package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.identity.Role;
import io.leadloom.identity.Users;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.smart.ListViews;
import io.leadloom.record.smart.Sharing;
import io.leadloom.record.smart.SmartList;
import io.leadloom.record.smart.SmartLists;
import io.leadloom.record.smart.Upkeep;
import io.leadloom.record.smart.Viewer;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

/** Smart lists: whoever may look at a kind of record has lists of it; sharing says who else sees one (ENG-086). */
@Tag(name = "Smart lists")
@RestController
@RequestMapping("/api/v1/smart-lists")
class SmartListController {

  private final SmartLists lists;
  private final ListViews views;
  private final Users users;
  private final Caller caller;

  SmartListController(SmartLists lists, ListViews views, Users users, Caller caller) {
    this.lists = lists;
    this.views = views;
    this.users = users;
    this.caller = caller;
  }

  /** A list to make; what is left out is as usual. */
  record NewList(
      @Nullable String entity,
      @Nullable String name,
      @Nullable String filter,
      @Nullable String sort,
      @Nullable List<String> columns,
      @Nullable String sharing,
      @Nullable List<@Nullable Long> users,
      @Nullable List<@Nullable String> roles,
      @Nullable Boolean live) {}

  /** A change of a list; what is left out stays. */
  record ChangedList(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String filter,
      @Nullable String sort,
      @Nullable List<String> columns,
      @Nullable String sharing,
      @Nullable List<@Nullable Long> users,
      @Nullable List<@Nullable String> roles,
      @Nullable Boolean live) {}

  /** A list in answers. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ListJson(
      long id,
      int version,
      String entity,
      String name,
      String filter,
      @Nullable String sort,
      List<String> columns,
      Owner owner,
      Sharing sharing,
      @Nullable List<Long> users,
      @Nullable List<String> roles,
      boolean live,
      boolean mine,
      boolean mayChange,
      @Nullable Upkeep upkeep,
      Instant createdAt,
      Instant updatedAt) {}

  /** Who made a list. */
  record Owner(long id, String name) {}

  /** The lists somebody sees, in the order of his tabs. */
  record AllLists(List<ListJson> items, boolean mayShare) {}

  Viewer viewer() {
    Long user = caller.userId();
    if (user == null) {
      throw RefusedException.forbidden("Smart lists belong to users; sign in as one");
    }
    Set<String> roles = users.roles(user).stream().map(Role::key).collect(Collectors.toSet());
    return new Viewer(user, roles, caller.rights());
  }

  @GetMapping
  AllLists all(@RequestParam String entity, @RequestParam(defaultValue = "false") boolean members) {
    Viewer viewer = viewer();
    List<SmartList> seen = lists.all(entity, viewer);
    Map<Long, ListViews.View> mine =
        seen.isEmpty() ? Map.of() : views.of(viewer.userId(), seen.get(0).entity());
    Map<Long, Upkeep> upkeep = lists.upkeep(seen, viewer, members);
    return new AllLists(
        seen.stream()
            .sorted(Comparator.comparing(list -> place(mine.get(list.id()))))
            .map(list -> json(list, viewer, upkeep))
            .toList(),
        viewer.mayShare());
  }

  /** Lists that were never moved stand behind the others. */
  private static int place(ListViews.@Nullable View view) {
    Integer position = view == null ? null : view.position();
    return position == null ? Integer.MAX_VALUE : position;
  }

  @GetMapping("/{id}")
  ListJson get(@PathVariable long id) {
    Viewer viewer = viewer();
    return json(lists.get(id, viewer), viewer);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ListJson create(@RequestBody NewList body) {
    Viewer viewer = viewer();
    SmartLists.Change wanted =
        new SmartLists.Change(
            body.name(),
            body.filter(),
            body.sort(),
            body.columns(),
            sharing(body.sharing()),
            set("users", body.users()),
            set("roles", body.roles()),
            body.live());
    return json(lists.create(body.entity() == null ? "" : body.entity(), wanted, viewer), viewer);
  }

  @PatchMapping("/{id}")
  ListJson change(@PathVariable long id, @RequestBody ChangedList body) {
    Viewer viewer = viewer();
    SmartLists.Change wanted =
        new SmartLists.Change(
            body.name(),
            body.filter(),
            body.sort(),
            body.columns(),
            sharing(body.sharing()),
            set("users", body.users()),
            set("roles", body.roles()),
            body.live());
    return json(lists.change(id, body.version(), wanted, viewer), viewer);
  }

  @PostMapping("/{id}/copy")
  @ResponseStatus(HttpStatus.CREATED)
  ListJson copy(@PathVariable long id) {
    Viewer viewer = viewer();
    return json(lists.copy(id, viewer), viewer);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    lists.delete(id, viewer());
  }

  private static @Nullable Sharing sharing(@Nullable String key) {
    return key == null
        ? null
        : Sharing.of(key)
            .orElseThrow(
                () ->
                    RefusedException.invalid(
                        "There is no such sharing",
                        Violation.of("sharing", key, "private, everyone or chosen")));
  }

  private static <T> @Nullable Set<T> set(String place, @Nullable List<@Nullable T> given) {
    if (given == null) {
      return null;
    }
    Set<T> set = new LinkedHashSet<>();
    for (T one : given) {
      if (one == null) {
        throw RefusedException.invalid(
            "With whom the list is shared is not clear",
            Violation.of(place, null, "a list in which nothing is left out"));
      }
      set.add(one);
    }
    return set;
  }

  private ListJson json(SmartList list, Viewer viewer) {
    return json(list, viewer, lists.upkeep(List.of(list), viewer, true));
  }

  private ListJson json(SmartList list, Viewer viewer, Map<Long, Upkeep> upkeep) {
    boolean mayChange = list.changedBy(viewer);
    String name = users.find(list.ownerId()).map(Users.Person::name).orElse("");
    return new ListJson(
        list.id(),
        list.version(),
        list.entity().key(),
        list.name(),
        list.filter(),
        list.sort(),
        list.columns(),
        new Owner(list.ownerId(), name),
        list.sharing(),
        // With whom else a list is shared is the business of who may share it.
        mayChange ? list.users().stream().sorted().toList() : null,
        mayChange ? list.roles().stream().sorted().toList() : null,
        list.live(),
        list.ownerId() == viewer.userId(),
        mayChange,
        upkeep.get(list.id()),
        list.createdAt(),
        list.updatedAt());
  }
}
