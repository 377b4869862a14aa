package io.leadloom.automation.notice;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes notices that were read long ago, in small transactions; unread ones stay. */
final class NoticeRetention {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeRetention.class);
  private static final int BATCH = 1_000;

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final TransactionTemplate transaction;
  private final Duration keep;
  private final Clock clock;

  NoticeRetention(
      JdbcTemplate jdbc,
      BatchedRows batched,
      TransactionTemplate transaction,
      Duration keep,
      Clock clock) {
    this.jdbc = jdbc;
    this.batched = batched;
    this.transaction = transaction;
    this.keep = keep;
    this.clock = clock;
  }

  /** Returns how many notices were deleted. */
  long run() {
    LocalDateTime before = Objects.requireNonNull(Utc.column(clock.instant().minus(keep)));
    long deleted = 0;
    long last = 0;
    List<Long> some;
    do {
      some = read(last, before);
      if (!some.isEmpty()) {
        last = some.get(some.size() - 1);
        delete(some);
        deleted += some.size();
      }
    } while (some.size() == BATCH);
    if (deleted > 0) {
      LOG.info("Deleted {} notices that were read before {}", deleted, before);
    }
    return deleted;
  }

  /** In the order of ids, so that a batch goes on where the one before it stopped. */
  private List<Long> read(long after, LocalDateTime before) {
    List<Long> ids =
        transaction.execute(
            status ->
                jdbc.queryForList(
                    "select id from notice where id > ? and unread = false and read_at < ? order by id limit "
                        + BATCH,
                    Long.class,
                    after,
                    before));
    return ids == null ? List.of() : ids;
  }

  private void delete(List<Long> ids) {
    transaction.executeWithoutResult(status -> batched.delete("notice", "id", ids));
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    NoticeRetention noticeRetention(
        JdbcTemplate jdbc,
        BatchedRows batched,
        PlatformTransactionManager transactions,
        @Value("${leadloom.notices.keep:90d}") Duration keep,
        Clock clock) {
      return new NoticeRetention(jdbc, batched, new TransactionTemplate(transactions), keep, clock);
    }

    @Bean
    RecurringTask<Void> noticeRetentionTask(NoticeRetention retention) {
      return Tasks.recurring("notice-retention", FixedDelay.of(Duration.ofDays(1)))
          .execute((instance, context) -> retention.run());
    }
  }
}
