package io.leadloom.journal;

/**
 * A journaled entry with its place in the order.
 *
 * @param partition the partition, from the root record's id
 * @param sequence the place within the partition: without gaps, in commit order
 * @param entry what happened
 */
public record JournalEvent(int partition, long sequence, JournalEntry entry) {}
