package io.leadloom.record.merge;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Forgets how merges are taken back when it is too late for it. The old ids keep resolving. */
class MergeRetention {

  /** So many rows go with one transaction. */
  static final int PIECE = 5_000;

  private final JdbcTemplate jdbc;
  private final MergeRows rows;
  private final TransactionTemplate transaction;
  private final Clock clock;

  MergeRetention(JdbcTemplate jdbc, MergeRows rows, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.transaction = transaction;
    this.clock = clock;
  }

  void run() {
    List<Long> old =
        transaction.execute(
            status ->
                jdbc.queryForList(
                    "select id from record_merge where merged_at < ? and way_back is not null order by id",
                    Long.class,
                    Utc.column(clock.instant().minus(Unmerge.UNDO))));
    for (Long id : old == null ? List.<Long>of() : old) {
      while (Boolean.TRUE.equals(transaction.execute(status -> rows.forgetMoved(id, PIECE)))) {
        continue;
      }
      transaction.executeWithoutResult(
          status -> jdbc.update("update record_merge set way_back = null where id = ?", id));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    MergeRetention mergeRetention(
        JdbcTemplate jdbc, MergeRows rows, PlatformTransactionManager transactions, Clock clock) {
      return new MergeRetention(jdbc, rows, new TransactionTemplate(transactions), clock);
    }

    @Bean
    RecurringTask<Void> mergeRetentionTask(MergeRetention retention) {
      return Tasks.recurring("merge-retention", FixedDelay.of(Duration.ofDays(1)))
          .execute((instance, context) -> retention.run());
    }
  }
}
