package io.leadloom.journal;

/** What can happen to a record. The numbers are stored and never change. */
public enum JournalKind {
  CREATED(1),
  UPDATED(2),
  TRASHED(3),
  RESTORED(4),
  TAG_ADDED(5),
  TAG_REMOVED(6),
  LIST_ADDED(7),
  LIST_REMOVED(8),
  /** The reminder time of a pending task came. */
  REMINDER_DUE(9),
  /** The moment that an automation's date trigger waits for came; detail {@code automation}. */
  DATE_REACHED(10),
  /** A schedule picked the record; detail {@code automation}. */
  SCHEDULED(11),
  /** The API or another automation asked to start an automation for the record; detail {@code automation}. */
  START_REQUESTED(12),
  /** A delivery reached its receiver; detail {@code delivery}. */
  DELIVERED(13),
  /** A delivery failed for good; detail {@code delivery}. */
  DELIVERY_FAILED(14),
  /** A run ended; detail {@code run}, {@code outcome}. */
  RUN_ENDED(15),
  /** The record began to match a live smart list; detail {@code list}. */
  SMART_LIST_ENTERED(16),
  /** The record ceased to match a live smart list; detail {@code list}. */
  SMART_LIST_LEFT(17),
  /** Others were merged into the record, with all that belonged to them; detail {@code records}. */
  MERGED(18),
  /** A merge was taken back, with what belonged to the others; detail {@code records}. */
  UNMERGED(19),
  /** A file was added to the record; detail {@code file}, its name. */
  FILE_ADDED(20),
  /** A file of the record was removed; detail {@code file}, its name. */
  FILE_REMOVED(21),
  /** An appointment with the record was booked; details {@code start} and {@code end}, and {@code status}. */
  APPOINTMENT_BOOKED(22),
  /** An appointment was moved, or stands another way; details as when booked, and {@code before} for the start. */
  APPOINTMENT_CHANGED(23),
  /** An appointment was deleted for good; details as when booked. */
  APPOINTMENT_DELETED(24);

  private final int code;

  JournalKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Whether the record itself, its tags or its lists are other than before. */
  public boolean changesRecord() {
    return code <= LIST_REMOVED.code || this == MERGED || this == UNMERGED;
  }

  public static JournalKind of(int code) {
    return values()[code - 1];
  }
}
