package io.leadloom.record.bulk;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.record.bulk.BulkAction.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Bulk actions in their table. A row that is locked is being worked on, by this node or another. */
@Component
class BulkRows {

  private static final String SELECT = select("settings");

  private static String select(String settings) {
    return "select id, entity, operation, name, status, "
        + settings
        + ", filter, hidden, undo_of, not_before, scheduled_at,"
        + " batch_size, batch_minutes, created_at, created_by, started_at, ended_at, collected_to, total, handled, succeeded,"
        + " changed, failed, problem from bulk_action ";
  }

  private final JdbcTemplate jdbc;
  private final Clock clock;

  BulkRows(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What one page adds to a job. */
  record Progress(long handled, long succeeded, long changed, long failed) {}

  void insert(BulkAction job) {
    jdbc.update(
        "insert into bulk_action (id, entity, operation, name, status, settings, filter, hidden, undo_of, not_before,"
            + " scheduled_at, batch_size, batch_minutes, created_at, created_by, collected_to, total, handled,"
            + " succeeded, changed, failed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, 0, 0)",
        job.id(),
        job.entity().code(),
        job.operation(),
        job.name(),
        job.status().code(),
        Documents.write(job.settings()),
        job.filter(),
        job.hidden(),
        job.undoOf(),
        Utc.column(job.notBefore()),
        Utc.column(job.scheduledAt()),
        job.batchSize(),
        job.batchMinutes(),
        Utc.column(job.createdAt()),
        job.createdBy(),
        job.total());
  }

  Optional<BulkAction> find(long id) {
    return jdbc.query(SELECT + "where id = ?", BulkRows::read, id).stream().findFirst();
  }

  /** Waits for whoever works on it. */
  Optional<BulkAction> lock(long id) {
    return jdbc.query(SELECT + "where id = ? for update", BulkRows::read, id).stream().findFirst();
  }

  /** The job, when it has something to do now and nobody else is at it. */
  @Nullable BulkAction lockOpen(long id) {
    return jdbc
        .query(
            SELECT + "where id = ? and status in (1, 2) and not_before <= ? for update skip locked",
            BulkRows::read,
            id,
            Utc.column(clock.instant()))
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** Those that have something to do now, oldest first. */
  List<Long> open() {
    return jdbc.queryForList(
        "select id from bulk_action where status in (1, 2) and not_before <= ? order by id limit 1000",
        Long.class,
        Utc.column(clock.instant()));
  }

  /** What takes a job back, or has; one that was stopped does not count. */
  Optional<BulkAction> undoOf(long id) {
    return jdbc
        .query(SELECT + "where undo_of = ? and status <> 4 order by id limit 1", BulkRows::read, id)
        .stream()
        .findFirst();
  }

  /** Those of the jobs that something takes back, or has; one that was stopped does not count. */
  Set<Long> undone(Collection<Long> ids) {
    return ids.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.queryForList(
                "select undo_of from bulk_action where status <> 4 and undo_of in ("
                    + Ids.listed(ids)
                    + ")",
                Long.class));
  }

  /** Those that a question asks for, newest first; without settings, which may be as long as many mails. */
  List<BulkAction> list(String where, List<Object> arguments, int limit) {
    return jdbc.query(
        select("'{}'") + where + " order by id desc limit " + limit,
        BulkRows::read,
        arguments.toArray());
  }

  /** Some records were collected; with {@code last} there are no more. */
  void collected(long id, long to, int count, boolean last) {
    jdbc.update(
        "update bulk_action set collected_to = ?, total = total + ?, status = ? where id = ?",
        to,
        count,
        (last ? Status.IN_PROGRESS : Status.PROCESSING).code(),
        id);
  }

  void started(long id) {
    jdbc.update(
        "update bulk_action set started_at = ? where id = ? and started_at is null",
        Utc.column(clock.instant()),
        id);
  }

  /**
   * Some records were handled.
   *
   * @param notBefore when the next are to be
   */
  void advance(long id, Progress done, Instant notBefore) {
    jdbc.update(
        "update bulk_action set handled = handled + ?, succeeded = succeeded + ?, changed = changed + ?,"
            + " failed = failed + ?, not_before = ? where id = ?",
        done.handled(),
        done.succeeded(),
        done.changed(),
        done.failed(),
        Utc.column(notBefore),
        id);
  }

  void end(long id, Status status, @Nullable String problem) {
    jdbc.update(
        "update bulk_action set status = ?, ended_at = ?, problem = ? where id = ?",
        status.code(),
        Utc.column(clock.instant()),
        problem == null || problem.length() <= 500 ? problem : problem.substring(0, 500),
        id);
  }

  private static BulkAction read(ResultSet row, int n) throws SQLException {
    return new BulkAction(
        row.getLong(1),
        EntityType.ofCode(row.getInt(2)),
        row.getString(3),
        row.getString(4),
        Status.of(row.getInt(5)),
        Documents.read(row.getString(6)),
        row.getString(7),
        row.getBoolean(8),
        row.getObject(9, Long.class),
        Objects.requireNonNull(moment(row, 10)),
        moment(row, 11),
        row.getObject(12, Integer.class),
        row.getObject(13, Integer.class),
        Objects.requireNonNull(moment(row, 14)),
        row.getObject(15, Long.class),
        moment(row, 16),
        moment(row, 17),
        row.getLong(18),
        row.getLong(19),
        row.getLong(20),
        row.getLong(21),
        row.getLong(22),
        row.getLong(23),
        row.getString(24));
  }

  private static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
    return Utc.moment(row.getObject(column, LocalDateTime.class));
  }
}
