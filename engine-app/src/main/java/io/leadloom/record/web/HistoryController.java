package io.leadloom.record.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.record.history.RecordHistory;
import io.leadloom.record.history.RecordHistory.Item;
import io.swagger.v3.oas.annotations.tags.Tag;
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
        new RecordRef(RecordController.type(entity), id), false, cursor, limit, caller.rights());
  }

  /** The record's own changes and those of its activities, tasks and notes. */
  @GetMapping("/timeline")
  @Needs(Action.VIEW)
  Page<Item> timeline(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return history.page(
        new RecordRef(RecordController.type(entity), id), true, cursor, limit, caller.rights());
  }
}
