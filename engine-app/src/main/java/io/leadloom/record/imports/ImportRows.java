package io.leadloom.record.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.platform.permission.Owners;
import io.leadloom.record.imports.ImportJob.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The jobs in their table. What a job's runner writes holds only while its lease does. */
@Component
class ImportRows {

  static final Duration LEASE = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String OWNED =
      " where id = ? and owner = ? and epoch = ? and status in ('running', 'checking')";

  private final JdbcTemplate jdbc;
  private final Clock clock;

  ImportRows(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A node's right to run a job. */
  record Lease(long id, String owner, long epoch) {}

  /** What one chunk adds to a job. */
  record Progress(
      long position,
      long rows,
      long created,
      long updated,
      long unchanged,
      long skipped,
      long refused,
      long bytes) {}

  void insert(ImportJob job) {
    jdbc.update(
        "insert into import_job (id, entity, activity_type, match_field, duplicates, file_name, total_bytes, status, plan, position,"
            + " handled_rows, created_rows, updated_rows, unchanged_rows, refused_rows, bytes_read, created_at,"
            + " created_by, epoch, leased_until, tries, traced) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, ?,"
            + " ?, 0, ?, 0, ?)",
        job.id(),
        job.entity().name(),
        job.activityType(),
        job.match(),
        job.duplicates().key(),
        job.fileName(),
        job.totalBytes(),
        key(job.status()),
        write(job.plan()),
        Utc.column(job.createdAt()),
        job.createdBy(),
        Utc.column(job.createdAt()),
        job.traced());
  }

  Optional<ImportJob> find(long id) {
    return jdbc.query("select * from import_job where id = ?", this::read, id).stream().findFirst();
  }

  /** The job, until the end of the transaction nobody else's to change. */
  Optional<ImportJob> lock(long id) {
    return jdbc.query("select * from import_job where id = ? for update", this::read, id).stream()
        .findFirst();
  }

  /** Keeps which bulk action takes it back. */
  void undone(long id, long undoId) {
    jdbc.update("update import_job set undo_id = ? where id = ?", undoId, id);
  }

  List<ImportJob> list(long before, int limit, Owners owners) {
    String within =
        owners.all()
            ? ""
            : owners.none()
                ? " and 1 = 0"
                : " and created_by in ("
                    + owners.ids().stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + ")";
    return jdbc.query(
        "select * from import_job where id < ?" + within + " order by id desc limit ?",
        this::read,
        before,
        limit);
  }

  /** Running jobs, and those under check, that no node works on. */
  List<Long> free() {
    return jdbc.queryForList(
        "select id from import_job where status in ('running', 'checking') and leased_until <= ?"
            + " order by id limit 100",
        Long.class,
        Utc.column(clock.instant()));
  }

  @Nullable Lease claim(long id, String owner) {
    Instant now = clock.instant();
    int claimed =
        jdbc.update(
            "update import_job set owner = ?, epoch = epoch + 1, leased_until = ?, started_at = coalesce(started_at, ?)"
                + " where id = ? and status in ('running', 'checking') and leased_until <= ?",
            owner,
            Utc.column(now.plus(LEASE)),
            Utc.column(now),
            id,
            Utc.column(now));
    if (claimed == 0) {
      return null;
    }
    Long epoch = jdbc.queryForObject("select epoch from import_job where id = ?", Long.class, id);
    return new Lease(id, owner, Objects.requireNonNull(epoch));
  }

  /** Whether the lease still holds and was prolonged. */
  boolean renew(Lease lease) {
    return owned(
        lease, "update import_job set leased_until = ?", Utc.column(clock.instant().plus(LEASE)));
  }

  /** Gives a job back, to be taken up again after a while. */
  void release(Lease lease, Duration after) {
    owned(
        lease,
        "update import_job set tries = tries + 1, leased_until = ?",
        Utc.column(clock.instant().plus(after)));
  }

  int tries(long id) {
    Integer tries =
        jdbc.queryForObject("select tries from import_job where id = ?", Integer.class, id);
    return tries == null ? 0 : tries;
  }

  boolean advance(Lease lease, Progress done) {
    return owned(
        lease,
        "update import_job set tries = 0, position = ?, handled_rows = handled_rows + ?, created_rows = created_rows + ?,"
            + " updated_rows = updated_rows + ?, unchanged_rows = unchanged_rows + ?, skipped_rows = skipped_rows + ?,"
            + " refused_rows = refused_rows + ?, bytes_read = ?, leased_until = ?",
        done.position(),
        done.rows(),
        done.created(),
        done.updated(),
        done.unchanged(),
        done.skipped(),
        done.refused(),
        done.bytes(),
        Utc.column(clock.instant().plus(LEASE)));
  }

  boolean plan(Lease lease, ImportPlan plan, @Nullable String match) {
    return owned(lease, "update import_job set plan = ?, match_field = ?", write(plan), match);
  }

  boolean end(Lease lease, Status status, @Nullable String problem) {
    String shown =
        problem == null || problem.length() <= 2_000 ? problem : problem.substring(0, 2_000);
    boolean whole = problem == null;
    return owned(
        lease,
        "update import_job set status = ?, problem = ?, ended_at = ?"
            + (whole ? ", bytes_read = total_bytes" : ""),
        key(status),
        shown,
        status == Status.CHECKED ? null : Utc.column(clock.instant()));
  }

  private boolean owned(Lease lease, String update, @Nullable Object... values) {
    Object[] all = java.util.Arrays.copyOf(values, values.length + 3);
    all[values.length] = lease.id();
    all[values.length + 1] = lease.owner();
    all[values.length + 2] = lease.epoch();
    return jdbc.update(update + OWNED, all) == 1;
  }

  boolean cancel(long id) {
    return jdbc.update(
            "update import_job set status = 'cancelled', ended_at = ? where id = ? and status in ('running', 'prepared',"
                + " 'checking', 'checked')",
            Utc.column(clock.instant()),
            id)
        == 1;
  }

  /**
   * Lets a job that waits go on as something else, from its first row; whoever works on it has lost it.
   *
   * @return false when it does not wait any more
   */
  boolean turn(long id, Status to, ImportPlan plan, @Nullable String match, Duplicates duplicates) {
    return jdbc.update(
            "update import_job set status = ?, plan = ?, match_field = ?, duplicates = ?, problem = null, owner = null,"
                + " epoch = epoch + 1, tries = 0, position = 0, handled_rows = 0, created_rows = 0, updated_rows = 0,"
                + " unchanged_rows = 0, skipped_rows = 0, refused_rows = 0, bytes_read = 0, started_at = null,"
                + " leased_until = ? where id = ? and status in ('prepared', 'checking', 'checked')",
            key(to),
            write(plan),
            match,
            duplicates.key(),
            Utc.column(clock.instant()),
            id)
        == 1;
  }

  /** Jobs that wait and whose rows are not counted yet. */
  List<Long> uncounted() {
    return jdbc.queryForList(
        "select id from import_job where status in ('prepared', 'checking', 'checked') and counted = false"
            + " order by id limit 100",
        Long.class);
  }

  /** Keeps how many rows have been counted. */
  void counted(long id, long rows, boolean all) {
    jdbc.update("update import_job set counted_rows = ?, counted = ? where id = ?", rows, all, id);
  }

  /** Fails jobs that nobody could run for a day, as the node that has the file is gone, and those nobody started. */
  void failAbandoned() {
    fail("('running', 'checking')", "The node that received the file has been away for a day");
    fail("('prepared', 'checked')", "It was not started within a day");
  }

  private void fail(String statuses, String problem) {
    Instant now = clock.instant();
    String left = "status in " + statuses + " and leased_until < ?";
    LocalDateTime before = Utc.column(now.minus(Duration.ofDays(1)));
    // By their ids: a change that finds them by their status locks them in the other order than
    // those who know the id.
    List<Long> ids =
        jdbc.queryForList(
            "select id from import_job where " + left + " order by id limit 100",
            Long.class,
            before);
    for (Long id : ids) {
      jdbc.update(
          "update import_job set status = 'failed', ended_at = ?, problem = ? where id = ? and "
              + left,
          Utc.column(now),
          problem,
          id,
          before);
    }
  }

  private static String key(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private ImportJob read(ResultSet row, int n) throws SQLException {
    Object createdBy = row.getObject("created_by");
    return new ImportJob(
        row.getLong("id"),
        EntityType.valueOf(row.getString("entity")),
        row.getString("activity_type"),
        row.getString("match_field"),
        Duplicates.of(row.getString("duplicates")).orElse(Duplicates.UPDATE),
        row.getString("file_name"),
        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        plan(row.getString("plan")),
        row.getString("problem"),
        row.getLong("position"),
        row.getLong("handled_rows"),
        row.getLong("created_rows"),
        row.getLong("updated_rows"),
        row.getLong("unchanged_rows"),
        row.getLong("skipped_rows"),
        row.getLong("refused_rows"),
        row.getLong("counted_rows"),
        row.getBoolean("counted"),
        row.getLong("bytes_read"),
        row.getLong("total_bytes"),
        Objects.requireNonNull(moment(row, "created_at")),
        createdBy == null ? null : row.getLong("created_by"),
        moment(row, "started_at"),
        moment(row, "ended_at"),
        row.getBoolean("traced"),
        row.getObject("undo_id", Long.class));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    return Utc.moment(row.getObject(column, LocalDateTime.class));
  }

  private static String write(ImportPlan plan) {
    try {
      return JSON.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the plan of an import", e);
    }
  }

  private static ImportPlan plan(String json) {
    try {
      return JSON.readValue(json, ImportPlan.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the plan of an import", e);
    }
  }
}
