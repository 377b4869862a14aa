package io.leadloom.journal;

import io.leadloom.platform.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What administrators see of the journal's consumers and do about them. Holds for all nodes. */
public interface JournalConsumers {

  /** All consumers of this node, by name. */
  List<Status> all();

  Optional<Status> find(String name);

  /** Stops handing out events after the batches in work, on this node at once, on others within two seconds. */
  void pause(String name);

  void resume(String name);

  /**
   * Dead letters, oldest place first.
   *
   * @param consumer only those of this consumer; null for all
   * @param cursor the {@link Page#next()} of the page before
   * @param limit 1 to 200
   */
  Page<DeadLetter> deadLetters(@Nullable String consumer, @Nullable String cursor, int limit);

  /**
   * Hands a dead letter to its consumer again, with all its tries. Several dead letters of one record are handled in
   * their original order; newer events of the record wait behind them.
   */
  void replay(String deadLetter);

  /** Gives a dead letter up for good. */
  void discard(String deadLetter);

  /**
   * The state of one consumer.
   *
   * @param lag how many events it has not read yet
   * @param parked how many events wait for another try, or behind such an event of the same record
   * @param dead how many dead letters it has
   */
  record Status(
      String name,
      boolean paused,
      long lag,
      long parked,
      long dead,
      List<PartitionStatus> partitions) {
    public Status {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * How far a consumer is in one partition.
   *
   * @param position the sequence of the last event read
   * @param end the sequence of the last event written
   * @param node the node that reads it; null when none does
   */
  record PartitionStatus(int partition, long position, long end, @Nullable String node) {}

  /**
   * An event that its consumer has given up.
   *
   * @param id names it in {@link #replay} and {@link #discard}
   * @param error why the last try failed
   */
  record DeadLetter(
      String id,
      String consumer,
      int attempts,
      Instant parkedAt,
      String error,
      JournalEvent event) {}
}
