package io.leadloom.record.history;

import io.leadloom.journal.JournalHistory.Matter;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.EntityType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a timeline can be narrowed to; each event is of one of these kinds. */
public enum TimelineKind {
  ACTIVITIES(Set.of(EntityType.ACTIVITY), Set.of()),
  NOTES(Set.of(EntityType.NOTE), Set.of()),
  TASKS(Set.of(EntityType.TASK), Set.of()),
  /** What was sent, and whether it arrived. */
  MESSAGES(Set.of(), Set.of(JournalKind.DELIVERED, JournalKind.DELIVERY_FAILED)),
  /** Files of the record and of its notes. */
  FILES(Set.of(), Set.of(JournalKind.FILE_ADDED, JournalKind.FILE_REMOVED)),
  APPOINTMENTS(
      Set.of(),
      Set.of(
          JournalKind.APPOINTMENT_BOOKED,
          JournalKind.APPOINTMENT_CHANGED,
          JournalKind.APPOINTMENT_DELETED)),
  /** What happened to the record itself. */
  CHANGES(
      Set.copyOf(EntityType.ROOTS),
      Set.of(
          JournalKind.CREATED,
          JournalKind.UPDATED,
          JournalKind.TRASHED,
          JournalKind.RESTORED,
          JournalKind.MERGED,
          JournalKind.UNMERGED,
          JournalKind.TAG_ADDED,
          JournalKind.TAG_REMOVED,
          JournalKind.LIST_ADDED,
          JournalKind.LIST_REMOVED,
          JournalKind.SMART_LIST_ENTERED,
          JournalKind.SMART_LIST_LEFT)),
  /** What started automations, and how they ended. */
  AUTOMATIONS(
      Set.of(),
      Set.of(
          JournalKind.DATE_REACHED,
          JournalKind.SCHEDULED,
          JournalKind.START_REQUESTED,
          JournalKind.RUN_ENDED));

  private final Matter matter;

  TimelineKind(Set<EntityType> subjects, Set<JournalKind> kinds) {
    this.matter = new Matter(subjects, kinds);
  }

  Matter matter() {
    return matter;
  }

  /** Finds a kind by its lower-case name, for example {@code notes}. */
  public static Optional<TimelineKind> of(String key) {
    return Arrays.stream(values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(key))
        .findFirst();
  }
}
