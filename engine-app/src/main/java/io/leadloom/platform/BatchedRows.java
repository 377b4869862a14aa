package io.leadloom.platform;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes many rows at once. On H2, where a statement costs no round trip, that is a JDBC batch. On MySQL it is one
 * statement for many rows: an insert of several rows, an update joined with a table of the new values. Such statements
 * come in few sizes, so that driver and server know them already.
 */
@Component
public final class BatchedRows {

  /** How many rows one MySQL statement has: the largest that fits comes first. */
  private static final int[] SIZES = {256, 64, 16, 8, 4, 2, 1};

  private static final int MOST = 1_000;

  private static final UnaryOperator<String> SET = name -> name + " = ?";

  /** The most characters of one MySQL statement: a server takes 64 MB by default, up to four bytes a character. */
  private static final long MOST_CHARACTERS = 8_000_000;

  private final JdbcTemplate jdbc;
  private final Database database;

  public BatchedRows(JdbcTemplate jdbc, Database database) {
    this.jdbc = jdbc;
    this.database = database;
  }

  /** Binds the values of an item from an index on. */
  @FunctionalInterface
  public interface Binder<T> {

    /** Returns the index after the last one bound. */
    int bind(PreparedStatement statement, int index, T item) throws SQLException;
  }

  /**
   * What is to be written.
   *
   * @param items one for each row
   * @param characters about how many characters a row has, where that may be many
   * @param binder binds the values of a row, in the order of the columns
   */
  public record Rows<T>(List<T> items, ToLongFunction<T> characters, Binder<T> binder) {

    public Rows(Collection<T> items, Binder<T> binder) {
      this(List.copyOf(items), item -> 0, binder);
    }
  }

  public <T> void insert(String table, List<String> columns, Rows<T> rows) {
    insert(table, columns, rows, "");
  }

  /**
   * Inserts rows.
   *
   * @param otherwise what follows the values: what to do with a row that is there already
   */
  private <T> void insert(String table, List<String> columns, Rows<T> rows, String otherwise) {
    String into = "insert into " + table + " (" + String.join(", ", columns) + ") values ";
    String row = "(" + marks(columns.size()) + ")";
    if (rows.items().isEmpty()) {
      return;
    }
    if (database == Database.H2) {
      batch(into + row + otherwise, rows.items(), rows.binder());
      return;
    }
    for (List<T> piece : pieces(rows)) {
      write(into + repeated(row, piece.size()) + otherwise, piece, rows.binder());
    }
  }

  /**
   * Updates one row per item. The rows bind the new values and then the keys.
   *
   * @param columns the columns to set
   * @param keys the columns that tell which row
   * @return how many rows were found
   */
  public <T> int update(String table, List<String> columns, List<String> keys, Rows<T> rows) {
    if (database == Database.H2) {
      List<T> missing = batch(updating(table, columns, keys, SET), rows.items(), rows.binder());
      return rows.items().size() - missing.size();
    }
    int found = 0;
    for (List<T> piece : pieces(rows)) {
      found += write(joined(table, columns, keys, piece.size()), piece, rows.binder());
    }
    return found;
  }

  /**
   * Sets columns of rows that are there and inserts those that are not. The rows bind the values and then the keys.
   *
   * @param keys the columns of the primary key
   */
  public <T> void put(String table, List<String> columns, List<String> keys, Rows<T> rows) {
    merge(table, columns, keys, rows, name -> name + " = values(" + name + ")", SET);
  }

  /**
   * Adds numbers to columns; rows that are not there yet start with them. The rows bind the numbers and then the keys.
   *
   * @param keys the columns of the primary key
   */
  public <T> void add(String table, List<String> columns, List<String> keys, Rows<T> rows) {
    merge(
        table,
        columns,
        keys,
        rows,
        name -> name + " = " + name + " + values(" + name + ")",
        name -> name + " = " + name + " + ?");
  }

  /**
   * H2 answers a key that is there with an exception of its own, which costs more than all the rest: there the update comes
   * first.
   */
  private <T> void merge(
      String table,
      List<String> columns,
      List<String> keys,
      Rows<T> rows,
      UnaryOperator<String> onDuplicate,
      UnaryOperator<String> onUpdate) {
    List<String> all = new ArrayList<>(columns);
    all.addAll(keys);
    String otherwise =
        " on duplicate key update " + String.join(", ", columns.stream().map(onDuplicate).toList());
    List<T> missing =
        database == Database.MYSQL
            ? rows.items()
            : batch(updating(table, columns, keys, onUpdate), rows.items(), rows.binder());
    insert(table, all, new Rows<>(missing, rows.characters(), rows.binder()), otherwise);
  }

  private static String updating(
      String table, List<String> columns, List<String> keys, UnaryOperator<String> onUpdate) {
    return "update "
        + table
        + " set "
        + String.join(", ", columns.stream().map(onUpdate).toList())
        + " where "
        + String.join(" = ? and ", keys)
        + " = ?";
  }

  /** Deletes the rows that have one of these numbers in a column. */
  public void delete(String table, String column, Collection<Long> numbers) {
    String from = "delete from " + table + " where " + column;
    Rows<Long> rows = new Rows<>(numbers, BatchedRows::number);
    if (database == Database.H2) {
      batch(from + " = ?", rows.items(), BatchedRows::number);
      return;
    }
    for (List<Long> piece : pieces(rows)) {
      write(from + " in (" + marks(piece.size()) + ")", piece, BatchedRows::number);
    }
  }

  private static int number(PreparedStatement statement, int index, Long number)
      throws SQLException {
    statement.setLong(index, number);
    return index + 1;
  }

  private static String joined(String table, List<String> columns, List<String> keys, int rows) {
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
    return "update "
        + table
        + " r join (values "
        + repeated("row(" + marks(names.size()) + ")", rows)
        + ") as v ("
        + String.join(", ", names)
        + ") on "
        + String.join(" and ", matches)
        + " set "
        + String.join(", ", sets);
  }

  private static String marks(int count) {
    return "?, ".repeat(count - 1) + "?";
  }

  private static String repeated(String row, int times) {
    return (row + ", ").repeat(times - 1) + row;
  }

  private static <T> List<List<T>> pieces(Rows<T> rows) {
    List<T> items = rows.items();
    List<List<T>> pieces = new ArrayList<>();
    int from = 0;
    while (from < items.size()) {
      long characters = 0;
      int fitting = 0;
      while (fitting < SIZES[0] && from + fitting < items.size()) {
        characters += rows.characters().applyAsLong(items.get(from + fitting));
        if (characters > MOST_CHARACTERS && fitting > 0) {
          break;
        }
        fitting++;
      }
      for (int size : SIZES) {
        if (size <= fitting) {
          pieces.add(items.subList(from, from + size));
          from += size;
          break;
        }
      }
    }
    return pieces;
  }

  private <T> int write(String sql, List<T> items, Binder<T> binder) {
    return jdbc.update(
        sql,
        statement -> {
          int index = 1;
          for (T item : items) {
            index = binder.bind(statement, index, item);
          }
        });
  }

  /** Returns the items for which the statement found no row. */
  private <T> List<T> batch(String sql, List<T> items, Binder<T> binder) {
    List<T> missing = new ArrayList<>();
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
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] == 0) {
          missing.add(part.get(i));
        }
      }
    }
    return missing;
  }
}
