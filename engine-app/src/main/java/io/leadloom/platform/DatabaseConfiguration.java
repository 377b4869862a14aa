package io.leadloom.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes one set of migrations fit H2 and MySQL. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  /** Which database this is; rooms with hot paths choose their statements by it. */
  @Bean
  Database database(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Database.of(connection);
    }
  }

  /** MySQL answers a commit when it is on disk. */
  @Bean
  Durability durability(Database database, DataSource dataSource) {
    return database == Database.H2 ? new SharedCheckpoints(dataSource) : () -> {};
  }

  /**
   * Gives migrations the placeholder {@code ${document}}, the type of long texts that are read with their row: on H2 a
   * varchar, because a longtext there is a large object that costs a second look-up.
   */
  @Bean
  FlywayConfigurationCustomizer migrationsForBothDatabases(Database database) {
    return configuration -> fit(configuration, database);
  }

  /** What {@link #migrationsForBothDatabases} does, for tests that migrate without a Spring context. */
  static void fit(FluentConfiguration configuration, Database database) {
    boolean mysql = database == Database.MYSQL;
    Map<String, String> placeholders = new HashMap<>(configuration.getPlaceholders());
    placeholders.put("document", mysql ? "mediumtext" : "varchar(1048576)");
    configuration.placeholders(placeholders);
    if (mysql) {
      configuration.callbacks(new CompareWithoutLetterCase());
    }
  }

  /** New MySQL tables compare without letter case but with accents, as H2 does with IGNORECASE. */
  private static final class CompareWithoutLetterCase implements Callback {

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
      return true;
    }

    @Override
    public void handle(Event event, Context context) {
      try (Statement statement = context.getConnection().createStatement()) {
        statement.execute("alter database character set utf8mb4 collate utf8mb4_0900_as_ci");
      } catch (SQLException e) {
        throw new IllegalStateException("Cannot set the collation of the MySQL database", e);
      }
    }

    @Override
    public String getCallbackName() {
      return "compareWithoutLetterCase";
    }
  }
}
