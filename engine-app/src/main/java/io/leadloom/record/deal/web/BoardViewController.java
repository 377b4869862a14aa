package io.leadloom.record.deal.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.deal.BoardViews;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How the caller looks at opportunities: as a board or as a list, and at which pipeline. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/board-view")
class BoardViewController {

  private final BoardViews views;
  private final Schemas schemas;
  private final Access access;

  BoardViewController(BoardViews views, Schemas schemas, Access access) {
    this.views = views;
    this.schemas = schemas;
    this.access = access;
  }

  /** How the caller looks at opportunities. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ViewJson(@Nullable Boolean board, @Nullable Long pipeline) {}

  @GetMapping
  @Needs(section = Section.OPPORTUNITY, value = Action.VIEW)
  ViewJson view() {
    BoardViews.View view = views.of(user());
    return new ViewJson(view.board(), view.pipeline());
  }

  /** Keeps how the caller looks at opportunities. */
  @PutMapping
  @Needs(section = Section.OPPORTUNITY, value = Action.VIEW)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void keep(@RequestBody ViewJson body) {
    long user = user();
    Boolean board = body.board();
    if (board == null) {
      throw RefusedException.invalid(
          "How opportunities are to be shown is missing",
          Violation.of("board", null, "true for a board, false for a list"));
    }
    Long pipeline = body.pipeline();
    if (pipeline != null
        && schemas.current().deals().pipelines().stream().noneMatch(one -> one.id() == pipeline)) {
      throw RefusedException.invalid(
          "There is no such pipeline",
          Violation.of("pipeline", pipeline, "the id of a pipeline, or none for the first"));
    }
    views.keep(user, new BoardViews.View(board, pipeline));
  }

  private long user() {
    Long user = access.current().userId();
    if (user == null) {
      throw RefusedException.forbidden("Boards are kept for users; sign in as one");
    }
    return user;
  }
}
