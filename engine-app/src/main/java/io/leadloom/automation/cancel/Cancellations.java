package io.leadloom.automation.cancel;

import io.leadloom.automation.audit.AutomationEvents;
import io.leadloom.automation.run.RunControl;
import io.leadloom.identity.Users;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Ids;
import io.leadloom.platform.JobStatus;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.web.LiveUpdates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cancels all runs of a version in pages. Each page is a transaction that also moves the job's cursor, so that after a
 * crash or on another node the job goes on where it was and counts each run once.
 */
@Component
public class Cancellations {

  private static final Logger LOG = LoggerFactory.getLogger(Cancellations.class);
  private static final int PAGE = 500;
  private static final int SHOWN = 20;
  private static final String SELECT =
      "select id, automation_id, version_id, number, status, requested_by, requested_at, ended_at, total, cancelled,"
          + " failed, last_id, found from run_cancellation ";

  private final RunControl control;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Users users;
  private final Ids ids;
  private final LiveUpdates updates;
  private final Clock clock;
  private final AuditTrail trail;
  private volatile Runnable bell = () -> {};

  Cancellations(
      RunControl control,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Users users,
      Ids ids,
      LiveUpdates updates,
      Clock clock,
      AuditTrail trail) {
    this.control = control;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.users = users;
    this.ids = ids;
    this.updates = updates;
    this.clock = clock;
    this.trail = trail;
  }

  /** A job with its cursor: runs after {@code lastId} are to come, {@code found} were cancelled since it last began. */
  private record Cursor(Cancellation job, long lastId, long found) {}

  /** Who works off the jobs and wants to hear of a new one. */
  void onOrder(Runnable listener) {
    this.bell = listener;
  }

  /** Orders the runs of a version to be cancelled; when that is under way already it is that job. */
  @Transactional
  public Cancellation order(long automationId, long versionId, int number) {
    List<Cancellation> underWay =
        jdbc.query(
            SELECT + "where version_id = ? and status = 1 order by id limit 1",
            (row, n) -> cursor(row).job(),
            versionId);
    if (!underWay.isEmpty()) {
      return underWay.get(0);
    }
    long id = ids.next("run_cancellation");
    jdbc.update(
        "insert into run_cancellation (id, automation_id, version_id, number, status, requested_by, requested_at,"
            + " cancelled, failed, last_id, found) values (?, ?, ?, ?, 1, ?, ?, 0, 0, 0, 0)",
        id,
        automationId,
        versionId,
        number,
        users.current().map(Users.Person::name).orElse("the system"),
        Utc.column(clock.instant()));
    trail.record(AutomationEvents.runsCancelled(automationId, number));
    AfterCommit.run(() -> bell.run());
    return find(automationId, id);
  }

