package io.leadloom.record.deal;

import io.leadloom.schema.Schemas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How each user looks at opportunities: as a board or as a list, and at which pipeline. */
@Component
public class BoardViews {

  private final JdbcTemplate jdbc;
  private final Schemas schemas;

  BoardViews(JdbcTemplate jdbc, Schemas schemas) {
    this.jdbc = jdbc;
    this.schemas = schemas;
  }

  /**
   * How a user looks at opportunities.
   *
   * @param board whether as cards in the columns of stages; otherwise as rows
   * @param pipeline whose stages these are; null for the first one
   */
  public record View(boolean board, @Nullable Long pipeline) {}

  /** What a user has chosen; the board of the first pipeline before that, and when the chosen one is gone. */
  @Transactional(readOnly = true)
  public View of(long userId) {
    View kept =
        jdbc
            .query(
                "select board, pipeline_id from board_view where user_id = ?",
                (row, n) -> new View(row.getBoolean(1), row.getObject(2, Long.class)),
                userId)
            .stream()
            .findFirst()
            .orElse(new View(true, null));
    boolean there =
        schemas.current().deals().pipelines().stream()
            .anyMatch(one -> kept.pipeline() != null && one.id() == kept.pipeline());
    return there ? kept : new View(kept.board(), null);
  }

  /** Keeps what a user has chosen. */
  @Transactional
  public void keep(long userId, View view) {
    jdbc.update(
        "insert into board_view (user_id, board, pipeline_id) values (?, ?, ?)"
            + " on duplicate key update board = values(board), pipeline_id = values(pipeline_id)",
        userId,
        view.board(),
        view.pipeline());
  }
}
