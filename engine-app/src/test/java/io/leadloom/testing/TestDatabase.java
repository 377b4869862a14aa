package io.leadloom.testing;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * An empty database for a test: H2 in memory, or a schema of the MySQL server that the environment names. Tests with
 * {@link LeadloomTest} have one already; take one directly to start several nodes on the same database.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String H2_OPTIONS =
      ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;IGNORECASE=TRUE;DB_CLOSE_DELAY=-1"
          + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000"
          + ";DEFAULT_TABLE_ENGINE=io.leadloom.platform.embedded.InPlaceTables";
  private static final String MYSQL_OPTIONS =
      "?rewriteBatchedStatements=true&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";

  private final String name;
  private final String url;
  private final String user;
  private final String password;
  private final String drop;
  private @Nullable Server server;

  private TestDatabase(String name, String url, String user, String password, String drop) {
    this.name = name;
    this.url = url;
    this.user = user;
    this.password = password;
    this.drop = drop;
  }

  /** Whether the environment names a MySQL server for the tests. */
  public static boolean onMySql() {
    return env("LEADLOOM_TEST_MYSQL_URL") != null;
  }

  /** What writes many rows at once, for tests without a Spring context. */
  public static BatchedRows batched(JdbcTemplate jdbc) {
    return new BatchedRows(jdbc, onMySql() ? Database.MYSQL : Database.H2);
  }

  /** Makes an empty database with a name of its own. */
  public static TestDatabase fresh() {
    String name = "leadloom_test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    String server = env("LEADLOOM_TEST_MYSQL_URL");
    if (server == null) {
      return new TestDatabase(name, "jdbc:h2:mem:" + name + H2_OPTIONS, "sa", "", "shutdown");
    }
    String user = envOr("LEADLOOM_TEST_MYSQL_USER", "leadloom");
    String password = envOr("LEADLOOM_TEST_MYSQL_PASSWORD", "");
    // The given URL may or may not name a schema and options: only the server counts.
    String root = server.replaceFirst("(jdbc:mysql://[^/?]+).*", "$1/");
    execute(
        root + MYSQL_OPTIONS,
        user,
        password,
        "create database " + name + " character set utf8mb4 collate utf8mb4_0900_as_ci");
    return new TestDatabase(
        name, root + name + MYSQL_OPTIONS, user, password, "drop database " + name);
  }

  /** A database of its own for nodes that a test starts; it may have the tables already ({@link TestSchemas}). */
  public static TestDatabase forNodes() {
    TestDatabase made = fresh();
    TestSchemas.migrated(new DriverManagerDataSource(made.url, made.user, made.password), () -> {});
    return made;
  }

  /** The name of the database. */
  String schema() {
    return name;
  }

  /** The JDBC URL. */
  public String url() {
    return url;
  }

  /** The Spring properties that lead an application to this database. */
  public Map<String, Object> properties() {
    return Map.of(
        "spring.datasource.url",
        url,
        "spring.datasource.username",
        user,
        "spring.datasource.password",
        password,
        // Many contexts stay open at a time, and a server has only so many connections.
        "spring.datasource.hikari.minimum-idle",
        2,
        "leadloom.search.directory",
        "memory");
  }

  /**
   * The Spring properties that lead an application in another process to this database. H2 in memory is served over TCP
   * from then on.
   */
  public synchronized Map<String, Object> propertiesForOthers() {
    if (onMySql()) {
      return properties();
    }
    try {
      if (server == null) {
        server = Server.createTcpServer("-tcpPort", "0").start();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The test database cannot be served", e);
    }
    Map<String, Object> properties = new HashMap<>(properties());
    String over = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:";
    properties.put("spring.datasource.url", url.replace("jdbc:h2:mem:", over));
    return properties;
  }

  /** Opens a connection of its own, outside any pool, in auto-commit mode. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Drops the database with all that is in it. */
  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop();
    }
    execute(url, user, password, drop);
  }

  private static void execute(String url, String user, String password, String sql) {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("Test database " + url + ": " + sql, e);
    }
  }

  private static String envOr(String name, String otherwise) {
    String value = env(name);
    return value == null ? otherwise : value;
  }

  private static @Nullable String env(String name) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? null : value;
  }
}
