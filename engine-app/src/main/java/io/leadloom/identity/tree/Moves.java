package io.leadloom.identity.tree;

import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.ActingPrincipal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The history of the reporting hierarchy: every move, whichever way it was made. */
@Component
public class Moves {

  private static final int MOST = 200;
  private static final String SELECT =
      "select id, user_id, from_user, to_user, moved_by, moved_by_name, moved_at from user_move ";

  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final Clock clock;

  Moves(JdbcTemplate jdbc, Ids ids, Clock clock) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.clock = clock;
  }

  /** Writes down, in the current transaction, that a user came under another superior; equal ones are no move. */
  public void note(long user, @Nullable Long from, @Nullable Long to) {
    if (Objects.equals(from, to)) {
      return;
    }
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    ActingPrincipal by =
        authentication != null && authentication.getPrincipal() instanceof ActingPrincipal acting
            ? acting
            : null;
    jdbc.update(
        "insert into user_move (id, user_id, from_user, to_user, moved_by, moved_by_name, moved_at)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        ids.next("user_move"),
        user,
        from,
        to,
        by == null ? null : by.id(),
        by == null ? "system" : by.login(),
        Utc.column(clock.instant()));
  }

  /**
   * The moves of one user or of all, newest first.
   *
   * @param cursor the {@code next} of the page before
   * @param limit from 1 to 200
   */
  @Transactional(readOnly = true)
  public Page<Move> list(@Nullable Long user, @Nullable String cursor, int limit) {
    if (limit < 1 || limit > MOST) {
      throw RefusedException.invalid(
          "The limit is out of range", Violation.of("limit", limit, "a number from 1 to " + MOST));
    }
    long before = before(cursor);
    List<Move> found =
        user == null
            ? jdbc.query(
                SELECT + "where id < ? order by id desc limit ?", Moves::move, before, limit + 1)
            : jdbc.query(
                SELECT + "where user_id = ? and id < ? order by id desc limit ?",
                Moves::move,
                user,
                before,
                limit + 1);
    List<Move> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? Long.toString(page.get(page.size() - 1).id()) : null;
    return new Page<>(page, next, null);
  }

  private static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw RefusedException.invalid(
          "The cursor is malformed",
          Violation.of("cursor", cursor, "the 'next' of the page before"));
    }
  }

  private static Move move(ResultSet row, int number) throws SQLException {
    return new Move(
        row.getLong(1),
        row.getLong(2),
        row.getObject(3, Long.class),
        row.getObject(4, Long.class),
        row.getObject(5, Long.class),
        row.getString(6),
        Objects.requireNonNull(Utc.moment(row.getObject(7, LocalDateTime.class))));
  }
}
