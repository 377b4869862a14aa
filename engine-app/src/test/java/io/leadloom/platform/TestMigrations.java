package io.leadloom.platform;

import io.leadloom.testing.TestSchemas;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Migrates a test's database as the application does, without a Spring context. */
public final class TestMigrations {

  private TestMigrations() {}

  public static void migrate(DataSource pool) {
    TestSchemas.migrated(pool, () -> migrate(pool, "latest"));
  }

  /** Migrates up to a version, for example {@code 0406}, for tests of what a later one makes of existing rows. */
  public static void migrate(DataSource pool, String target) {
    FluentConfiguration configuration =
        Flyway.configure().dataSource(pool).outOfOrder(true).target(target);
    try (Connection connection = pool.getConnection()) {
      DatabaseConfiguration.fit(configuration, Database.of(connection));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    configuration.load().migrate();
  }
}
