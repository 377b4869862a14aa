package io.leadloom.platform;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Runs housekeeping (retention, sweeps, schedules) with db-scheduler: each task on one node at a time.
 *
 * <p>On MySQL the pool hands connections out without auto-commit; db-scheduler commits nothing itself, so it gets
 * connections that do.
 */
@Configuration(proxyBeanMethods = false)
class HousekeepingConfiguration {

  @Bean
  DbSchedulerCustomizer housekeepingConnections(DataSource pool) {
    return new DbSchedulerCustomizer() {
      @Override
      public Optional<DataSource> dataSource() {
        return Optional.of(new AutoCommitting(pool));
      }
    };
  }

  private static final class AutoCommitting extends DelegatingDataSource {

    AutoCommitting(DataSource pool) {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      // The pool resets this when the connection comes back.
      connection.setAutoCommit(true);
      return connection;
    }
  }
}
