package io.leadloom.record.match;

import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Comparison;
import io.leadloom.schema.Comparison.AnyOption;
import io.leadloom.schema.Comparison.DayRange;
import io.leadloom.schema.Comparison.Emptiness;
import io.leadloom.schema.Comparison.NumberRange;
import io.leadloom.schema.Comparison.OnWeekday;
import io.leadloom.schema.Comparison.OneOf;
import io.leadloom.schema.Comparison.TextPart;
import io.leadloom.schema.Comparison.TimeRange;
import io.leadloom.schema.Money;
import io.leadloom.schema.OperandReader;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The meaning of one comparison of one value: what {@code ComparisonSql} says, in memory. */
final class ValueTest {

  private ValueTest() {}

  /**
   * The test of a comparison.
   *
   * @param names of the choices of a classifying field: comparisons name what records keep of them
   */
  static Node of(String key, Comparison comparison, @Nullable ChoiceNames names, ZoneId zone) {
    if (comparison instanceof Emptiness emptiness) {
      return (facts, now) -> (facts.value(key) == null) == emptiness.empty();
    }
    if (comparison instanceof OneOf oneOf) {
      Set<Object> wanted = new HashSet<>(oneOf.values());
      if (names != null) {
        return guarded(
            key,
            oneOf.negated(),
            (value, facts) -> wanted.contains(facts.kept(key, (String) value, names)));
      }
      return guarded(
          key, oneOf.negated(), (value, facts) -> wanted.contains(plain(key, value, facts)));
    }
    if (comparison instanceof TextPart part) {
      return guarded(
          key, part.negated(), (value, facts) -> holds(part, (String) plain(key, value, facts)));
    }
    if (comparison instanceof AnyOption any) {
      Set<String> wanted = Set.copyOf(any.options());
      return guarded(
          key,
          any.negated(),
          (value, facts) ->
              ((List<?>) facts.folded(key, value)).stream().anyMatch(wanted::contains));
    }
    if (comparison instanceof NumberRange range) {
      return guarded(key, false, (value, facts) -> within(range, number(value)));
    }
    if (comparison instanceof TimeRange range) {
      return new TimeTest.Moments(key, range, zone);
    }
    if (comparison instanceof DayRange range) {
      return new TimeTest.Days(key, range, zone);
    }
    if (comparison instanceof OnWeekday weekdays) {
      return guarded(key, false, (value, facts) -> weekdays.days().contains(weekday(value, zone)));
    }
    throw new IllegalArgumentException("Not a comparison of searches: " + comparison);
  }

  /** A question about a value that is there. */
  private interface Question {
    boolean holds(Object value, Facts facts);
  }

  /** An empty value makes a positive comparison false and a negative one true. */
  private static Node guarded(String key, boolean negated, Question question) {
    return (facts, now) -> {
      Object value = facts.value(key);
      return value == null ? negated : question.holds(value, facts) != negated;
    };
  }

  /** The value in the form in which comparisons name theirs. */
  private static Object plain(String key, Object value, Facts facts) {
    if (value instanceof String) {
      return facts.folded(key, value);
    }
    if (value instanceof BigDecimal number) {
      return OperandReader.plain(number);
    }
    return value instanceof Money money ? OperandReader.plain(money.amount()) : value;
  }

  private static boolean holds(TextPart part, String text) {
    return switch (part.where()) {
      case START -> text.startsWith(part.text());
      case END -> text.endsWith(part.text());
      case ANYWHERE -> text.contains(part.text());
    };
  }

  private static BigDecimal number(Object value) {
    if (value instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    return value instanceof Money money ? money.amount() : (BigDecimal) value;
  }

  private static boolean within(NumberRange range, BigDecimal number) {
    return beyond(number, range.low(), range.lowIncluded())
        && beyond(range.high(), number, range.highIncluded());
  }

  /** Whether the one number is not below the other; an open end is never passed. */
  private static boolean beyond(
      @Nullable BigDecimal one, @Nullable BigDecimal other, boolean included) {
    if (one == null || other == null) {
      return true;
    }
    int order = one.compareTo(other);
    return included ? order >= 0 : order > 0;
  }

  private static @Nullable DayOfWeek weekday(Object value, ZoneId zone) {
    if (value instanceof LocalDate day) {
      return day.getDayOfWeek();
    }
    return value instanceof Instant at ? LocalDate.ofInstant(at, zone).getDayOfWeek() : null;
  }
}
