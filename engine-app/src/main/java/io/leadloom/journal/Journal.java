package io.leadloom.journal;

import java.util.List;

/** The ordered log of what happened to records. */
public interface Journal {

  /**
   * Adds entries to the current transaction; they are written, in this order, just before it commits, and no consumer
   * sees them before.
   *
   * @throws IllegalStateException outside a transaction
   */
  void append(List<JournalEntry> entries);
}
