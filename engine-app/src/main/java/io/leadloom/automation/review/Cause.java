package io.leadloom.automation.review;

import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.platform.Folded;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event that a card makes happen.
 *
 * @param element the id of the card
 * @param name the card's name as users see it
 * @param detail the field that changes, the tag, the id of the list, the type of activity or task, or the automation that is
 *     called; null when only a run can tell
 * @param value what the field becomes; null when only a run can tell
 */
record Cause(
    String element,
    String name,
    TriggerType event,
    @Nullable String detail,
    @Nullable String value) {

  /** Whether an automation with this trigger may start on the event, its start condition apart. */
  boolean starts(Trigger trigger) {
    if (trigger.type() != event) {
      return false;
    }
    return switch (event) {
      case ACTIVITY_POSTED, OPPORTUNITY_ACTIVITY_POSTED -> fits(trigger.activityType());
      case TASK_CREATED, OPPORTUNITY_TASK_CREATED -> fits(trigger.taskType());
      case LIST_ADDED, LIST_REMOVED -> fits(trigger.list());
      case TAG_ADDED, TAG_REMOVED -> fits(trigger.tag());
      case TASK_COMPLETED, OPPORTUNITY_TASK_COMPLETED, OPPORTUNITY_CREATED -> true;
      default ->
          (trigger.fields().isEmpty() || trigger.fields().stream().anyMatch(this::fits))
              && (value == null || trigger.to() == null || same(value, trigger.to()));
    };
  }

  /** Whether it is an event each time the card runs, and not only when something else has undone it. */
  boolean always() {
    return switch (event) {
      case TAG_ADDED, TAG_REMOVED, LIST_ADDED, LIST_REMOVED -> detail == null;
      case LEAD_UPDATED,
          CONTACT_UPDATED,
          ACCOUNT_UPDATED,
          OPPORTUNITY_UPDATED,
          ACTIVITY_UPDATED,
          OPPORTUNITY_ACTIVITY_UPDATED ->
          value == null;
      case TASK_COMPLETED, OPPORTUNITY_TASK_COMPLETED -> false;
      default -> true;
    };
  }

  /** Whether it undoes what the other has done, so that the other is an event again. */
  boolean undoes(Cause other) {
    boolean about = detail == null || same(detail, other.detail);
    return about
        && switch (other.event) {
          case TAG_ADDED -> event == TriggerType.TAG_REMOVED;
          case TAG_REMOVED -> event == TriggerType.TAG_ADDED;
          case LIST_ADDED -> event == TriggerType.LIST_REMOVED;
          case LIST_REMOVED -> event == TriggerType.LIST_ADDED;
          case TASK_COMPLETED -> event == TriggerType.TASK_CREATED;
          case OPPORTUNITY_TASK_COMPLETED -> event == TriggerType.OPPORTUNITY_TASK_CREATED;
          default -> event == other.event && (value == null || !same(value, other.value));
        };
  }

  private boolean fits(@Nullable String wanted) {
    return wanted == null || detail == null || same(detail, wanted);
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return Objects.equals(Folded.of(one), Folded.of(other));
  }
}
