package io.leadloom.scoring.site;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/**
 * Forgets browsers that nobody is known to have used, with the pages they looked at, a long time after their last visit
 * (LEAD-156). Those of leads stay until the lead is erased.
 */
public final class VisitorRetention {

  private static final Logger LOG = LoggerFactory.getLogger(VisitorRetention.class);

  /** So many browsers go with one transaction. */
  private static final int PIECE = 500;

  /** So many go with one run at the most; the next day has the rest. */
  private static final int MOST = 1_000_000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Duration keep;
  private final Clock clock;

  VisitorRetention(JdbcTemplate jdbc, TransactionTemplate transaction, Duration keep, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.keep = keep;
    this.clock = clock;
  }

  /** Returns how many browsers were forgotten. */
  public long run() {
    Instant before = clock.instant().minus(keep);
    long forgotten = 0;
    int gone;
    do {
      gone = step(before);
      forgotten += gone;
    } while (gone > 0 && forgotten < MOST);
    if (forgotten > 0) {
      LOG.info("Forgot {} unknown browsers that were last seen more than {} ago", forgotten, keep);
    }
    return forgotten;
  }

  /** One that becomes known, or looks at a page, at this very moment stays. */
  private int step(Instant before) {
    Integer gone =
        transaction.execute(
            status -> {
              List<Long> old =
                  jdbc.queryForList(
                      "select id from score_visitor where lead_id is null and last_at < ?"
                          + " order by last_at, id limit "
                          + PIECE,
                      Long.class,
                      Utc.column(before));
              return old.isEmpty()
                  ? 0
                  : jdbc.update(
                      "delete from score_visitor where id in ("
                          + Ids.listed(old)
                          + ") and lead_id is null and last_at < ?",
                      Utc.column(before));
            });
    return Objects.requireNonNullElse(gone, 0);
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    VisitorRetention visitorRetention(
        JdbcTemplate jdbc,
        PlatformTransactionManager transactions,
        @Value("${leadloom.website-visitors.keep-unknown:180d}") Duration keep,
        Clock clock) {
      return new VisitorRetention(jdbc, new TransactionTemplate(transactions), keep, clock);
    }

    @Bean
    RecurringTask<Void> visitorRetentionTask(VisitorRetention retention) {
      return Tasks.recurring("website-visitor-retention", FixedDelay.of(Duration.ofDays(1)))
          .execute((instance, context) -> retention.run());
    }
  }
}
