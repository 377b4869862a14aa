package io.leadloom.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counters of the MySQL server. */
final class MysqlCounters {

  private MysqlCounters() {}

  /** Statements received from all clients since the server started. */
  static long questions(Settings settings) {
    try (Connection connection =
            DriverManager.getConnection(
                settings.mysqlUrl(), settings.mysqlUser(), settings.mysqlPassword());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("show global status like 'Questions'")) {
      result.next();
      return result.getLong(2);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
