package io.leadloom.journal;

import java.util.List;

/** Keeps events elsewhere before the journal's retention deletes them; a bean of this type is called if there is one. */
public interface JournalArchive {

  /**
   * Stores events that are deleted by the same database transaction. An exception stops the deletion; it is tried again
   * at the next run of the retention.
   */
  void archive(List<JournalEvent> events);
}
