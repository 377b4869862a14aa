package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.smart.ListViews;
import io.leadloom.record.smart.SmartList;
import io.leadloom.record.smart.SmartLists;
import io.leadloom.record.smart.Viewer;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the caller looks at lists: columns per list, order of the tabs (ENG-079, ENG-083). */
@Tag(name = "Smart lists")
@RestController
@RequestMapping("/api/v1/list-views")
class ListViewController {

  private static final int MOST = 1_000;

  private final ListViews views;
  private final SmartLists lists;
  private final SmartListController door;

  ListViewController(ListViews views, SmartLists lists, SmartListController door) {
    this.views = views;
    this.lists = lists;
    this.door = door;
  }

  /** The columns and the order of one list (null for all records of the kind); none for the usual ones. */
  record ChosenView(
      @Nullable String entity,
      @Nullable Long list,
      @Nullable List<String> columns,
      @Nullable String sort) {}

  /** The tabs in their new order. */
  record Order(@Nullable String entity, @Nullable List<Long> lists) {}

  /** The columns and the order of one list. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ViewJson(@Nullable Long list, List<String> columns, @Nullable String sort) {}

  /** The lists that the caller has chosen columns or an order for. */
  record AllViews(List<ViewJson> items) {}

  private static EntityType type(@Nullable String entity) {
    return EntityType.of(entity == null ? "" : entity)
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "There are no lists of that",
                    Violation.of("entity", entity, "a kind of record, for example lead")));
  }

  @GetMapping
  AllViews all(@RequestParam String entity) {
    return new AllViews(
        views.of(door.viewer().userId(), type(entity)).values().stream()
            .filter(view -> !view.columns().isEmpty() || view.sort() != null)
            .sorted(Comparator.comparing(ListViews.View::list))
            .map(
                view ->
                    new ViewJson(
                        view.list() == ListViews.ALL ? null : view.list(),
                        view.columns(),
                        view.sort()))
            .toList());
  }

  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@RequestBody ChosenView body) {
    Viewer viewer = door.viewer();
    EntityType type = type(body.entity());
    Long id = body.list();
    if (id != null) {
      lists.get(id, viewer);
    }
    List<String> columns = body.columns() == null ? List.of() : body.columns();
    views.keep(
        viewer.userId(),
        type,
        id == null ? ListViews.ALL : id,
        lists.columns(type, columns, viewer),
        lists.sort(type, body.sort(), viewer));
  }

  @PutMapping("/order")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void order(@RequestBody Order body) {
    Viewer viewer = door.viewer();
    EntityType type = type(body.entity());
    List<Long> wanted = body.lists() == null ? List.of() : body.lists();
    Set<Long> seen =
        lists.all(type.key(), viewer).stream().map(SmartList::id).collect(Collectors.toSet());
    for (Long id : wanted) {
      if (!seen.contains(Objects.requireNonNullElse(id, ListViews.ALL))) {
        throw RefusedException.notFound("smart list", String.valueOf(id));
      }
    }
    if (wanted.size() > MOST) {
      throw RefusedException.invalid(
          "Too many lists", Violation.of("lists", wanted.size(), "at most " + MOST));
    }
    views.order(viewer.userId(), type, List.copyOf(new LinkedHashSet<>(wanted)));
  }
}
