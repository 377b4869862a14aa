package io.leadloom.schema.audit;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schema.LeadSettings;
import io.leadloom.schema.Schema.TaskType;
import io.leadloom.schema.look.FieldLook;
import java.util.List;
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

  /** How a field looks has been changed. */
  public static AuditEvent look(Field field, FieldLook before, FieldLook after) {
    String id = field.entity().key() + "." + field.key();
    return AuditEvent.of("field.changed", "field", id, field.label())
        .change("label", before.label(), after.label())
        .change("placeholder", before.placeholder(), after.placeholder())
        .change("help", before.help(), after.help())
        .change("disabled", before.disabled(), after.disabled())
        .change("criterion", before.criterion(), after.criterion())
        .change("listed", before.listed(), after.listed());
  }

  /** The fields of an entity stand in another order; by their keys. */
  public static AuditEvent order(EntityType entity, List<String> before, List<String> after) {
    return AuditEvent.of("field.changed", "field", entity.key(), entity.path())
        .change("order", before, after);
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

  public static AuditEvent choice(@Nullable Choice before, @Nullable Choice after) {
    Choice shown = shown(before, after);
    return AuditEvent.of(
            shown.kind() + "." + what(before, after), shown.kind(), shown.id(), shown.label())
        .change("label", of(before, Choice::label), of(after, Choice::label))
        .change("position", of(before, Choice::position), of(after, Choice::position))
        .change("colour", of(before, Choice::colour), of(after, Choice::colour))
        .change("active", of(before, Choice::active), of(after, Choice::active))
        .change("hidden", of(before, Choice::hidden), of(after, Choice::hidden))
        .change("shared", of(before, Choice::shared), of(after, Choice::shared))
        .change("offered", of(before, Choice::offered), of(after, Choice::offered))
        .change("parent", of(before, Choice::parent), of(after, Choice::parent));
  }

  public static AuditEvent leadSettings(LeadSettings before, LeadSettings after) {
    return AuditEvent.of("setting.changed", "setting", "leads", "leads")
        .change("stageComments", before.stageComments(), after.stageComments())
        .change("stageMandatory", before.stageMandatory(), after.stageMandatory())
        .change("stageQuickAdd", before.stageQuickAdd(), after.stageQuickAdd())
        .change("stageImport", before.stageImport(), after.stageImport())
        .change("flagOnAllocation", before.flagOnAllocation(), after.flagOnAllocation())
        .change("followUpMail", before.followUpMail(), after.followUpMail())
        .change("withoutCompany", before.withoutCompany(), after.withoutCompany());
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
