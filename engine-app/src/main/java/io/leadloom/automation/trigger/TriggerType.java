package io.leadloom.automation.trigger;

import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can start an automation (AUT-007 to AUT-018, AUT-062) or be waited for by its runs. */
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
  OPPORTUNITY_CREATED("opportunity.created"),
  OPPORTUNITY_UPDATED("opportunity.updated"),
  OPPORTUNITY_ACTIVITY_POSTED("opportunity.activity-posted"),
  OPPORTUNITY_ACTIVITY_UPDATED("opportunity.activity-updated"),
  OPPORTUNITY_TASK_CREATED("opportunity.task-created"),
  OPPORTUNITY_TASK_COMPLETED("opportunity.task-completed"),
  OPPORTUNITY_TASK_REMINDER("opportunity.task-reminder"),
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
    return plain() == ACTIVITY_POSTED || plain() == ACTIVITY_UPDATED;
  }

  /** Whether the event is about a task (AUT-032, AUT-034). */
  public boolean suppliesTask() {
    TriggerType plain = plain();
    return plain == TASK_CREATED || plain == TASK_COMPLETED || plain == TASK_REMINDER;
  }

  /** Whether its runs are about an opportunity, which conditions and cards may then use (AUT-010 to AUT-016). */
  public boolean ofOpportunity() {
    return this == OPPORTUNITY_CREATED || this == OPPORTUNITY_UPDATED || plain() != this;
  }

  /** Whether runs may be about an opportunity: who is called takes what the caller has. */
  public boolean suppliesOpportunity() {
    return ofOpportunity() || this == CALLED;
  }

  /** The same event of any record for one that is told apart for opportunities. */
  private TriggerType plain() {
    return switch (this) {
      case OPPORTUNITY_ACTIVITY_POSTED -> ACTIVITY_POSTED;
      case OPPORTUNITY_ACTIVITY_UPDATED -> ACTIVITY_UPDATED;
      case OPPORTUNITY_TASK_CREATED -> TASK_CREATED;
      case OPPORTUNITY_TASK_COMPLETED -> TASK_COMPLETED;
      case OPPORTUNITY_TASK_REMINDER -> TASK_REMINDER;
      default -> this;
    };
  }

  /** The type of the same event when it happens to an opportunity; itself for all others. */
  public TriggerType onOpportunity() {
    return switch (this) {
      case ACTIVITY_POSTED -> OPPORTUNITY_ACTIVITY_POSTED;
      case ACTIVITY_UPDATED -> OPPORTUNITY_ACTIVITY_UPDATED;
      case TASK_CREATED -> OPPORTUNITY_TASK_CREATED;
      case TASK_COMPLETED -> OPPORTUNITY_TASK_COMPLETED;
      case TASK_REMINDER -> OPPORTUNITY_TASK_REMINDER;
      default -> this;
    };
  }

  /** The kinds of record that the runs which it starts can be about. */
  public Set<EntityType> roots() {
    return switch (plain()) {
      case LEAD_CREATED, LEAD_UPDATED -> Set.of(EntityType.LEAD);
      case CONTACT_CREATED, CONTACT_UPDATED -> Set.of(EntityType.CONTACT);
      case ACCOUNT_CREATED, ACCOUNT_UPDATED -> Set.of(EntityType.ACCOUNT);
      case OPPORTUNITY_CREATED, OPPORTUNITY_UPDATED -> Set.of(EntityType.OPPORTUNITY);
      case ACTIVITY_POSTED, ACTIVITY_UPDATED, TASK_CREATED, TASK_COMPLETED, TASK_REMINDER ->
          plain() == this
              ? EnumSet.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT)
              : Set.of(EntityType.OPPORTUNITY);
      default -> EnumSet.copyOf(EntityType.ROOTS);
    };
  }

  /** Whether records of this type can have it; date fields and schedules are of leads. */
  public boolean startsFor(EntityType root) {
    return this == DATE_REACHED || this == SCHEDULE
        ? root == EntityType.LEAD
        : roots().contains(root);
  }

  /**
   * Whether a run that this starts can hear such an event: it happens to records of its kind, and not only at the beginning
   * of their life. Activities and tasks are heard of whatever record they belong to.
   */
  public boolean canHear(TriggerType awaited) {
    return switch (awaited) {
      case LEAD_CREATED, CONTACT_CREATED, ACCOUNT_CREATED, OPPORTUNITY_CREATED -> false;
      case ACTIVITY_POSTED, ACTIVITY_UPDATED, TASK_CREATED, TASK_COMPLETED, TASK_REMINDER -> true;
      default -> !Collections.disjoint(roots(), awaited.roots());
    };
  }

  /**
   * What happened, record by record: an activity or task of an opportunity that is linked to a lead as well happened to
   * both, and comes a second time as one of the lead.
   */
  public static List<JournalEntry> happened(List<JournalEvent> events) {
    List<JournalEntry> happened = new ArrayList<>(events.size());
    for (JournalEvent event : events) {
      JournalEntry entry = event.entry();
      happened.add(entry);
      String lead = entry.detail().get(JournalEntry.LEAD);
      TriggerType type = of(entry.kind(), entry.subject().type());
      if (lead != null
          && entry.root().type() == EntityType.OPPORTUNITY
          && type != null
          && (type.suppliesActivity() || type.suppliesTask())) {
        happened.add(entry.of(RecordRef.lead(Long.parseLong(lead))));
      }
    }
    return happened;
  }

  /** Whether a run that waits for this hears such an event: a wait for an activity hears of those of its opportunity. */
  public boolean hears(TriggerType happened) {
    return this == happened || this == happened.plain();
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
    if (type == null || type == TASK_COMPLETED && !completes(entry)) {
      return null;
    }
    return entry.root().type() == EntityType.OPPORTUNITY ? type.onOpportunity() : type;
  }

  /** The type that such a journal entry can have, opportunities not told apart; null when no automation can react to it. */
  public static @Nullable TriggerType of(JournalKind kind, EntityType subject) {
    return switch (kind) {
      case CREATED ->
          switch (subject) {
            case LEAD -> LEAD_CREATED;
            case CONTACT -> CONTACT_CREATED;
            case ACCOUNT -> ACCOUNT_CREATED;
            case ACTIVITY -> ACTIVITY_POSTED;
            case TASK -> TASK_CREATED;
            case OPPORTUNITY -> OPPORTUNITY_CREATED;
            case NOTE -> null;
          };
      case UPDATED ->
          switch (subject) {
            case LEAD -> LEAD_UPDATED;
            case CONTACT -> CONTACT_UPDATED;
            case ACCOUNT -> ACCOUNT_UPDATED;
            case ACTIVITY -> ACTIVITY_UPDATED;
            case TASK -> TASK_COMPLETED;
            case OPPORTUNITY -> OPPORTUNITY_UPDATED;
            case NOTE -> null;
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
