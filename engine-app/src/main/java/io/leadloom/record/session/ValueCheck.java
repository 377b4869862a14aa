package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.text.Spelling;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.TaskType;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the values of one command against the schema: known, writable, of the right type, within limits. */
final class ValueCheck {

  private static final Set<String> AUTOMATIONS_WRITE =
      Set.of("score", "createdByRun", "createdByCard");

  /** How the person of a lead is reached, in the order in which it is asked for. */
  private static final List<String> REACHING = List.of("phone", "email", "contact");

  private final Schema all;
  private final Schema schema;
  private final FieldRules rules;
  private final Rights rights;

  ValueCheck(Schema schema, FieldRules rules, Rights rights) {
    this.all = schema;
    this.schema = schema.visibleTo(rights);
    this.rules = rules;
    this.rights = rights;
  }

  @Nullable Field field(EntityType type, @Nullable String activityType, String key) {
    return (activityType == null
            ? schema.field(type, key)
            : schema.activityField(activityType, key))
        .orElse(null);
  }

  /** The values in their kept form, under the schema's spelling of the keys; complaints are added to the list. */
  Values checked(
      EntityType type,
      @Nullable String activityType,
      Values given,
      Cause cause,
      List<Violation> violations) {
    Values checked = Values.none();
    for (Map.Entry<String, @Nullable Object> entry : given.asMap().entrySet()) {
      Field field = field(type, activityType, entry.getKey());
      if (field == null) {
        violations.add(
            Violation.of(
                entry.getKey(),
                entry.getValue(),
                "a field of " + type.path() + nearest(type, entry.getKey())));
      } else if (rights.onlyReads(type, field.key())) {
        violations.add(
            Violation.of(
                field.key(),
                FieldConversion.toNatural(entry.getValue()),
                "no value: your permissions let you only read " + field.label()));
      } else if (field.readOnly() && !mayWrite(field, cause)) {
        violations.add(
            Violation.of(
                field.key(), entry.getValue(), "no value: Leadloom itself keeps " + field.label()));
      } else {
        Converted converted = rules.check(field, entry.getValue());
        if (converted instanceof Converted.Value value) {
          checked.with(field.key(), value.value());
        } else if (converted instanceof Converted.Wrong wrong) {
          violations.add(
              Violation.of(
                  field.key(), FieldConversion.toNatural(entry.getValue()), wrong.expectation()));
        }
      }
    }
    return checked;
  }

  /** The values but one. */
  static Values without(Values values, String key) {
    if (!values.has(key)) {
      return values;
    }
    Values rest = Values.none();
    values
        .asMap()
        .forEach(
            (name, value) -> {
              if (!name.equals(key)) {
                rest.with(name, value);
              }
            });
    return rest;
  }

  /** Puts the key of a task type in place of its label; complains about an unknown one. */
  void taskType(Values values, List<Violation> violations) {
    String named = values.text("type");
    if (named == null) {
      return;
    }
    for (TaskType type : schema.taskTypes()) {
      if (type.key().equalsIgnoreCase(named) || type.label().equalsIgnoreCase(named)) {
        values.with("type", type.key());
        return;
      }
    }
    String known = String.join(", ", schema.taskTypes().stream().map(TaskType::key).toList());
    violations.add(Violation.of("type", named, "a task type: " + known));
  }

  /**
   * Adds default values, also those of hidden fields, and complains about missing mandatory ones that the user could have
   * given.
   */
  void complete(
      EntityType type,
      @Nullable String activityType,
      Values values,
      boolean strict,
      List<Violation> violations) {
    complete(all.fields(type), values, strict, violations);
    if (activityType != null) {
      complete(all.activityFields(activityType), values, strict, violations);
    }
  }

  private void complete(
      List<Field> fields, Values values, boolean strict, List<Violation> violations) {
    for (Field field : fields) {
      if (field.defaultValue() != null && !values.has(field.key())) {
        values.with(field.key(), field.defaultValue());
      }
      if (strict
          && field.mandatory()
          && values.get(field.key()) == null
          && writable(field)
          && !complained(violations, field)) {
        violations.add(
            Violation.of(field.key(), null, "a value: " + FieldConversion.expectation(field)));
      }
    }
  }

  /**
   * Complains about a new lead that names no way of reaching the person, if it could have named one (LEAD-217). What
   * Leadloom itself writes has been asked before.
   */
  void reachable(
      RecordCommand.Create command, Values values, Cause cause, List<Violation> violations) {
    if (command.type() != EntityType.LEAD
        || command.unreachable()
        || cause.kind() == Cause.Kind.SYSTEM
        || REACHING.stream().anyMatch(key -> values.get(key) != null)) {
      return;
    }
    List<Field> open = new ArrayList<>();
    for (Field field : all.fields(EntityType.LEAD)) {
      boolean address = field.type() == FieldType.EMAIL || field.type() == FieldType.PHONE;
      if (!address && !REACHING.contains(field.key())) {
        continue;
      }
      if (values.get(field.key()) != null || complained(violations, field)) {
        return;
      }
      if (writable(field) && REACHING.contains(field.key())) {
        open.add(field);
      }
    }
    if (!open.isEmpty()) {
      open.sort(Comparator.comparing(field -> REACHING.indexOf(field.key())));
      List<String> named = open.stream().map(Field::key).toList();
      violations.add(
          Violation.of(
              named.get(0),
              null,
              "a way of reaching the person: a value in " + String.join(" or ", named)));
    }
  }

  private boolean writable(Field field) {
    return !rights.hides(field.entity(), field.key())
        && !rights.onlyReads(field.entity(), field.key());
  }

  private static boolean complained(List<Violation> violations, Field field) {
    return violations.stream().anyMatch(violation -> violation.field().equals(field.key()));
  }

  /** Complains about mandatory fields that an update would empty. */
  void keepMandatory(
      EntityType type, @Nullable String activityType, Values changes, List<Violation> violations) {
    for (String key : new ArrayList<>(changes.keys())) {
      Field field = field(type, activityType, key);
      if (field != null
          && field.mandatory()
          && changes.get(key) == null
          && !complained(violations, field)) {
        violations.add(Violation.of(key, null, "a value: " + FieldConversion.expectation(field)));
      }
    }
  }

  private static boolean mayWrite(Field field, Cause cause) {
    return cause.kind() == Cause.Kind.SYSTEM
        || (cause.kind() == Cause.Kind.AUTOMATION && AUTOMATIONS_WRITE.contains(field.key()));
  }

  private String nearest(EntityType type, String key) {
    String best = null;
    int least = 4;
    for (Field field : schema.fields(type)) {
      int distance = Spelling.distance(field.key(), key);
      if (distance < least) {
        least = distance;
        best = field.key();
      }
    }
    return best == null ? "" : ", perhaps " + best;
  }
}
