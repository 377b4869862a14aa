package io.leadloom.journal.consume;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.platform.RecordRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries parked events again, in the order of their record, until they succeed or become dead letters. */
final class ParkedQueue {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedQueue.class);

  /** The waiting times after the first, second, ... failure; one more failure makes a dead letter. */
  private static final List<Duration> BACK_OFF =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          Duration.ofSeconds(16),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5));

  private final JournalConsumer consumer;
  private final ParkedRows rows;
  private final Cursors cursors;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ParkedQueue(JournalConsumer consumer, JournalStore store, Clock clock) {
    this.consumer = consumer;
    this.rows = store.parked();
    this.cursors = store.cursors();
    this.transaction = store.transaction();
    this.clock = clock;
  }

  static Duration backOff(int failures) {
    return BACK_OFF.get(failures - 1);
  }

  /** Works through what is due in a partition, and notes on the claim when to come again. */
  void work(Claim claim) {
    for (RecordRef root : rows.due(consumer.name(), claim.partition, clock.instant())) {
      drain(claim, root);
    }
    Map<Integer, @Nullable Instant> waiting = rows.waiting(consumer.name());
    claim.parked = waiting.containsKey(claim.partition);
    claim.parkedDue = waiting.get(claim.partition);
  }

  private void drain(Claim claim, RecordRef root) {
    boolean goOn = true;
    while (goOn) {
      Instant now = clock.instant();
      List<ParkedRows.Parked> queue =
          rows.queue(consumer.name(), root).stream()
              .takeWhile(parked -> parked.dueAt() == null || !parked.dueAt().isAfter(now))
              .toList();
      goOn = !queue.isEmpty() && handle(claim, queue);
    }
  }

  /** Returns whether the record's next events may follow. */
  private boolean handle(Claim claim, List<ParkedRows.Parked> events) {
    try {
      transaction.executeWithoutResult(
          status -> {
            consumer.handle(events.stream().map(ParkedRows.Parked::event).toList());
            if (!rows.remove(consumer.name(), events)) {
              throw new Cursors.FencedException(consumer.name());
            }
            rows.promote(consumer.name(), root(events), clock.instant());
            cursors.move(consumer.name(), Map.of(claim, claim.position));
          });
      return true;
    } catch (Cursors.FencedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (Failure.of(e) == Failure.LATER) {
        throw e;
      }
      if (events.size() > 1) {
        int half = events.size() / 2;
        return handle(claim, events.subList(0, half))
            && handle(claim, events.subList(half, events.size()));
      }
      return failed(claim, events.get(0), e);
    }
  }

  private boolean failed(Claim claim, ParkedRows.Parked parked, Throwable failure) {
    boolean dead = parked.attempts() >= BACK_OFF.size();
    String error = Failure.describe(failure);
    transaction.executeWithoutResult(
        status -> {
          Instant now = clock.instant();
          if (dead) {
            rows.bury(consumer.name(), parked, error);
            rows.promote(consumer.name(), root(List.of(parked)), now);
          } else {
            rows.retryLater(
                consumer.name(), parked, now.plus(backOff(parked.attempts() + 1)), error);
          }
          cursors.move(consumer.name(), Map.of(claim, claim.position));
        });
    if (dead) {
      LOG.error(
          "Consumer '{}' gave up {}: {}",
          consumer.name(),
          ConsumerWorker.describe(parked.event()),
          error);
    }
    return dead;
  }

  private static RecordRef root(List<ParkedRows.Parked> events) {
    return events.get(0).event().entry().root();
  }
}
