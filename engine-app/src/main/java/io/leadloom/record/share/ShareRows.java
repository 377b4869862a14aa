package io.leadloom.record.share;

import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of shares: added, and changed once when they are stopped. */
@Component
class ShareRows {

  private static final String COLUMNS =
      "id, opportunity_id, user_id, may_modify, status, reason, amount, unit, requested_at, written_at, expires_at,"
          + " access_until, requested_by, automation_id, run_id, card, visit, stopped, stopped_by,"
          + " stopped_automation, stopped_run";

  private final JdbcTemplate jdbc;

  ShareRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A share that gives access. */
  record Living(long id, long opportunity, long user) {}

  /** Which rows of an opportunity are wanted; null for all. */
  record Wanted(
      @Nullable Long user, @Nullable ShareStatus status, @Nullable Instant livingAt, long before) {}

  void insert(Collection<Share> shares) {
    List<Object[]> rows = new ArrayList<>(shares.size());
    for (Share share : shares) {
      Share.Origin by = share.by();
      Share.Origin stopped = share.stopped();
      rows.add(
          new @Nullable Object[] {
            share.id(),
            share.opportunity(),
            share.user(),
            share.access() == ShareAccess.MODIFY,
            share.status().code(),
            share.reason(),
            share.time().amount(),
            share.time().unit().key(),
            Utc.column(share.requestedAt()),
            Utc.column(share.writtenAt()),
            Utc.column(share.expiresAt()),
            Utc.column(share.accessUntil()),
            by.user(),
            by.automation(),
            by.run(),
            by.card(),
            by.run() == null ? null : by.visit(),
            stopped != null,
            stopped == null ? null : stopped.user(),
            stopped == null ? null : stopped.automation(),
            stopped == null ? null : stopped.run()
          });
    }
    jdbc.batchUpdate(
        "insert into opportunity_share ("
            + COLUMNS
            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  /** What cards of these runs have asked for already. */
  Set<Share.Origin> asked(Collection<Long> runs) {
    return new HashSet<>(
        jdbc.query(
            "select automation_id, run_id, card, visit from opportunity_share where run_id in ("
                + Ids.listed(runs)
                + ")",
            (row, n) ->
                Share.Origin.card(
                    row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4))));
  }

  /** What gives somebody access to these opportunities. */
  List<Living> living(Collection<Long> opportunities, Instant now) {
    return jdbc.query(
        "select id, opportunity_id, user_id from opportunity_share where opportunity_id in ("
            + Ids.listed(opportunities)
            + ") and access_until > ? order by id",
        (row, n) -> new Living(row.getLong(1), row.getLong(2), row.getLong(3)),
        Utc.column(now));
  }

  /** Ends access that is still there. Returns how many it ended. */
  int stop(Collection<Long> ids, Share.Origin by, Instant now) {
    return jdbc.update(
        "update opportunity_share set access_until = ?, stopped = true, stopped_by = ?,"
            + " stopped_automation = ?, stopped_run = ? where id in ("
            + Ids.listed(ids)
            + ") and access_until > ?",
        Utc.column(now),
        by.user(),
        by.automation(),
        by.run(),
        Utc.column(now));
  }

  /** Shares of an opportunity, newest first. */
  List<Share> of(long opportunity, Wanted wanted, int limit) {
    List<@Nullable Object> arguments = new ArrayList<>(List.of(opportunity, wanted.before()));
    String where = "";
    if (wanted.user() != null) {
      where += " and user_id = ?";
      arguments.add(wanted.user());
    }
    if (wanted.status() != null) {
      where += " and status = ?";
      arguments.add(wanted.status().code());
    }
    if (wanted.livingAt() != null) {
      where += " and access_until > ?";
      arguments.add(Utc.column(wanted.livingAt()));
    }
    arguments.add(limit);
    return jdbc.query(
        "select "
            + COLUMNS
            + " from opportunity_share where opportunity_id = ? and id < ?"
            + where
            + " order by id desc limit ?",
        ShareRows::read,
        arguments.toArray());
  }

  /** What lasts of what is shared with somebody, in the order of sharing. */
  List<Shares.Lent> with(long user, Instant now, long after, int limit) {
    return jdbc.query(
        "select s.id, s.opportunity_id, s.may_modify, s.access_until from opportunity_share s"
            + " join opportunities o on o.id = s.opportunity_id and o.trashed_at is null"
            + " where s.user_id = ? and s.access_until > ? and s.id > ? order by s.id limit ?",
        (row, n) ->
            new Shares.Lent(
                row.getLong(1),
                row.getLong(2),
                row.getBoolean(3) ? ShareAccess.MODIFY : ShareAccess.VIEW,
                Objects.requireNonNull(moment(row, 4)),
                true),
        user,
        Utc.column(now),
        after,
        limit);
  }

  void erase(Collection<Long> opportunities) {
    jdbc.update(
        "delete from opportunity_share where opportunity_id in ("
            + Ids.listed(opportunities)
            + ")");
  }

  private static Share read(ResultSet row, int n) throws SQLException {
    ShareTime.Unit unit = ShareTime.Unit.valueOf(row.getString(8).toUpperCase(Locale.ROOT));
    Share.Origin by =
        new Share.Origin(
            number(row, 13), number(row, 14), number(row, 15), row.getString(16), row.getInt(17));
    Share.Origin stopped =
        row.getBoolean(18)
            ? new Share.Origin(number(row, 19), number(row, 20), number(row, 21), null, 0)
            : null;
    return new Share(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getBoolean(4) ? ShareAccess.MODIFY : ShareAccess.VIEW,
        ShareStatus.ofCode(row.getInt(5)),
        row.getString(6),
        new ShareTime(row.getInt(7), unit),
        Objects.requireNonNull(moment(row, 9)),
        moment(row, 10),
        moment(row, 11),
        moment(row, 12),
        by,
        stopped);
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  private static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
    return Utc.moment(row.getObject(column, LocalDateTime.class));
  }
}
