package io.leadloom.journal.consume;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.log.JournalRows;
import io.leadloom.platform.RecordRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads batches for one consumer on one thread, splits failing ones and parks events that fail alone. */
final class ConsumerWorker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerWorker.class);

  private final JournalConsumer consumer;
  private final ClaimBoard board;
  private final PartitionEnds ends;
  private final JournalRows rows;
  private final Cursors cursors;
  private final ParkedRows parkedRows;
  private final ParkedQueue parkedQueue;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ConsumerWorker(
      JournalConsumer consumer,
      ClaimBoard board,
      PartitionEnds ends,
      JournalStore store,
      Clock clock) {
    this.consumer = consumer;
    this.board = board;
    this.ends = ends;
    this.rows = store.rows();
    this.cursors = store.cursors();
    this.parkedRows = store.parked();
    this.transaction = store.transaction();
    this.parkedQueue = new ParkedQueue(consumer, store, clock);
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      boolean open = true;
      while (open) {
        open = turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false when the board is closed. */
  private boolean turn() throws InterruptedException {
    List<Claim> taken = List.of();
    try {
      taken = board.take();
      serve(taken);
      return !taken.isEmpty();
    } catch (OutOfMemoryError e) {
      // There was no room even for the line in the log. The thread must outlive that.
      return true;
    } finally {
      board.give(taken);
    }
  }

  private void serve(List<Claim> taken) {
    try {
      Instant now = clock.instant();
      for (Claim claim : taken) {
        Instant due = claim.parkedDue;
        if (due != null && !due.isAfter(now)) {
          parkedQueue.work(claim);
        }
      }
      readAndHandle(taken);
    } catch (Cursors.FencedException e) {
      LOG.info("{}; this node stops reading it", e.getMessage());
      taken.stream().filter(claim -> !cursors.holds(consumer.name(), claim)).forEach(board::lost);
    } catch (RuntimeException | Error e) {
      // Not the events' fault (those are parked below): the database is away or overloaded, or
      // memory
      // is short. Nothing is lost.
      Instant later = clock.instant().plus(Duration.ofSeconds(1));
      taken.forEach(claim -> claim.notBefore = later);
      LOG.warn(
          "Consumer '{}' cannot read the journal, tries again: {}", consumer.name(), e.toString());
    }
  }

  private void readAndHandle(List<Claim> taken) {
    List<JournalRows.Range> ranges = ranges(taken);
    if (ranges.isEmpty()) {
      return;
    }
    Map<Integer, Claim> claims = new HashMap<>();
    taken.forEach(claim -> claims.put(claim.partition, claim));
    Map<Claim, Long> ends = new LinkedHashMap<>();
    for (JournalRows.Range range : ranges) {
      ends.put(Objects.requireNonNull(claims.get(range.partition())), range.to());
    }
    List<JournalEvent> events =
        Objects.requireNonNull(transaction.execute(status -> rows.read(ranges, consumer.wanted())));
    if (events.isEmpty()) {
      pass(ends);
    } else {
      handle(new Batch(events, claims, ends));
    }
  }

  /** Nothing there is wanted. */
  private void pass(Map<Claim, Long> ends) {
    transaction.executeWithoutResult(status -> cursors.move(consumer.name(), ends));
    ends.forEach((claim, position) -> claim.position = position);
  }

  /** Shares the batch size out among the partitions; what some do not need, the others get. */
  private List<JournalRows.Range> ranges(List<Claim> taken) {
    List<JournalRows.Range> ranges = new ArrayList<>();
    int left = consumer.batchSize();
    int partitionsLeft = taken.size();
    List<Claim> fewestFirst =
        taken.stream().sorted((a, b) -> Long.compare(unread(a), unread(b))).toList();
    for (Claim claim : fewestFirst) {
      long count = Math.min(unread(claim), Math.max(1, left / partitionsLeft--));
      if (count > 0 && left > 0) {
        ranges.add(
            new JournalRows.Range(claim.partition, claim.position + 1, claim.position + count));
        left -= (int) count;
      }
    }
    return ranges;
  }

  private long unread(Claim claim) {
    return ends.of(claim.partition) - claim.position;
  }

  private void handle(Batch batch) {
    for (int tries = 1; ; tries++) {
      try {
        attempt(batch);
        return;
      } catch (Cursors.FencedException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        Failure failure = Failure.of(e);
        if (failure == Failure.LATER) {
          throw e;
        }
        if (failure == Failure.EVENT || tries >= Failure.CONFLICT_TRIES) {
          isolate(batch, e);
          return;
        }
      }
    }
  }

  private void isolate(Batch batch, Throwable failure) {
    if (batch.events().size() > 1) {
      handle(batch.firstHalf());
      handle(batch.secondHalf());
      return;
    }
    JournalEvent event = batch.events().get(0);
    LOG.warn("Consumer '{}' failed on {}", consumer.name(), describe(event), failure);
    Claim claim = batch.claim(event);
    Instant now = clock.instant();
    Instant due = now.plus(ParkedQueue.backOff(1));
    transaction.executeWithoutResult(
        status -> {
          parkedRows.park(consumer.name(), List.of(event), 1, due, now, Failure.describe(failure));
          cursors.move(consumer.name(), batch.positions());
        });
    batch.positions().forEach((moved, position) -> moved.position = position);
    claim.parked = true;
    Instant earlier = claim.parkedDue;
    claim.parkedDue = earlier == null || due.isBefore(earlier) ? due : earlier;
  }

  private void attempt(Batch batch) {
    Set<RecordRef> suspects = batch.perhapsBlocked();
    Map<Claim, Long> positions = batch.positions();
    transaction.executeWithoutResult(
        status -> {
          Set<RecordRef> blocked =
              suspects.isEmpty() ? Set.of() : parkedRows.blocked(consumer.name(), suspects);
          List<JournalEvent> free = batch.events();
          List<JournalEvent> queued = List.of();
          if (!blocked.isEmpty()) {
            free = free.stream().filter(event -> !blocked.contains(event.entry().root())).toList();
            queued =
                batch.events().stream()
                    .filter(event -> blocked.contains(event.entry().root()))
                    .toList();
          }
          if (!free.isEmpty()) {
            consumer.handle(free);
          }
          // Locks of records come before those of events, as with who erases records.
          parkedRows.park(consumer.name(), queued, 0, null, clock.instant(), null);
          cursors.move(consumer.name(), positions);
        });
    positions.forEach((claim, position) -> claim.position = position);
  }

  static String describe(JournalEvent event) {
    return event.entry().kind()
        + " of "
        + event.entry().subject()
        + " ("
        + event.partition()
        + ":"
        + event.sequence()
        + ")";
  }
}
