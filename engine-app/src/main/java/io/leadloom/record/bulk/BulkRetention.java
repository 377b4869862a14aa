package io.leadloom.record.bulk;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Forgets what an undo would need when it is too late for one, and in the end the bulk actions themselves. */
final class BulkRetention {

  /** So many rows go with one transaction. */
  private static final int PIECE = 5_000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Duration keep;
  private final Clock clock;

  BulkRetention(JdbcTemplate jdbc, TransactionTemplate transaction, Duration keep, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.keep = keep;
    this.clock = clock;
  }

  void run() {
    for (Long id : endedBefore(BulkActions.UNDO)) {
      empty("bulk_undo", id);
    }
    for (Long id : endedBefore(keep)) {
      empty("bulk_undo", id);
      // Before the failures: whoever is no failure would count among those that succeeded.
      empty("bulk_chunk", id);
      empty("bulk_failure", id);
      transaction.executeWithoutResult(
          status -> jdbc.update("delete from bulk_action where id = ?", id));
    }
  }

  private List<Long> endedBefore(Duration age) {
    List<Long> ids =
        transaction.execute(
            status ->
                jdbc.queryForList(
                    "select id from bulk_action where status in (3, 4) and ended_at < ? order by id",
                    Long.class,
                    Utc.column(clock.instant().minus(age))));
    return ids == null ? List.of() : ids;
  }

  private void empty(String table, long id) {
    Integer deleted;
    do {
      deleted =
          transaction.execute(
              status ->
                  jdbc.update("delete from " + table + " where bulk_id = ? limit " + PIECE, id));
    } while (deleted != null && deleted == PIECE);
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    BulkRetention bulkRetention(
        JdbcTemplate jdbc,
        PlatformTransactionManager transactions,
        @Value("${leadloom.bulk.keep:365d}") Duration keep,
        Clock clock) {
      return new BulkRetention(jdbc, new TransactionTemplate(transactions), keep, clock);
    }

    @Bean
    RecurringTask<Void> bulkRetentionTask(BulkRetention retention) {
      return Tasks.recurring("bulk-action-retention", FixedDelay.of(Duration.ofDays(1)))
          .execute((instance, context) -> retention.run());
    }
  }
}
