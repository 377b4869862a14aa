package io.leadloom.record.deal.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.search.StageTotals;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.deal.Pipeline;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The board of opportunities: the columns of a pipeline's stages with their totals (REV-007). The cards of a column are a list
 * of opportunities like any other, filtered by the stage.
 */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/opportunities/board")
class BoardController {

  private final StageTotals totals;
  private final Schemas schemas;
  private final Access access;

  BoardController(StageTotals totals, Schemas schemas, Access access) {
    this.totals = totals;
    this.schemas = schemas;
    this.access = access;
  }

  /** A sum of amounts in one currency. */
  record Worth(String amount, String currency) {}

  /**
   * A stage with what stands in it.
   *
   * @param label what values of opportunities call it: with its pipeline where another one has a stage of that name
   * @param worth one sum for each currency
   */
  record Column(long stage, String name, String label, long count, List<Worth> worth) {

    static Column of(StageTotals.Total total) {
      return new Column(
          total.stage().id(),
          total.stage().name(),
          total.label(),
          total.count(),
          total.worth().stream()
              .map(money -> new Worth(money.amount().toPlainString(), money.currency()))
              .toList());
    }
  }

  /** The columns from the first stage to the last. */
  record Board(long pipeline, List<Column> columns) {}

  /**
   * The columns of a pipeline.
   *
   * @param filter which opportunities count, as for lists
   */
  @GetMapping
  @Needs(section = Section.OPPORTUNITY, value = Action.VIEW)
  Board board(
      @RequestParam long pipeline, @RequestParam(required = false) @Nullable String filter) {
    Pipeline shown =
        schemas.current().deals().pipelines().stream()
            .filter(one -> one.id() == pipeline)
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("pipeline", pipeline));
    return new Board(
        pipeline,
        totals
            .of(shown, FilterGrammar.parse(filter == null ? "" : filter), access.current())
            .stream()
            .map(Column::of)
            .toList());
  }
}
