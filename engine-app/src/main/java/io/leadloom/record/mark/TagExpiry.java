package io.leadloom.record.mark;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes tags from their records for good when they can no longer be restored (SET-134). Nobody has seen them on records
 * since they were deleted, so it can take its time: a tag of a million records goes in slices of its own transactions.
 */
@Component
class TagExpiry {

  private static final Logger LOG = LoggerFactory.getLogger(TagExpiry.class);
  private static final int SLICE = 5_000;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  TagExpiry(JdbcTemplate jdbc, TransactionTemplate transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  private record Link(int entity, long recordId) {}

  /** Returns how many tags are gone. */
  int run() {
    List<Long> expired =
        transactions.execute(
            status ->
                jdbc.queryForList(
                    "select id from tag where deleted_at < ? order by id limit 1000",
                    Long.class,
                    Utc.column(clock.instant().minus(Tags.RESTORABLE))));
    if (expired == null || expired.isEmpty()) {
      return 0;
    }
    for (long tag : expired) {
      boolean more = true;
      while (more) {
        more = Boolean.TRUE.equals(transactions.execute(status -> slice(tag)));
      }
    }
    LOG.info("Removed {} tags that were deleted more than {} ago", expired.size(), Tags.RESTORABLE);
    return expired.size();
  }

  private boolean slice(long tag) {
    List<Long> still =
        jdbc.queryForList(
            "select id from tag where id = ? and deleted_at is not null for update",
            Long.class,
            tag);
    if (still.isEmpty()) {
      return false;
    }
    List<Link> links =
        jdbc.query(
            "select entity, record_id from record_tag where tag_id = ? order by entity, record_id limit ?",
            (row, n) -> new Link(row.getInt(1), row.getLong(2)),
            tag,
            SLICE);
    jdbc.batchUpdate(
        "delete from record_tag where record_id = ? and entity = ? and tag_id = ?",
        links,
        SLICE,
        (statement, link) -> {
          statement.setLong(1, link.recordId());
          statement.setInt(2, link.entity());
          statement.setLong(3, tag);
        });
    if (links.size() == SLICE) {
      return true;
    }
    jdbc.update("delete from tag_former_name where tag_id = ?", tag);
    jdbc.update("delete from tag where id = ?", tag);
    return false;
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    RecurringTask<Void> tagExpiryTask(TagExpiry expiry) {
      return Tasks.recurring("tag-expiry", FixedDelay.of(Duration.ofHours(6)))
          .execute((instance, context) -> expiry.run());
    }
  }
}
