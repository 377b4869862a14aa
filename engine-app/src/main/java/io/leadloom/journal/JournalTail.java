package io.leadloom.journal;

import io.leadloom.platform.RecordRef;
import java.util.List;

/**
 * Reads the journal along on each node, for what every node keeps for itself. Unlike a {@link JournalConsumer} a reader
 * keeps its own positions, and no other node reads in its place.
 */
public interface JournalTail {

  /** What tells this journal from that of any other database that was not copied from this one. */
  String identity();

  /** The sequence of the last event that was committed in each partition; 0 where there is none. */
  long[] ends();

  /**
   * Tells the events at these positions from any others, for a reader to keep with its positions.
   *
   * @return for each partition what identifies its event; empty where there is none (any more)
   */
  List<String> marks(long[] positions);

  /**
   * Whether a journal of the same identity goes on from positions and marks that a reader has kept: not when it was set
   * back, or has lost events that the reader has not read. That the last event read is gone does no harm as long as
   * nothing came after it.
   */
  boolean goesOn(long[] positions, List<String> marks);

  /**
   * Which records have become other, or have other tags or lists, by partition and sequence.
   *
   * @param after the sequence in each partition after which is read
   * @param until the last sequence in each partition that is read; the caller bounds how many that are
   */
  List<Touch> touched(long[] after, long[] until);

  /** Where an event stands, and to what it happened. */
  record Touch(int partition, long sequence, RecordRef subject) {}
}
