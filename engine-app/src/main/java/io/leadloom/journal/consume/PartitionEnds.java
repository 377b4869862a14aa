package io.leadloom.journal.consume;

import io.leadloom.journal.log.Places;
import java.util.concurrent.atomic.AtomicLongArray;

/** The last committed sequence of each partition, as far as this node knows. */
final class PartitionEnds {

  private final AtomicLongArray ends = new AtomicLongArray(Places.PARTITIONS);

  long of(int partition) {
    return ends.get(partition);
  }

  /** Notes a committed sequence; a smaller one than known changes nothing. Returns whether it was news. */
  boolean raise(int partition, long sequence) {
    return ends.getAndAccumulate(partition, sequence, Math::max) < sequence;
  }
}
