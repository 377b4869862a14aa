package io.leadloom.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counters of the MySQL server. */
final class MysqlCounters {

  private MysqlCounters() {}

  /**
   * Statements that the connections which are open to the application's schema have sent; other schemas of the server do not
   * count.
   */
  static long statements(Settings settings) {
    try (Connection connection =
            DriverManager.getConnection(
                settings.mysqlUrl(), settings.mysqlUser(), settings.mysqlPassword());
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select coalesce(sum(e.count_star), 0)"
                    + " from performance_schema.events_statements_summary_by_thread_by_event_name e"
                    + " join performance_schema.threads t on t.thread_id = e.thread_id"
                    + " where t.processlist_db = database() and t.processlist_id <> connection_id()"
                    + " and e.event_name like 'statement/sql/%'")) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
