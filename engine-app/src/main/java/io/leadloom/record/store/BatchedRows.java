package io.leadloom.record.store;

import io.leadloom.platform.Database;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes many rows at once. Inserts are JDBC batches, which the MySQL driver rewrites into one statement. Updates are a
 * batch on H2, where a statement costs no round trip, and on MySQL one update joined with a table of the new values.
 */
final class BatchedRows {

  private static final int MOST = 1_000;
  private static final int MOST_JOINED = 500;

  private final JdbcTemplate jdbc;
  private final Database database;

  BatchedRows(JdbcTemplate jdbc, Database database) {
    this.jdbc = jdbc;
    this.database = database;
  }

  /** Binds the values of an item from an index on. */
  interface Binder<T> {

    /** Returns the index after the last one bound. */
    int bind(PreparedStatement statement, int index, T item) throws SQLException;
  }

  <T> void insert(String sql, List<T> items, Binder<T> binder) {
    batch(sql, items, binder);
  }

  /**
   * Updates one row per item.
   *
   * @param columns the columns to set
   * @param keys the columns that tell which row
   * @param binder binds the new values and then the keys
   * @return how many rows were found
   */
  <T> int update(
      String table, List<String> columns, List<String> keys, List<T> items, Binder<T> binder) {
    if (database == Database.MYSQL && items.size() > 1) {
      int found = 0;
      for (int from = 0; from < items.size(); from += MOST_JOINED) {
        found +=
            join(
                table,
                columns,
                keys,
                items.subList(from, Math.min(items.size(), from + MOST_JOINED)),
                binder);
      }
      return found;
    }
    String sql =
        "update "
            + table
            + " set "
            + String.join(" = ?, ", columns)
            + " = ? where "
            + String.join(" = ? and ", keys)
            + " = ?";
    return batch(sql, items, binder);
  }

  private <T> int join(
      String table, List<String> columns, List<String> keys, List<T> items, Binder<T> binder) {
    List<String> sets = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      sets.add("r." + column + " = v.new_" + column);
      names.add("new_" + column);
    }
    List<String> matches = new ArrayList<>();
    for (String key : keys) {
      matches.add("r." + key + " = v.key_" + key);
      names.add("key_" + key);
    }
    String row = "row(" + Sql.marks(names.size()) + ")";
    String sql =
        "update "
            + table
            + " r join (values "
            + (row + ", ").repeat(items.size() - 1)
            + row
            + ") as v ("
            + String.join(", ", names)
            + ") on "
            + String.join(" and ", matches)
            + " set "
            + String.join(", ", sets);
    return jdbc.update(
        sql,
        statement -> {
          int index = 1;
          for (T item : items) {
            index = binder.bind(statement, index, item);
          }
        });
  }

  private <T> int batch(String sql, List<T> items, Binder<T> binder) {
    int found = 0;
    for (int from = 0; from < items.size(); from += MOST) {
      List<T> part = items.subList(from, Math.min(items.size(), from + MOST));
      int[] counts =
          jdbc.batchUpdate(
              sql,
              new BatchPreparedStatementSetter() {
                @Override
                public void setValues(PreparedStatement statement, int i) throws SQLException {
                  binder.bind(statement, 1, part.get(i));
                }

                @Override
                public int getBatchSize() {
                  return part.size();
                }
              });
      for (int count : counts) {
        found += count == 0 ? 0 : 1;
      }
    }
    return found;
  }
}
