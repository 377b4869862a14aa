package io.leadloom.decision;

import io.leadloom.decision.FactModel.Time;
import io.leadloom.decision.Property.Aspect;
import io.leadloom.decision.rulebase.DrlText;
import io.leadloom.platform.Folded;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.schema.Comparison;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Moment;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one checked criterion as a DRL constraint. */
final class CriterionWriter {

  /** Stands before every property; becomes nothing inside the fact's own pattern and a variable elsewhere. */
  private static final String OWNER = "\u0001";

  /**
   * A criterion in DRL.
   *
   * @param kind the fact it looks at
   * @param text the constraint; of activities the constraints of the one activity that is looked for
   * @param exists for activities: whether one must exist or must not
   */
  record Written(FactKind kind, @Nullable String card, String text, boolean exists) {

    boolean ofActivities() {
      return kind == FactKind.ACTIVITY;
    }

    /** The constraint inside the pattern of its own fact. */
    String inside() {
      return text.replace(OWNER, "");
    }

    /** The constraint where the fact is bound to the variable. */
    String of(String variable) {
      return text.replace(OWNER, variable + ".");
    }
  }

  private final FactModel model;
  private final Uses uses;
  private final Set<Time> times = new LinkedHashSet<>();

  CriterionWriter(FactModel model, Uses uses) {
    this.model = model;
    this.uses = uses;
  }

  /** The moments that the written criteria compare with. */
  Set<Time> times() {
    return times;
  }

  Written write(CheckedCriterion criterion) {
    FactKind kind = criterion.kind();
    String card = criterion.criterion().card();
    if (card == null) {
      model.use(kind);
    } else {
      model.use(kind, card);
    }
    if (kind == FactKind.ACTIVITY) {
      return activities(criterion);
    }
    String text =
        switch (criterion.criterion().operator()) {
          case HAS_TAG, HAS_NO_TAG -> tag(criterion.criterion());
          case IN_LIST, NOT_IN_LIST -> list(criterion.criterion());
          default -> compared(kind, card, criterion);
        };
    if (kind == FactKind.TRIGGERED_ACTIVITY && criterion.criterion().activityType() != null) {
      Property type = property(kind, card, "type", Aspect.FOLDED, FieldType.TEXT);
      text =
          "("
              + OWNER
              + type.name()
              + " == "
              + DrlText.quoted(folded(criterion.criterion().activityType()))
              + " && "
              + text
              + ")";
    }
    return new Written(kind, card, text, true);
  }

  private Written activities(CheckedCriterion checked) {
    Criterion criterion = checked.criterion();
    StringBuilder text = new StringBuilder("run == $run");
    if (checked.activityType() != null) {
      text.append(", type == ").append(DrlText.quoted(checked.activityType()));
    }
    if (criterion.within() != null) {
      text.append(", ")
          .append(since(criterion.within()))
          .append(", at <= ")
          .append(variable(now()));
    }
    if (checked.comparison() != null) {
      text.append(", ").append(compared(FactKind.ACTIVITY, null, checked));
    }
    for (CheckedCriterion where : checked.where()) {
      text.append(", ").append(compared(FactKind.ACTIVITY, null, where));
    }
    uses.activities(checked.neededTypes(), checked.activityType(), Uses.days(criterion.within()));
    boolean exists = criterion.operator() != Operator.HAS_NO_ACTIVITY;
    return new Written(FactKind.ACTIVITY, null, text.toString(), exists);
  }

  private String since(Criterion.Within within) {
    return "at >= " + variable(time(new Moment.FromNow(-within.amount(), within.unit()), false, 0));
  }

  private Time now() {
    return time(new Moment.FromNow(0, Operand.Unit.MINUTES), false, 0);
  }

  private String tag(Criterion criterion) {
    Property tags = property(FactKind.LEAD, null, "#tags", Aspect.TAGS, FieldType.MULTI_SELECT);
    boolean has = criterion.operator() == Operator.HAS_TAG;
    return anyOf(
        OWNER + tags.name(),
        criterion.values().stream().map(v -> DrlText.quoted(folded(v))).toList(),
        has);
  }

  private String list(Criterion criterion) {
    Property lists = property(FactKind.LEAD, null, "#lists", Aspect.LISTS, FieldType.MULTI_SELECT);
    boolean on = criterion.operator() == Operator.IN_LIST;
    return anyOf(
        OWNER + lists.name(), criterion.values().stream().map(v -> v.strip() + "L").toList(), on);
  }

  private static String anyOf(String collection, List<String> literals, boolean wanted) {
    return literals.stream()
        .map(literal -> collection + (wanted ? " contains " : " not contains ") + literal)
        .collect(Collectors.joining(wanted ? " || " : " && ", "(", ")"));
  }

