package io.leadloom.platform;

import java.sql.Connection;
import java.sql.SQLException;

/** The databases Leadloom runs on. */
public enum Database {
  H2,
  MYSQL;

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
