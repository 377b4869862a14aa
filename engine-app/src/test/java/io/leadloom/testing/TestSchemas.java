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
 * seconds there, for each of more than a hundred schemas. Where an application starts, its Flyway compares the copy with
 * the migrations as it does with any database, and runs what is missing. H2 is migrated each time.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestSchemas {

  private static @Nullable String kept;

  @Bean
  FlywayMigrationStrategy copyOfTheFirst(DataSource schema) {
    return flyway -> {
      if (migrated(schema, flyway::migrate)) {
        flyway.migrate();
      }
    };
  }

  /** Migrates a schema, or gives an empty one what another got by that, and says that it did so. */
  public static synchronized boolean migrated(DataSource schema, Runnable migrations) {
    boolean fresh = TestDatabase.onMySql() && fresh(schema);
    String from = kept;
    if (fresh && from != null) {
      in(schema, jdbc -> copy(jdbc, from));
      return true;
    }
    migrations.run();
    if (fresh && !fresh(schema)) {
      keep(schema);
    }
    return false;
  }

  private static boolean fresh(DataSource schema) {
    Integer tables =
        new JdbcTemplate(schema)
            .queryForObject(
                "select count(*) from information_schema.tables where table_schema = database()",
                Integer.class);
    return Objects.equals(tables, 0);
  }

  /** Keeps a copy under a name of its own until the tests end. */
  private static void keep(DataSource schema) {
    TestDatabase copy = TestDatabase.fresh();
    Runtime.getRuntime().addShutdownHook(new Thread(copy::close));
    in(
        schema,
        jdbc -> {
          String migrated =
              Objects.requireNonNull(jdbc.queryForObject("select database()", String.class));
          jdbc.execute("use " + copy.schema());
          copy(jdbc, migrated);
          jdbc.execute("use " + migrated);
        });
    kept = copy.schema();
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
}
