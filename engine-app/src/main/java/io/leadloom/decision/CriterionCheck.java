package io.leadloom.decision;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.schema.Comparison;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.OperandReader;
import io.leadloom.schema.Operators;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks the criteria of one condition against the schema and the place of the condition in the flow. */
final class CriterionCheck {

  private static final int MAX_VALUES = 200;

  private final Conditions.Named named;
  private final Conditions.Scope scope;
  private final Schema schema;
  private final List<Conditions.Problem> problems;

  CriterionCheck(
      Conditions.Named named,
      Conditions.Scope scope,
      Schema schema,
      List<Conditions.Problem> problems) {
    this.named = named;
    this.scope = scope;
    this.schema = schema;
    this.problems = problems;
  }

  /** The checked criterion; null when it was found wrong and the problems have been noted. */
  @Nullable CheckedCriterion check(Criterion criterion, int index) {
    return check(criterion, "criteria[" + index + "]", null);
  }

  private @Nullable CheckedCriterion check(
      Criterion criterion, String at, @Nullable CheckedSource outer) {
    if (criterion.source() == null || criterion.operator() == null) {
      problem(at, null, "a criterion with a source and an operator");
      return null;
    }
    if (criterion.values().size() > MAX_VALUES) {
      problem(
          at + ".values",
          Integer.toString(criterion.values().size()),
          "at most " + MAX_VALUES + " values");
      return null;
    }
    CheckedSource source = outer != null ? outer : source(criterion, at);
    if (source == null) {
      return null;
    }
    if (Operators.WITHOUT_FIELD.contains(criterion.operator())) {
      return withoutField(criterion, at, source);
    }
    if (source.kind() == FactKind.ACTIVITY && Operators.OF_EVENTS.contains(criterion.operator())) {
      problem(
          at + ".operator",
          words(criterion),
          "changes are only known of the event that started the run");
      return null;
    }
    if (criterion.within() != null
        && source.kind() == FactKind.ACTIVITY
        && !period(criterion, at)) {
      return null;
    }
    FieldAndType field = field(criterion, at, source);
    if (field == null) {
      return null;
    }
    Comparison comparison = comparison(criterion, at, field.field());
    List<CheckedCriterion> where = outer == null ? where(criterion, at, source) : List.of();
    if (comparison == null || where == null) {
      return null;
    }
    return new CheckedCriterion(
        criterion,
        source.kind(),
        field.field().key(),
        field.type(),
        comparison,
        source.type(),
        source.types(),
        where);
  }

  private record CheckedSource(FactKind kind, @Nullable String type, Set<String> types) {}

  private record FieldAndType(Field field, FieldType type) {}

  private @Nullable CheckedSource source(Criterion criterion, String at) {
    if (asksForActivities(criterion) && criterion.source() == Criterion.Source.LEAD) {
      return activities(criterion, at);
    }
    switch (criterion.source()) {
      case LEAD_ACTIVITY -> {
        return activities(criterion, at);
      }
      case TRIGGERED_ACTIVITY -> {
        if (!supplied(scope.triggeredActivity(), at, "triggeredActivity", "activity")) {
          return null;
        }
        if (criterion.activityType() != null
            && !knownType(criterion.activityType(), at + ".activityType")) {
          return null;
        }
      }
      case TRIGGERED_TASK -> {
        if (!supplied(scope.triggeredTask(), at, "triggeredTask", "task")) {
          return null;
        }
      }
      case OPPORTUNITY -> {
        if (!supplied(scope.opportunity(), at, "opportunity", "opportunity")) {
          return null;
        }
      }
      case CREATED_TASK -> {
        if (criterion.card() == null || !named.createdTasks().contains(criterion.card())) {
          problem(
              at + ".card",
              criterion.card(),
              "a card before this condition, on every way to it, that creates a task");
          return null;
        }
      }
      case WEBHOOK_RESPONSE -> {
        if (criterion.card() == null || !named.responses().contains(criterion.card())) {
          problem(
              at + ".card",
              criterion.card(),
              "a webhook card before this condition, on every way to it");
          return null;
        }
      }
      default -> {
        // Lead, contact and account are always there.
      }
    }
    return new CheckedSource(FactKind.of(criterion.source()), null, Set.of());
  }

