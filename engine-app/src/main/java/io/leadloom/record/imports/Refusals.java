package io.leadloom.record.imports;

import io.leadloom.platform.Violation;
import io.leadloom.platform.csv.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The refused rows of imports: row by row in their table, and as a CSV file for people. */
@Component
class Refusals {

  private static final int MOST_PER_ROW = 20;
  private static final int PAGE = 1_000;
  private static final int PIECE = 5_000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  Refusals(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Why one row was refused, the columns by their headers. */
  record Refused(long row, List<Violation> violations) {}

  private record Entry(long row, int place, String column, @Nullable String given, String reason) {}

  void insert(long importId, List<Refused> refused) {
    List<Object[]> rows = new ArrayList<>();
    for (Refused one : refused) {
      int place = 0;
      for (Violation violation : one.violations()) {
        if (place < MOST_PER_ROW) {
          rows.add(
              new Object[] {
                importId,
                one.row(),
                place++,
                cut(violation.field(), 250),
                cut(violation.value(), 250),
                cut(violation.expectation(), 2_000)
              });
        }
      }
    }
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(
          "insert into import_refusal (import_id, row_no, place, column_name, given, reason) values (?, ?, ?, ?, ?, ?)",
          rows);
    }
  }

  /** Forgets those of an import, a piece at a time. */
  void clear(long importId) {
    Integer deleted;
    do {
      deleted =
          transaction.execute(
              tx ->
                  jdbc.update(
                      "delete from import_refusal where import_id = ? limit " + PIECE, importId));
    } while (deleted != null && deleted == PIECE);
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /**
   * Writes row, column, value and reason of all refusals of an import, a page at a time.
   *
   * @param hidden the headers of columns that are left out
   */
  void write(long importId, Set<String> hidden, Writer out) throws IOException {
    out.write('\uFEFF');
    CsvWriter csv = new CsvWriter(out);
    csv.row("row", "column", "value", "reason");
    long row = 0;
    int place = -1;
    List<Entry> page;
    do {
      page =
          jdbc.query(
              "select row_no, place, column_name, given, reason from import_refusal where import_id = ?"
                  + " and (row_no > ? or (row_no = ? and place > ?)) order by row_no, place limit "
                  + PAGE,
              (found, n) ->
                  new Entry(
                      found.getLong(1),
                      found.getInt(2),
                      found.getString(3),
                      found.getString(4),
                      found.getString(5)),
              importId,
              row,
              row,
              place);
      for (Entry entry : page) {
        row = entry.row();
        place = entry.place();
        if (hidden.contains(entry.column())) {
          continue;
        }
        csv.row(
            Long.toString(entry.row()),
            entry.column(),
            Objects.requireNonNullElse(entry.given(), ""),
            "Expected: " + entry.reason());
      }
    } while (page.size() == PAGE);
  }
}
