package io.leadloom.record.imports.web;

import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.ImportStarts.State;
import io.leadloom.record.imports.ImportJob;
import io.leadloom.record.imports.starts.StartsOfImport;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The automations that an import starts so many a minute, while some of them wait. */
@Tag(name = "Imports")
@RestController
@RequestMapping("/api/v1/imports")
class ImportStartsController {

  private final StartsOfImport starts;
  private final ImportPermits permits;

  ImportStartsController(StartsOfImport starts, ImportPermits permits) {
    this.starts = starts;
    this.permits = permits;
  }

  /**
   * What becomes of those that wait and those to come.
   *
   * @param state held to let so many a minute start, open to let them all, dropped to let none
   * @param perMinute with held: how many
   */
  record Wanted(@Nullable String state, @Nullable Integer perMinute) {}

  /** Changes how fast they start, starts them all, or drops them; whoever made the import does that. */
  @PostMapping("/{id}/starts")
  @Needs(section = Section.IMPORTS, value = Action.CREATE)
  StartsAnswer change(@PathVariable long id, @RequestBody Wanted wanted) {
    ImportJob job = permits.permitted(id);
    if (!permits.own(job)) {
      throw ImportPermits.forbidden("starting what somebody else has imported");
    }
    String state = wanted.state() == null ? "" : wanted.state();
    State to =
        switch (state) {
          case "held" -> State.HELD;
          case "open" -> State.OPEN;
          case "dropped" -> State.DROPPED;
          default -> throw ImportWords.refused("state", wanted.state(), "held, open or dropped");
        };
    int perMinute = to == State.HELD ? ImportWords.perMinute(wanted.perMinute()) : 0;
    return StartsAnswer.of(starts.change(id, job.fileName(), to, perMinute));
  }
}
