package io.leadloom.identity.tree;

import io.leadloom.platform.Cursors;
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
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
  private final Cursors cursors;
  private final Clock clock;

  Moves(JdbcTemplate jdbc, Ids ids, Cursors cursors, Clock clock) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.cursors = cursors;
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
    Page.limit(limit, MOST);
    // By time and not by id alone: each node has ids of its own to give.
    StringBuilder where = new StringBuilder();
    List<Object> arguments = new ArrayList<>();
    if (user != null) {
      where.append(" and user_id = ?");
      arguments.add(user);
    }
    if (cursor != null) {
      Place before = place(cursor);
      where.append(" and moved_at <= ? and (moved_at < ? or id < ?)");
      arguments.addAll(List.of(before.at(), before.at(), before.id()));
    }
    arguments.add(limit + 1);
    List<Move> found =
        jdbc.query(
            SELECT + "where 1 = 1" + where + " order by moved_at desc, id desc limit ?",
            Moves::move,
            arguments.toArray());
    boolean more = found.size() > limit;
    List<Move> page = more ? found.subList(0, limit) : found;
    return new Page<>(page, more ? cursor(page.get(limit - 1)) : null, null);
  }

  /** Where a page ended. */
  private record Place(LocalDateTime at, long id) {}

  private String cursor(Move last) {
    return cursors.seal(Utc.column(last.at()) + " " + last.id());
  }

  private Place place(String cursor) {
    String[] words = cursors.open(cursor).split(" ", 2);
    try {
      return new Place(LocalDateTime.parse(words[0]), Long.parseLong(words[1]));
    } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw RefusedException.invalid(
          "The cursor is that of another list",
          Violation.of("cursor", cursor, "the 'next' of the page before, unchanged"));
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
