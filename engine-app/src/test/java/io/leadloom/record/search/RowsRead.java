package io.leadloom.record.search;

import io.leadloom.platform.Database;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How many rows the database reads to answer a part of a search. */
final class RowsRead {

  private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  RowsRead(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  boolean h2() {
    return jdbc.execute((ConnectionCallback<Database>) Database::of) == Database.H2;
  }

  long read(SqlCondition part) {
    String select = "select r.id, r.name from leads r" + part.sql();
    Object[] arguments = part.arguments().toArray();
    if (h2()) {
      String plan =
          String.valueOf(jdbc.queryForObject("explain analyze " + select, String.class, arguments));
      Matcher scanned = SCANNED.matcher(plan);
      long rows = 0;
      while (scanned.find()) {
        rows += Long.parseLong(scanned.group(1));
      }
      return rows;
    }
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              long start = handled();
              long before = handled();
              jdbc.queryForList(select, arguments);
              return handled() - before - (before - start);
            }));
  }

  /** How many rows the present connection to MySQL has read. */
  private long handled() {
    return Objects.requireNonNull(
        jdbc.execute(
            (ConnectionCallback<Long>)
                connection -> {
                  try (Statement statement = connection.createStatement();
                      ResultSet rows =
                          statement.executeQuery("show session status like 'Handler_read%'")) {
                    long sum = 0;
                    while (rows.next()) {
                      sum += rows.getLong(2);
                    }
                    return sum;
                  }
                }));
  }
}
