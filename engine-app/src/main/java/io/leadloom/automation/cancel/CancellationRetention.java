package io.leadloom.automation.cancel;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.platform.JobStatus;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes jobs of cancelling runs that ended long ago; there are few of them. */
final class CancellationRetention {

  private static final Logger LOG = LoggerFactory.getLogger(CancellationRetention.class);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Duration keep;
  private final Clock clock;

  CancellationRetention(
      JdbcTemplate jdbc, TransactionTemplate transaction, Duration keep, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.keep = keep;
    this.clock = clock;
  }

  /** Returns how many jobs were deleted. */
  int run() {
    Integer deleted =
        transaction.execute(
            status ->
                jdbc.update(
                    "delete from run_cancellation where status in (?, ?) and ended_at < ?",
                    JobStatus.DONE.code(),
                    JobStatus.CANCELLED.code(),
                    Utc.column(clock.instant().minus(keep))));
    if (deleted != null && deleted > 0) {
      LOG.info("Deleted {} jobs of cancelling runs that ended more than {} ago", deleted, keep);
    }
    return deleted == null ? 0 : deleted;
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    CancellationRetention cancellationRetention(
        JdbcTemplate jdbc,
        PlatformTransactionManager transactions,
        @Value("${leadloom.run-cancellations.keep:90d}") Duration keep,
        Clock clock) {
      return new CancellationRetention(jdbc, new TransactionTemplate(transactions), keep, clock);
    }

    @Bean
    RecurringTask<Void> cancellationRetentionTask(CancellationRetention retention) {
      return Tasks.recurring("run-cancellation-retention", FixedDelay.of(Duration.ofDays(1)))
          .execute((instance, context) -> retention.run());
    }
  }
}