  /** A job of an automation. */
  @Transactional(readOnly = true)
  public Cancellation find(long automationId, long id) {
    return jdbc
        .query(
            SELECT + "where id = ? and automation_id = ?",
            (row, n) -> cursor(row).job(),
            id,
            automationId)
        .stream()
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("cancellation", id));
  }

  /** The latest jobs of an automation, newest first. */
  @Transactional(readOnly = true)
  public List<Cancellation> of(long automationId) {
    return jdbc.query(
        SELECT + "where automation_id = ? order by id desc limit " + SHOWN,
        (row, n) -> cursor(row).job(),
        automationId);
  }

  /** Stops a job after its present page; what it has cancelled stays cancelled. */
  @Transactional
  public Cancellation stop(long automationId, long id) {
    find(automationId, id);
    int stopped =
        jdbc.update(
            "update run_cancellation set status = ?, ended_at = ? where id = ? and status = 1",
            JobStatus.CANCELLED.code(),
            Utc.column(clock.instant()),
            id);
    if (stopped > 0) {
      AfterCommit.run(() -> updates.publish("automation.changed", automationId));
    }
    return find(automationId, id);
  }

  /** The jobs that are not finished, oldest first. */
  List<Long> open() {
    List<Long> open =
        transactions.execute(
            status ->
                jdbc.queryForList(
                    "select id from run_cancellation where status = 1 order by id", Long.class));
    return open == null ? List.of() : open;
  }

  /**
   * Works off one page of a job. A page that cannot be cancelled is split until the run that is to blame stands alone; that
   * one is left out and counted.
   *
   * @return whether there is more to do, and nobody else is doing it
   */
  public boolean page(long id) {
    return page(id, PAGE);
  }

  private boolean page(long id, int size) {
    try {
      return Boolean.TRUE.equals(transactions.execute(status -> work(id, size)));
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (size > 1) {
        return page(id, size / 2);
      }
      LOG.warn("Cancellation {} leaves out a run that cannot be cancelled", id, e);
      return Boolean.TRUE.equals(transactions.execute(status -> leaveOut(id)));
    }
  }

  private boolean work(long id, int size) {
    Cursor cursor = lock(id);
    if (cursor == null) {
      return false;
    }
    Cancellation job = cursor.job();
    if (job.total() == null) {
      jdbc.update(
          "update run_cancellation set total = ? where id = ?",
          control.countOpen(job.automationId(), job.versionId(), job.requestedAt()),
          id);
    }
    List<Long> runs = next(cursor, size);
    if (runs.isEmpty()) {
      return end(cursor);
    }
    int cancelled =
        control.cancel(runs, "All runs of the version cancelled by " + job.requestedBy());
    jdbc.update(
        "update run_cancellation set cancelled = cancelled + ?, found = found + ?, last_id = ? where id = ?",
        cancelled,
        cancelled,
        runs.get(runs.size() - 1),
        id);
    return true;
  }

  private boolean leaveOut(long id) {
    Cursor cursor = lock(id);
    if (cursor == null) {
      return false;
    }
    List<Long> runs = next(cursor, 1);
    if (!runs.isEmpty()) {
      jdbc.update(
          "update run_cancellation set failed = failed + 1, last_id = ? where id = ?",
          runs.get(0),
          id);
    }
    return true;
  }

  private List<Long> next(Cursor cursor, int size) {
    Cancellation job = cursor.job();
    return control.open(
        job.automationId(), job.versionId(), job.requestedAt(), cursor.lastId(), size);
  }

  /** Looks through once more after runs were found: one may have begun to wait behind the cursor meanwhile. */
  private boolean end(Cursor cursor) {
    Cancellation job = cursor.job();
    if (cursor.found() > 0) {
      jdbc.update(
          "update run_cancellation set last_id = 0, found = 0, failed = 0 where id = ?", job.id());
      return true;
    }
    jdbc.update(
        "update run_cancellation set status = ?, ended_at = ? where id = ?",
        JobStatus.DONE.code(),
        Utc.column(clock.instant()),
        job.id());
    AfterCommit.run(() -> updates.publish("automation.changed", job.automationId()));
    return false;
  }

  /** Null when the job is finished, or another node is at it. */
  private @Nullable Cursor lock(long id) {
    List<Cursor> found =
        jdbc.query(
            SELECT + "where id = ? and status = 1 for update skip locked",
            (row, n) -> cursor(row),
            id);
    return found.isEmpty() ? null : found.get(0);
  }

  private static Cursor cursor(ResultSet row) throws SQLException {
    Instant requestedAt = Utc.moment(row.getObject(7, LocalDateTime.class));
    Cancellation job =
        new Cancellation(
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getInt(4),
            JobStatus.of(row.getInt(5)),
            row.getString(6),
            Objects.requireNonNull(requestedAt),
            Utc.moment(row.getObject(8, LocalDateTime.class)),
            row.getObject(9, Long.class),
            row.getLong(10),
            row.getLong(11));
    return new Cursor(job, row.getLong(12), row.getLong(13));
  }
}