  private String compared(FactKind kind, @Nullable String card, CheckedCriterion checked) {
    if (kind == FactKind.WEBHOOK_RESPONSE) {
      boolean number = checked.comparison() instanceof Comparison.NumberRange;
      Aspect aspect = number ? Aspect.NUMBER : Aspect.FOLDED;
      Property property = property(kind, card, checked.key(), aspect, FieldType.TEXT);
      return text(OWNER + property.name(), checked.comparison(), FieldType.DECIMAL);
    }
    Comparison comparison = checked.comparison();
    FieldType type = checked.type();
    String key = checked.key();
    if (comparison instanceof Comparison.OnWeekday weekday) {
      String days =
          weekday.days().stream()
              .sorted()
              .map(d -> DrlText.quoted(d.name()))
              .collect(Collectors.joining(", "));
      return OWNER + property(kind, card, key, Aspect.WEEKDAY, type).name() + " in (" + days + ")";
    }
    if (comparison instanceof Comparison.Changed changed) {
      StringBuilder text = new StringBuilder("(");
      text.append(OWNER)
          .append(property(kind, card, key, Aspect.CHANGED, FieldType.BOOLEAN).name())
          .append(" == true");
      if (changed.from() != null) {
        Property before = property(kind, card, key, Aspect.BEFORE, type);
        text.append(" && ").append(text(OWNER + before.name(), changed.from(), type));
      }
      if (changed.to() != null) {
        Property after = property(kind, card, key, Aspect.AFTER, type);
        text.append(" && ").append(text(OWNER + after.name(), changed.to(), type));
      }
      return text.append(')').toString();
    }
    boolean folds =
        switch (type) {
          case TEXT, LONG_TEXT, EMAIL, PHONE, URL, DROPDOWN -> true;
          case MULTI_SELECT -> !(comparison instanceof Comparison.Emptiness);
          default -> false;
        };
    Property property = property(kind, card, key, folds ? Aspect.FOLDED : Aspect.VALUE, type);
    return text(OWNER + property.name(), comparison, type);
  }

  private String text(String p, @Nullable Comparison comparison, FieldType type) {
    if (comparison instanceof Comparison.Emptiness emptiness) {
      return p + (emptiness.empty() ? " == null" : " != null");
    }
    if (comparison instanceof Comparison.OneOf oneOf) {
      List<String> literals = oneOf.values().stream().map(DrlText::literal).toList();
      return literals.size() == 1
          ? p + (oneOf.negated() ? " != " : " == ") + literals.get(0)
          : p + (oneOf.negated() ? " not in (" : " in (") + String.join(", ", literals) + ")";
    }
    if (comparison instanceof Comparison.TextPart part) {
      if (part.where() == Comparison.Where.ANYWHERE) {
        return p + (part.negated() ? " not contains " : " contains ") + DrlText.quoted(part.text());
      }
      String method = part.where() == Comparison.Where.START ? ".startsWith(" : ".endsWith(";
      return "(" + p + " != null && " + p + method + DrlText.quoted(part.text()) + "))";
    }
    if (comparison instanceof Comparison.AnyOption any) {
      return anyOf(p, any.options().stream().map(DrlText::quoted).toList(), !any.negated());
    }
    if (comparison instanceof Comparison.NumberRange range) {
      String low =
          range.low() == null
              ? null
              : (range.lowIncluded() ? " >= " : " > ") + number(range.low(), type);
      String high =
          range.high() == null
              ? null
              : (range.highIncluded() ? " <= " : " < ") + number(range.high(), type);
      return between(p, low, high, false);
    }
    if (comparison instanceof Comparison.TimeRange range) {
      String from =
          range.from() == null
              ? null
              : (range.fromIncluded() ? " >= " : " > ") + variable(time(range.from(), false, 0));
      String until =
          range.until() == null
              ? null
              : (range.untilIncluded() ? " <= " : " < ") + variable(time(range.until(), false, 0));
      return between(p, from, until, range.negated());
    }
    if (comparison instanceof Comparison.DayRange range) {
      String from =
          range.from() == null
              ? null
              : " >= " + variable(time(range.from(), true, range.fromShift()));
      String until =
          range.until() == null
              ? null
              : " <= " + variable(time(range.until(), true, range.untilShift()));
      return between(p, from, until, range.negated());
    }
    throw new IllegalStateException("No rule text for " + comparison);
  }

  private static String number(BigDecimal number, FieldType type) {
    return type == FieldType.WHOLE_NUMBER
        ? number.toPlainString() + "L"
        : number.toPlainString() + "B";
  }

  private static String between(
      String p, @Nullable String low, @Nullable String high, boolean negated) {
    String range =
        p
            + " != null"
            + (low == null ? "" : " && " + p + low)
            + (high == null ? "" : " && " + p + high);
    return negated ? "!(" + range + ")" : "(" + range + ")";
  }

  private Property property(
      FactKind kind, @Nullable String card, String key, Aspect aspect, FieldType type) {
    Property property = model.property(kind, key, aspect, type);
    uses.field(kind, card, property);
    return property;
  }

  private Time time(Moment moment, boolean day, int shift) {
    Time time = model.time(moment, day, shift);
    times.add(time);
    return time;
  }

  private static String variable(Time time) {
    return "$" + time.name();
  }

  private static String folded(@Nullable String text) {
    String folded = Folded.of(text);
    return folded == null ? "" : folded;
  }
}
