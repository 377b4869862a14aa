package io.leadloom.journal;

import java.time.Duration;
import java.util.List;

/**
 * Reacts to the journal. Each consumer has a cursor per partition; a batch and the new cursors commit in one
 * transaction, so that every event has its effect in the database exactly once.
 */
public interface JournalConsumer {

  /** The permanent name, for example {@code automation}. */
  String name();

  /**
   * Handles events inside a running database transaction. Events of one root record are in order; the batch can span
   * several partitions. Throwing rolls the whole batch back; it is then split until the failing event stands alone.
   */
  void handle(List<JournalEvent> events);

  /** Whether it reads all the journal still holds when it first appears; otherwise only what happens from then on. */
  default boolean fromBeginning() {
    return false;
  }

  /** The most events that one transaction handles or passes by. */
  default int batchSize() {
    return 500;
  }

  /**
   * How long its workers rest after a batch unless hundreds of events wait, so that what comes meanwhile shares one
   * transaction. The first event after a quiet time waits for nothing.
   */
  default Duration rest() {
    return Duration.ofMillis(20);
  }

  /** Which events it wants; asked right before each batch is read. */
  default Wanted wanted() {
    return Wanted.EVERYTHING;
  }
}
