package io.leadloom.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;

/** The databases Leadloom runs on. */
public enum Database {
  H2,
  MYSQL;

  /**
   * What follows {@code from} for the rows {@code k} that have one value in one column and one of so many numbers in another,
   * both of one index. H2 goes through all rows with the one value for a list beside it, but looks up what it joins; a number
   * given twice may yield its rows twice there.
   *
   * @param same the condition on the one column, such as {@code k.rule_id = 7}
   * @param among the other column, for which so many numbers are to be bound
   */
  public String rowsAmong(String table, String same, String among, int count) {
    return this == H2
        ? "(values "
            + String.join(", ", Collections.nCopies(count, "(cast(? as bigint))"))
            + ") as wanted (one) join "
            + table
            + " k on "
            + same
            + " and "
            + among
            + " = wanted.one"
        : table
            + " k where "
            + same
            + " and "
            + among
            + " in ("
            + String.join(", ", Collections.nCopies(count, "?"))
            + ")";
  }

  /** Tells from an open connection; refuses what Leadloom has not been proven on. */
  public static Database of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "MySQL" -> MYSQL;
      default ->
          throw new IllegalStateException("Leadloom runs on H2 and MySQL, not on " + product);
    };
  }
}
