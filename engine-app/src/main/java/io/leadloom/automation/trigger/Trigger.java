package io.leadloom.automation.trigger;

import io.leadloom.decision.Condition;
import io.leadloom.decision.Conditions;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.Folded;
import io.leadloom.platform.filter.Operand;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an automation starts on, or what one of its runs waits for.
 *
 * @param type the kind of event
 * @param activityType the key of the only activity type wanted
 * @param taskType the key of the only task type wanted
 * @param fields for updates: the keys of the fields of which one must have changed; empty for any
 * @param from for updates of one field: the only value before, as text
 * @param to for updates of one field: the only value after, as text
 * @param list the id of the only list wanted, as text; for smart lists there is one
 * @param tag the only tag wanted
 * @param field for {@code date.reached}: the key of the lead's date or date-time field
 * @param offset for {@code date.reached}: how long before (negative) or after the field's value
 * @param timeOfDay for {@code date.reached} on a date: the time in the zone
 * @param timeZone for the triggers of time: the zone; null for the automation's
 * @param cron for {@code schedule}: when, in five or six fields
 * @param filter for {@code schedule}: which leads, in the filter grammar
 * @param condition what must be true beyond that; null for nothing
 */
public record Trigger(
    TriggerType type,
    @Nullable String activityType,
    @Nullable String taskType,
    List<String> fields,
    @Nullable String from,
    @Nullable String to,
    @Nullable String list,
    @Nullable String tag,
    @Nullable String field,
    @Nullable Offset offset,
    @Nullable LocalTime timeOfDay,
    @Nullable ZoneId timeZone,
    @Nullable String cron,
    @Nullable String filter,
    @Nullable Condition condition) {

  /** A length of time with a sign. */
  public record Offset(long amount, Operand.Unit unit) {}

  public Trigger {
    fields = fields == null ? List.of() : List.copyOf(fields);
  }

  /** Whether the event has what this trigger asks for, its condition apart. The type is known to be right. */
  public boolean accepts(JournalEntry entry, Schema schema) {
    return switch (type) {
      case ACTIVITY_POSTED, OPPORTUNITY_ACTIVITY_POSTED -> detail(entry, "type", activityType);
      case ACTIVITY_UPDATED, OPPORTUNITY_ACTIVITY_UPDATED ->
          detail(entry, "type", activityType) && changed(entry, schema);
      case TASK_CREATED,
          TASK_COMPLETED,
          TASK_REMINDER,
          OPPORTUNITY_TASK_CREATED,
          OPPORTUNITY_TASK_COMPLETED,
          OPPORTUNITY_TASK_REMINDER ->
          detail(entry, "type", taskType);
      case LEAD_UPDATED, ACCOUNT_UPDATED, CONTACT_UPDATED, OPPORTUNITY_UPDATED ->
          changed(entry, schema);
      case LIST_ADDED, LIST_REMOVED, LIST_ENTERED, LIST_LEFT -> detail(entry, "list", list);
      case TAG_ADDED, TAG_REMOVED -> tag == null || entry.tagNames().contains(Folded.of(tag));
      default -> true;
    };
  }

  /**
   * What its events supply to conditions (AUT-034).
   *
   * @param rawDrl whether the author may write DRL
   */
  public Conditions.Scope supplied(boolean rawDrl) {
    return new Conditions.Scope(
        type.suppliesActivity(),
        activityType,
        type.suppliesTask(),
        rawDrl,
        type.suppliesOpportunity());
  }

  private static boolean detail(JournalEntry entry, String key, @Nullable String wanted) {
    return wanted == null || Objects.equals(Folded.of(wanted), Folded.of(entry.detail().get(key)));
  }

  private boolean changed(JournalEntry entry, Schema schema) {
    if (fields.isEmpty()) {
      return true;
    }
    for (String key : fields) {
      FieldChange change = entry.changes().get(key);
      if (change == null) {
        continue;
      }
      ChoiceNames names =
          from == null && to == null
              ? null
              : schema.field(entry.subject().type(), key).map(Field::names).orElse(null);
      if (value(change.before(), from, names) && value(change.after(), to, names)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value is the one that is asked for, also when a choice had another name at the time of either. */
  private static boolean value(
      @Nullable Object actual, @Nullable String wanted, @Nullable ChoiceNames names) {
    if (wanted == null) {
      return true;
    }
    String text = actual == null ? null : actual.toString();
    return names == null || text == null
        ? Objects.equals(Folded.of(wanted), Folded.of(text))
        : names.stored(wanted).equalsIgnoreCase(names.stored(text));
  }
}
