package io.leadloom.record.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.record.history.RecordHistory;
import io.leadloom.record.history.RecordHistory.Item;
import io.leadloom.record.history.TimelineKind;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened to a record, with who or what caused it. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:" + RecordController.ENTITIES + "}" + RecordController.ID)
class HistoryController {

  private final RecordHistory history;

  private final Caller caller;

  HistoryController(RecordHistory history, Caller caller) {
    this.history = history;
    this.caller = caller;
  }

  /** The record's own changes. */
  @GetMapping("/history")
  @Needs(Action.VIEW)
  Page<Item> history(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return history.page(
        new RecordRef(RecordController.type(entity), id),
        false,
        Set.of(),
        cursor,
        limit,
        caller.rights());
  }

  /**
   * The record's own changes and those of its activities, tasks and notes.
   *
   * @param kinds only what is of one of these kinds; everything when missing
   */
  @GetMapping("/timeline")
  @Needs(Action.VIEW)
  Page<Item> timeline(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable List<String> kinds,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return history.page(
        new RecordRef(RecordController.type(entity), id),
        true,
        kinds(kinds),
        cursor,
        limit,
        caller.rights());
  }

  private static Set<TimelineKind> kinds(@Nullable List<String> asked) {
    Set<TimelineKind> kinds = EnumSet.noneOf(TimelineKind.class);
    for (String key : asked == null ? List.<String>of() : asked) {
      kinds.add(
          TimelineKind.of(key)
              .orElseThrow(
                  () ->
                      RefusedException.invalid(
                          "The timeline has no such kind",
                          Violation.of(
                              "kinds",
                              key,
                              "activities, notes, tasks, messages, files, appointments, changes or automations"))));
    }
    return kinds;
  }
}
