package io.leadloom.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Migrates the first schema that tests get on MySQL, and gives the others a copy of it: a hundred migrations take six
 * seconds there, for each of dozens of contexts. Flyway compares the copy with the migrations as it does with any
 * database. Nodes that tests start by themselves ({@link TestDatabase#fresh()}) are migrated in full, and so is H2.
 */
@TestConfiguration(proxyBeanMethods = false)
class TestSchemas {

  private static @Nullable String migrated;

  @Bean
  FlywayMigrationStrategy copyOfTheFirst(DataSource schema) {
    return flyway -> {
      synchronized (TestSchemas.class) {
        if (TestDatabase.onMySql() && migrated != null) {
          in(schema, jdbc -> copy(jdbc, migrated));
        }
        flyway.migrate();
        if (TestDatabase.onMySql() && migrated == null) {
          in(schema, TestSchemas::keep);
        }
      }
    };
  }

  private interface Work {
    void on(JdbcTemplate jdbc);
  }

  private static void in(DataSource schema, Work work) {
    try (Connection connection = schema.getConnection()) {
      work.on(new JdbcTemplate(new SingleConnectionDataSource(connection, true)));
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The schema cannot be copied", e);
    }
  }

  /** Keeps the schema as it is now under a name of its own until the tests end. */
  private static void keep(JdbcTemplate jdbc) {
    TestDatabase kept = TestDatabase.fresh();
    Runtime.getRuntime().addShutdownHook(new Thread(kept::close));
    String first = schema(jdbc);
    jdbc.execute("use " + kept.schema());
    copy(jdbc, first);
    jdbc.execute("use " + first);
    migrated = kept.schema();
  }

  /** Gives the schema in use the tables and rows of another. */
  private static void copy(JdbcTemplate jdbc, String from) {
    List<String> tables =
        jdbc.queryForList(
            "select table_name from information_schema.tables where table_schema = ?",
            String.class,
            from);
    jdbc.execute("set foreign_key_checks = 0");
    for (String table : tables) {
      String name = "`" + from + "`.`" + table + "`";
      String made = jdbc.queryForObject("show create table " + name, (row, n) -> row.getString(2));
      jdbc.execute(Objects.requireNonNull(made));
      jdbc.execute("insert into `" + table + "` select * from " + name);
    }
    jdbc.execute("set foreign_key_checks = 1");
  }

  private static String schema(JdbcTemplate jdbc) {
    return Objects.requireNonNull(jdbc.queryForObject("select database()", String.class));
  }
}