  private static boolean asksForActivities(Criterion criterion) {
    return criterion.operator() == Operator.HAS_ACTIVITY
        || criterion.operator() == Operator.HAS_NO_ACTIVITY;
  }

  private boolean supplied(boolean there, String at, String source, String what) {
    if (!there) {
      problem(
          at + ".source", source, "a source that exists: no " + what + " triggers this automation");
    }
    return there;
  }

  private @Nullable CheckedSource activities(Criterion criterion, String at) {
    String wanted = criterion.activityType();
    if (wanted == null && asksForActivities(criterion) && !criterion.values().isEmpty()) {
      wanted = criterion.values().get(0);
    }
    if (wanted == null) {
      Set<String> all = new TreeSet<>();
      schema.activityTypes().forEach(type -> all.add(type.key()));
      return new CheckedSource(FactKind.ACTIVITY, null, all);
    }
    Optional<Schema.ActivityType> type = schema.activityType(wanted);
    if (type.isEmpty()) {
      knownType(wanted, at + ".activityType");
      return null;
    }
    return new CheckedSource(FactKind.ACTIVITY, type.get().key(), Set.of(type.get().key()));
  }

  private boolean knownType(String type, String at) {
    if (schema.activityType(type).isPresent()) {
      return true;
    }
    problem(at, type, "the key of an activity type");
    return false;
  }

  private @Nullable CheckedCriterion withoutField(
      Criterion criterion, String at, CheckedSource source) {
    if (source.kind() == FactKind.ACTIVITY) {
      if (criterion.within() != null && !period(criterion, at)) {
        return null;
      }
      if (!asksForActivities(criterion)) {
        problem(
            at + ".operator",
            words(criterion),
            "has activity, has no activity or a comparison of a field");
        return null;
      }
      List<CheckedCriterion> where = where(criterion, at, source);
      return where == null
          ? null
          : new CheckedCriterion(
              criterion,
              source.kind(),
              "",
              FieldType.TEXT,
              null,
              source.type(),
              source.types(),
              where);
    }
    if (source.kind() != FactKind.LEAD) {
      problem(
          at + ".source",
          name(criterion.source()),
          "lead: only leads have tags, lists and activities here");
      return null;
    }
    if (criterion.values().isEmpty()) {
      problem(at + ".values", null, "at least one value");
      return null;
    }
    boolean tags =
        criterion.operator() == Operator.HAS_TAG || criterion.operator() == Operator.HAS_NO_TAG;
    for (int i = 0; i < criterion.values().size(); i++) {
      String value = criterion.values().get(i);
      boolean right = tags ? Folded.of(value) != null : value.strip().matches("[0-9]{1,18}");
      if (!right) {
        problem(at + ".values[" + i + "]", value, tags ? "the name of a tag" : "the id of a list");
        return null;
      }
    }
    return new CheckedCriterion(
        criterion, source.kind(), "", FieldType.MULTI_SELECT, null, null, Set.of(), List.of());
  }

  private boolean period(Criterion criterion, String at) {
    Criterion.Within within = criterion.within();
    if (within != null && within.unit() != null && Uses.isPeriod(within)) {
      return true;
    }
    problem(at + ".within", null, "a period such as 7 days, from 1 to 99999");
    return false;
  }

  private @Nullable List<CheckedCriterion> where(
      Criterion criterion, String at, CheckedSource source) {
    List<CheckedCriterion> checked = new ArrayList<>();
    boolean right = true;
    for (int i = 0; i < criterion.where().size(); i++) {
      Criterion where = criterion.where().get(i);
      String place = at + ".where[" + i + "]";
      if (source.kind() != FactKind.ACTIVITY) {
        problem(place, null, "no further conditions: only lead activities have them");
        right = false;
      } else if (Operators.WITHOUT_FIELD.contains(where.operator()) || !where.where().isEmpty()) {
        problem(place, words(where), "a comparison of a field of the activity");
        right = false;
      } else {
        CheckedCriterion one = check(where, place, source);
        if (one == null) {
          right = false;
        } else {
          checked.add(one);
        }
      }
    }
    return right ? checked : null;
  }

