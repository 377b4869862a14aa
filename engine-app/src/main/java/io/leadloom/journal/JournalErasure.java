package io.leadloom.journal;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.util.Collection;

/**
 * Takes out of the journal what events tell of records that were erased for good: that something happened, when and by
 * whom stays, values and names do not. Part of the caller's transaction.
 */
public interface JournalErasure {

  /** All events of these root records. */
  void ofRoots(EntityType type, Collection<Long> roots);

  /** The events of one subject within a root record that stays, for example of a note of a lead. */
  void ofSubject(RecordRef subject, RecordRef root);
}
