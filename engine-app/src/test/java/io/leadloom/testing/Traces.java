package io.leadloom.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Where a text stands in the database. */
public final class Traces {

  private Traces() {}

  /** The names of the columns in which it stands, of all that can hold text. */
  public static List<String> of(String text, JdbcTemplate jdbc, TransactionTemplate transactions) {
    List<String> traces = new ArrayList<>();
    transactions.executeWithoutResult(
        status ->
            jdbc.query(
                "select table_name, column_name from information_schema.columns where table_schema = schema()"
                    + " and (data_type like '%char%' or data_type like '%CHAR%' or data_type like '%text'"
                    + " or data_type like '%CHARACTER LARGE OBJECT%')",
                row -> {
                  String table = row.getString(1);
                  String column = row.getString(2);
                  Long found =
                      jdbc.queryForObject(
                          "select count(*) from `" + table + "` where `" + column + "` like ?",
                          Long.class,
                          "%" + text + "%");
                  if (found != null && found > 0) {
                    traces.add((table + "." + column).toLowerCase(Locale.ROOT));
                  }
                }));
    return traces;
  }
}
