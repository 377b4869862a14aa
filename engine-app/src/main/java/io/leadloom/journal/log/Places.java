package io.leadloom.journal.log;

import io.leadloom.platform.RecordRef;

/** Where an event stands: partition and sequence, packed into the one number that the journal is keyed by. */
public final class Places {

  public static final int PARTITIONS = 16;
  private static final int SHIFT = 48;
  private static final long SEQUENCE_MASK = (1L << SHIFT) - 1;

  private Places() {}

  /**
   * To how many a list that stands in a statement is filled up with what changes nothing: the databases see few different
   * statements then and keep them.
   */
  public static int filledUp(int count) {
    return count <= 1 ? count : Integer.highestOneBit(count - 1) << 1;
  }

  public static long of(int partition, long sequence) {
    return ((long) partition << SHIFT) | sequence;
  }

  public static int partition(long place) {
    return (int) (place >>> SHIFT);
  }

  public static long sequence(long place) {
    return place & SEQUENCE_MASK;
  }

  /** The partition of a root record. Stored rows depend on it: it never changes. */
  public static int partition(RecordRef root) {
    long mixed = (root.id() * 31 + EntityCodes.of(root.type())) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 60);
  }
}
