package io.leadloom.schema.audit;

import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schema.TaskType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the audit trail says about changes of fields, types and choices; null stands for one that is not there. */
public final class SchemaEvents {

  private SchemaEvents() {}

  public static AuditEvent field(@Nullable Field before, @Nullable Field after) {
    Field shown = shown(before, after);
    String id = shown.entity().key() + "." + shown.key();
    return AuditEvent.of("field." + what(before, after), "field", id, shown.label())
        .change("label", of(before, Field::label), of(after, Field::label))
        .change("type", of(before, Field::type), of(after, Field::type))
        .change("activityType", of(before, Field::activityType), of(after, Field::activityType))
        .change("mandatory", of(before, Field::mandatory), of(after, Field::mandatory))
        .change("unique", of(before, Field::unique), of(after, Field::unique))
        .change("filterable", of(before, Field::filterable), of(after, Field::filterable))
        .change("options", of(before, Field::options), of(after, Field::options))
        .change("defaultValue", of(before, Field::defaultValue), of(after, Field::defaultValue))
        .change("limits", of(before, Field::limits), of(after, Field::limits));
  }

  public static AuditEvent activityType(@Nullable ActivityType before, ActivityType after) {
    return AuditEvent.of(
            "activity-type." + what(before, after), "activity-type", after.key(), after.label())
        .change("label", of(before, ActivityType::label), after.label())
        .change("score", of(before, ActivityType::score), after.score());
  }

  public static AuditEvent taskType(@Nullable TaskType before, TaskType after) {
    return AuditEvent.of(
            "task-type." + what(before, after), "task-type", after.key(), after.label())
        .change("label", of(before, TaskType::label), after.label());
  }

  public static AuditEvent choice(@Nullable Choice before, Choice after) {
    return AuditEvent.of(
            after.kind() + "." + what(before, after), after.kind(), after.id(), after.label())
        .change("label", of(before, Choice::label), after.label())
        .change("position", of(before, Choice::position), after.position())
        .change("colour", of(before, Choice::colour), after.colour())
        .change("active", of(before, Choice::active), after.active())
        .change("hidden", of(before, Choice::hidden), after.hidden())
        .change("parent", of(before, Choice::parent), after.parent());
  }

  private static String what(@Nullable Object before, @Nullable Object after) {
    return before == null ? "created" : after == null ? "deleted" : "changed";
  }

  private static <T> T shown(@Nullable T before, @Nullable T after) {
    T shown = after == null ? before : after;
    if (shown == null) {
      throw new IllegalArgumentException("What neither was nor is has no history");
    }
    return shown;
  }

  private static <T, V> @Nullable V of(@Nullable T thing, Function<T, ? extends @Nullable V> part) {
    return thing == null ? null : part.apply(thing);
  }
}