  private @Nullable FieldAndType field(Criterion criterion, String at, CheckedSource source) {
    String key = criterion.field();
    if (key == null || key.isBlank()) {
      problem(at + ".field", key, "the key of a field");
      return null;
    }
    if (source.kind() == FactKind.WEBHOOK_RESPONSE) {
      return response(criterion, at, key);
    }
    EntityType entity =
        switch (source.kind()) {
          case CONTACT -> EntityType.CONTACT;
          case ACCOUNT -> EntityType.ACCOUNT;
          case OPPORTUNITY -> EntityType.OPPORTUNITY;
          case TRIGGERED_ACTIVITY, ACTIVITY -> EntityType.ACTIVITY;
          case TRIGGERED_TASK, CREATED_TASK -> EntityType.TASK;
          default -> EntityType.LEAD;
        };
    Optional<Field> field = schema.field(entity, key);
    if (entity == EntityType.ACTIVITY && field.isEmpty()) {
      String type = source.type() != null ? source.type() : criterion.activityType();
      if (type == null) {
        type = source.kind() == FactKind.TRIGGERED_ACTIVITY ? scope.activityType() : null;
      }
      field = type == null ? Optional.empty() : schema.activityField(type, key);
    }
    if (field.isEmpty()) {
      problem(at + ".field", key, "the key of a field of the " + entity.key());
      return null;
    }
    return new FieldAndType(field.get(), field.get().type());
  }

  private @Nullable FieldAndType response(Criterion criterion, String at, String key) {
    boolean number =
        switch (criterion.operator()) {
          case BETWEEN, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
          default -> false;
        };
    if (key.length() > 100) {
      problem(at + ".field", key, "a name of at most 100 characters");
      return null;
    }
    if (Operators.OF_EVENTS.contains(criterion.operator())) {
      problem(at + ".operator", words(criterion), "a comparison: an answer has no value before");
      return null;
    }
    FieldType type = number ? FieldType.DECIMAL : FieldType.TEXT;
    Field field =
        new Field(
            0,
            EntityType.LEAD,
            null,
            key,
            key,
            type,
            false,
            true,
            false,
            false,
            false,
            null,
            List.of(),
            null,
            null,
            Field.Limits.NONE);
    return new FieldAndType(field, type);
  }

  private @Nullable Comparison comparison(Criterion criterion, String at, Field field) {
    List<String> values = criterion.values();
    boolean ofPeriod =
        criterion.operator() == Operator.WITHIN_LAST
            || criterion.operator() == Operator.WITHIN_NEXT;
    if (ofPeriod && (criterion.within() == null || !period(criterion, at))) {
      if (criterion.within() == null) {
        problem(at + ".within", null, "a period such as 7 days");
      }
      return null;
    }
    try {
      if (ofPeriod && criterion.within() != null) {
        return OperandReader.read(
            field, criterion.operator(), List.of(relative(criterion.within())));
      }
      return OperandReader.readTexts(field, criterion.operator(), values);
    } catch (RefusedException refusal) {
      refusal
          .violations()
          .forEach(
              violation -> {
                boolean operator =
                    !Operators.ofConditions(field.type()).contains(criterion.operator());
                problem(
                    at + (operator ? ".operator" : ".values"),
                    violation.value(),
                    violation.expectation() + " for " + field.label());
              });
      return null;
    }
  }

  private static Operand relative(Criterion.Within within) {
    return new Operand.Relative(Operand.Anchor.NOW, within.amount(), within.unit());
  }

  private static String words(Criterion criterion) {
    return criterion.operator().words();
  }

  private static String name(Criterion.Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }

  private void problem(String field, @Nullable String value, String expectation) {
    problems.add(new Conditions.Problem(named.id(), field, value, expectation, 0));
  }
}
