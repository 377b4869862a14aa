package io.leadloom.journal.consume;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A partition that this node reads for one consumer. The database accepts a batch only while the row still has the
 * claim's epoch. Guarded by the {@link ClaimBoard}, except for what only the worker that holds the claim touches.
 */
final class Claim {

  final int partition;
  final long epoch;
  volatile long position;

  /** A worker has it. */
  boolean busy;

  /** Another node shall have it. */
  boolean leaving;

  long lastServed;

  /** No work on it before this time: the database was not available. */
  Instant notBefore = Instant.MIN;

  /** Whether events of the partition may be parked, so that newer ones of their records have to queue. */
  volatile boolean parked;

  /** When the next parked event is due; null when none is. */
  volatile @Nullable Instant parkedDue;

  Claim(int partition, long epoch, long position) {
    this.partition = partition;
    this.epoch = epoch;
    this.position = position;
  }
}
