package io.leadloom.automation.trigger;

import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.EntityType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can start an automation (AUT-007 to AUT-009, AUT-017, AUT-018, AUT-062) or be waited for by its runs. */
public enum TriggerType {
  LEAD_CREATED("lead.created"),
  LEAD_UPDATED("lead.updated"),
  ACTIVITY_POSTED("activity.posted"),
  ACTIVITY_UPDATED("activity.updated"),
  TASK_CREATED("task.created"),
  TASK_COMPLETED("task.completed"),
  TASK_REMINDER("task.reminder"),
  ACCOUNT_CREATED("account.created"),
  ACCOUNT_UPDATED("account.updated"),
  CONTACT_CREATED("contact.created"),
  CONTACT_UPDATED("contact.updated"),
  LIST_ADDED("list.added"),
  LIST_REMOVED("list.removed"),
  LIST_ENTERED("list.entered"),
  LIST_LEFT("list.left"),
  TAG_ADDED("tag.added"),
  TAG_REMOVED("tag.removed"),
  DATE_REACHED("date.reached"),
  SCHEDULE("schedule"),
  CALLED("called");

  private final String key;

  TriggerType(String key) {
    this.key = key;
  }

  /** The name in {@code leadloom:trigger}, for example {@code lead.created}. */
  public String key() {
    return key;
  }

  /** Whether the event is about an activity, which conditions and cards may then use (AUT-034, AUT-057). */
  public boolean suppliesActivity() {
    return this == ACTIVITY_POSTED || this == ACTIVITY_UPDATED;
  }

  /** Whether the event is about a task (AUT-032, AUT-034). */
  public boolean suppliesTask() {
    return this == TASK_CREATED || this == TASK_COMPLETED || this == TASK_REMINDER;
  }

  /** Whether the event is about a live smart list. */
  public boolean ofSmartList() {
    return this == LIST_ENTERED || this == LIST_LEFT;
  }

  /** Whether events of this type name the automation that they are for. */
  public boolean addressed() {
    return this == DATE_REACHED || this == SCHEDULE || this == CALLED;
  }

  public static Optional<TriggerType> of(String key) {
    return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
  }

  /** The type of a journal entry; null when no automation can react to it. */
  public static @Nullable TriggerType of(JournalEntry entry) {
    TriggerType type = of(entry.kind(), entry.subject().type());
    return type == TASK_COMPLETED && !completes(entry) ? null : type;
  }

  /** The type that such a journal entry can have; null when no automation can react to it. */
  public static @Nullable TriggerType of(JournalKind kind, EntityType subject) {
    return switch (kind) {
      case CREATED ->
          switch (subject) {
            case LEAD -> LEAD_CREATED;
            case CONTACT -> CONTACT_CREATED;
            case ACCOUNT -> ACCOUNT_CREATED;
            case ACTIVITY -> ACTIVITY_POSTED;
            case TASK -> TASK_CREATED;
            case NOTE, OPPORTUNITY -> null;
          };
      case UPDATED ->
          switch (subject) {
            case LEAD -> LEAD_UPDATED;
            case CONTACT -> CONTACT_UPDATED;
            case ACCOUNT -> ACCOUNT_UPDATED;
            case ACTIVITY -> ACTIVITY_UPDATED;
            case TASK -> TASK_COMPLETED;
            case NOTE, OPPORTUNITY -> null;
          };
      case TAG_ADDED -> TAG_ADDED;
      case TAG_REMOVED -> TAG_REMOVED;
      case LIST_ADDED -> LIST_ADDED;
      case LIST_REMOVED -> LIST_REMOVED;
      case SMART_LIST_ENTERED -> LIST_ENTERED;
      case SMART_LIST_LEFT -> LIST_LEFT;
      case REMINDER_DUE -> TASK_REMINDER;
      case DATE_REACHED -> DATE_REACHED;
      case SCHEDULED -> SCHEDULE;
      case START_REQUESTED -> CALLED;
      default -> null;
    };
  }

  private static boolean completes(JournalEntry entry) {
    var status = entry.changes().get("status");
    return status != null && "completed".equalsIgnoreCase(String.valueOf(status.after()));
  }
}
