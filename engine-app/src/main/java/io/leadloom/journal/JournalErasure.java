package io.leadloom.journal;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of the journal what events tell of records that were erased for good: that something happened, when and by
 * whom stays, values and names do not. Part of the caller's transaction.
 */
public interface JournalErasure {

  /**
   * All events of these root records.
   *
   * @return the other root records that events there name, by the subject that was or is about them: what has been moved
   *     has its older events there
   */
  Map<RecordRef, Set<RecordRef>> ofRoots(EntityType type, Collection<Long> roots);

  /**
   * The events of some subjects of one kind within a root record that stays, for example of notes of a lead.
   *
   * @return as {@link #ofRoots}
   */
  Map<RecordRef, Set<RecordRef>> ofSubjects(
      EntityType type, Collection<Long> subjects, RecordRef root);
}
