package io.leadloom.journal;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads back what happened to a record, newest first, as far as the journal's retention reaches. */
public interface JournalHistory {

  /** The most events of one page. */
  int MAX_LIMIT = 200;

  /**
   * Some of what can happen around a record.
   *
   * @param subjects to what it happened; empty for any
   * @param kinds what happened; empty for anything
   */
  record Matter(Set<EntityType> subjects, Set<JournalKind> kinds) {
    public Matter {
      subjects = Set.copyOf(subjects);
      kinds = Set.copyOf(kinds);
    }
  }

  /**
   * The events of a root record: its own and those of its activities, tasks and notes.
   *
   * @param matters only events of one of these; empty for all
   * @param cursor the {@link Page#next()} of the page before; null for the first page
   * @param limit 1 to {@value #MAX_LIMIT}
   * @throws io.leadloom.platform.RefusedException when the cursor or the limit is malformed
   */
  Page<JournalEvent> ofRoot(
      RecordRef root, List<Matter> matters, @Nullable String cursor, int limit);

  /** Only those events of a root record that happened to one subject, for example to one task of a lead. */
  Page<JournalEvent> ofSubject(
      RecordRef subject, RecordRef root, @Nullable String cursor, int limit);

  /** The cursor that reads on after an event that one of the pages had. */
  String after(JournalEvent event);
}
