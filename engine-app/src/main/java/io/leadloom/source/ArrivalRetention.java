package io.leadloom.source;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.platform.EntityType;
import io.leadloom.record.Records;
import io.leadloom.record.RecordsErased;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets what has come in: some months later; what leads were made of when these are erased; and what no lead was made of
 * when it brings somebody who is erased (LEAD-112, ENG-222).
 */
@Component
class ArrivalRetention {

  private static final int PIECE = 500;
  private static final int MOST_PIECES = 2_000;

  private final ArrivalRows rows;
  private final Ways ways;
  private final Records records;
  private final TransactionTemplate transaction;
  private final Duration keep;
  private final Clock clock;

  ArrivalRetention(
      ArrivalRows rows,
      Ways ways,
      Records records,
      TransactionTemplate transaction,
      @Value("${leadloom.lead-sources.keep:90d}") Duration keep,
      Clock clock) {
    this.rows = rows;
    this.ways = ways;
    this.records = records;
    this.transaction = transaction;
    this.keep = keep;
    this.clock = clock;
  }

  void run() {
    Instant before = clock.instant().minus(keep);
    for (int piece = 0; piece < MOST_PIECES; piece++) {
      int gone =
          Objects.requireNonNullElse(transaction.execute(status -> rows.forget(before, PIECE)), 0);
      if (gone == 0) {
        return;
      }
    }
  }

  /** What came in before people were looked for is made findable, once. */
  void findable() {
    for (int piece = 0; piece < MOST_PIECES; piece++) {
      int some = Objects.requireNonNullElse(transaction.execute(status -> rows.findable(PIECE)), 0);
      if (some < PIECE) {
        return;
      }
    }
  }

  @EventListener
  void erased(RecordsErased erased) {
    if (erased.ids().isEmpty()) {
      return;
    }
    if (erased.type() == EntityType.LEAD) {
      rows.erased(erased.ids());
    }
    if (erased.type() == EntityType.LEAD || erased.type() == EntityType.CONTACT) {
      // They are still there: this is told before they go.
      rows.erasedPeople(ways.of(erased.type(), records.find(erased.type(), erased.ids())));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    RecurringTask<Void> leadArrivalRetentionTask(ArrivalRetention retention) {
      return Tasks.recurring("lead-arrival-retention", FixedDelay.of(Duration.ofDays(1)))
          .execute(
              (instance, context) -> {
                retention.findable();
                retention.run();
              });
    }
  }
}
