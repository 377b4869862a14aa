package io.leadloom.record.calling.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.csv.CsvWriter;
import io.leadloom.record.calling.row.DuplicateMode;
import io.leadloom.record.calling.row.Outcome;
import io.leadloom.record.calling.upload.ListUpload.Counts;
import io.leadloom.record.calling.upload.ListUpload.Status;
import io.leadloom.record.store.Sql;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Uploads into lists in the database, with what there is to say about rows. */
@Component
class UploadRows {

  private static final int PAGE = 1_000;
  private static final int MOST_REMARKS = 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final JdbcTemplate jdbc;
  private final Clock clock;

  UploadRows(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  void insert(ListUpload upload) {
    jdbc.update(
        "insert into list_upload (id, list_id, file_name, total_bytes, status, mode, plan, position, created_rows,"
            + " updated_rows, migrated_rows, skipped_rows, failed_rows, bytes_read, created_at, created_by)"
            + " values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, ?, ?)",
        upload.id(),
        upload.list(),
        upload.fileName(),
        upload.totalBytes(),
        key(upload.status()),
        key(upload.mode()),
        write(upload.plan()),
        Utc.column(upload.createdAt()),
        upload.createdBy());
  }

  Optional<ListUpload> find(long id) {
    return jdbc.query("select * from list_upload where id = ?", this::read, id).stream()
        .findFirst();
  }

  List<ListUpload> page(long list, long before, int limit) {
    return jdbc.query(
        "select * from list_upload where list_id = ? and id < ? order by id desc limit ?",
        this::read,
        list,
        before,
        limit);
  }

  /** Those of some uploads that are to be written, oldest first. */
  List<Long> running(Collection<Long> ids) {
    List<Long> running = new ArrayList<>();
    Sql.pieces(
        ids,
        piece ->
            running.addAll(
                jdbc.queryForList(
                    "select distinct id from list_upload where status = 'running' and id in ("
                        + Sql.marks(piece.size())
                        + ")",
                    Long.class,
                    piece.toArray())));
    return running.stream().sorted().toList();
  }

  /** Starts one that waits; returns whether it did. */
  boolean start(long id, UploadPlan plan) {
    return jdbc.update(
            "update list_upload set status = 'running', plan = ? where id = ? and status = 'prepared'",
            write(plan),
            id)
        == 1;
  }

  /** Ends one that is open; returns whether it did. */
  boolean end(long id, Status status, @Nullable String problem) {
    return jdbc.update(
            "update list_upload set status = ?, problem = ?, ended_at = ? where id = ?"
                + " and status in ('prepared', 'running')",
            key(status),
            problem == null || problem.length() <= 2_000 ? problem : problem.substring(0, 2_000),
            Utc.column(clock.instant()),
            id)
        == 1;
  }

  /**
   * Goes on from the row that was handled last, which is the proof that nobody else has gone on.
   *
   * @return false when somebody has, or it is not running any more
   */
  boolean advance(ListUpload upload, long position, Counts more, long bytes) {
    return jdbc.update(
            "update list_upload set position = ?, created_rows = created_rows + ?, updated_rows = updated_rows + ?,"
                + " migrated_rows = migrated_rows + ?, skipped_rows = skipped_rows + ?, failed_rows = failed_rows + ?,"
                + " bytes_read = ? where id = ? and position = ? and status = 'running'",
            position,
            more.created(),
            more.updated(),
            more.migrated(),
            more.skipped(),
            more.failed(),
            bytes,
            upload.id(),
            upload.position())
        == 1;
  }

  void remark(long upload, List<Outcome> outcomes) {
    List<Object[]> rows = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      int place = 0;
      for (Violation remark : outcome.remarks()) {
        if (place < MOST_REMARKS) {
          rows.add(
              new Object[] {
                upload,
                outcome.row(),
                place++,
                key(outcome.kind()),
                cut(remark.field(), 250),
                cut(remark.value(), 250),
                cut(remark.expectation(), 2_000)
              });
        }
      }
    }
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(
          "insert into list_upload_remark (upload_id, row_no, place, outcome, column_name, given, reason)"
              + " values (?, ?, ?, ?, ?, ?, ?)",
          rows);
    }
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private record Remark(
      long row, int place, String outcome, String column, @Nullable String given, String reason) {}

  /**
   * Writes the rows that failed or were skipped, and what else there is to say, a page at a time.
   *
   * @param hidden the names of columns that are left out
   */
  void write(long upload, Set<String> hidden, Writer out) throws IOException {
    out.write('\uFEFF');
    CsvWriter csv = new CsvWriter(out);
    csv.row("row", "outcome", "column", "value", "reason");
    long row = 0;
    int place = -1;
    List<Remark> page;
    do {
      page =
          jdbc.query(
              "select row_no, place, outcome, column_name, given, reason from list_upload_remark"
                  + " where upload_id = ? and (row_no > ? or (row_no = ? and place > ?))"
                  + " order by row_no, place limit "
                  + PAGE,
              (found, n) ->
                  new Remark(
                      found.getLong(1),
                      found.getInt(2),
                      found.getString(3),
                      found.getString(4),
                      found.getString(5),
                      found.getString(6)),
              upload,
              row,
              row,
              place);
      for (Remark remark : page) {
        row = remark.row();
        place = remark.place();
        if (hidden.contains(remark.column())) {
          continue;
        }
        csv.row(
            Long.toString(row),
            remark.outcome(),
            remark.column(),
            Objects.requireNonNullElse(remark.given(), ""),
            "Expected: " + remark.reason());
      }
    } while (page.size() == PAGE);
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private ListUpload read(ResultSet row, int number) throws SQLException {
    return new ListUpload(
        row.getLong("id"),
        row.getLong("list_id"),
        row.getString("file_name"),
        row.getLong("total_bytes"),
        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        DuplicateMode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
        plan(row.getString("plan")),
        row.getString("problem"),
        row.getLong("position"),
        new Counts(
            row.getLong("created_rows"),
            row.getLong("updated_rows"),
            row.getLong("migrated_rows"),
            row.getLong("skipped_rows"),
            row.getLong("failed_rows")),
        row.getLong("bytes_read"),
        Objects.requireNonNull(Utc.moment(row.getObject("created_at", LocalDateTime.class))),
        row.getObject("created_by", Long.class),
        Utc.moment(row.getObject("ended_at", LocalDateTime.class)));
  }

  private static String write(UploadPlan plan) {
    try {
      return JSON.writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the plan of an upload", e);
    }
  }

  private static UploadPlan plan(String json) {
    try {
      return JSON.readValue(json, UploadPlan.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the plan of an upload", e);
    }
  }
}
