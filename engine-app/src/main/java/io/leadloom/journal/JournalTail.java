package io.leadloom.journal;

import io.leadloom.platform.RecordRef;
import java.util.List;
import java.util.Optional;

/**
 * Reads the journal along on each node, for what every node keeps for itself. Unlike a {@link JournalConsumer} a reader
 * keeps its own positions, and no other node reads in its place.
 */
public interface JournalTail {

  /** The sequence of the last event that was committed in each partition; 0 where there is none. */
  long[] ends();

  /**
   * Tells the events at these positions from any others, so that a reader that kept the answer with its positions sees
   * later whether this journal goes on from them: not when it is that of another database, was set back, or has lost
   * events that the reader has not read.
   *
   * @return empty when one of the events is not there any more, or all positions are 0
   */
  Optional<String> mark(long[] positions);

  /**
   * Which records events have happened to, by partition and sequence.
   *
   * @param after the sequence in each partition after which is read
   * @param until the last sequence in each partition that is read; the caller bounds how many that are
   */
  List<Touch> touched(long[] after, long[] until);

  /** Calls back after each commit of this node that added events, in the thread that committed; it must not wait. */
  void whenCommitted(Runnable listener);

  /** Where an event stands, what happened, and to what. */
  record Touch(int partition, long sequence, JournalKind kind, RecordRef subject) {}
}
