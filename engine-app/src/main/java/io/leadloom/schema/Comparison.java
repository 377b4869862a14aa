package io.leadloom.schema;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a test asks of a field, with its operands in the field's type: the one meaning that searches (as SQL) and
 * conditions (as rules) share. A {@code negated} comparison is true for an empty value, every other one is false for it,
 * {@link Emptiness} excepted (AUT-D02).
 */
public sealed interface Comparison {

  /** Whether there is no value. A text without visible characters and a list without entries are empty. */
  record Emptiness(boolean empty) implements Comparison {}

  /**
   * The value is one of these (one for equals).
   *
   * @param values texts folded, whole numbers and links as {@code Long}, decimals and amounts of money as {@code
   *     BigDecimal} without trailing zeros, {@code Boolean}
   */
  record OneOf(List<Object> values, boolean negated) implements Comparison {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /**
   * A part of the text.
   *
   * @param text folded
   * @param negated only with {@link Where#ANYWHERE}
   */
  record TextPart(Where where, String text, boolean negated) implements Comparison {}

  /** Where a part of a text is looked for. */
  enum Where {
    START,
    END,
    ANYWHERE
  }

  /**
   * At least one of the chosen options of a multi-select field is one of these.
   *
   * @param options folded
   */
  record AnyOption(List<String> options, boolean negated) implements Comparison {
    public AnyOption {
      options = List.copyOf(options);
    }
  }

  /** A number, or amount of money, in a range; a null end is open. */
  record NumberRange(
      @Nullable BigDecimal low,
      boolean lowIncluded,
      @Nullable BigDecimal high,
      boolean highIncluded)
      implements Comparison {}

  /**
   * A date-time in a range; a null end is open. Resolve the ends with {@link Moment#instant}.
   *
   * @param negated true for "is not on this day"
   */
  record TimeRange(
      @Nullable Moment from,
      boolean fromIncluded,
      @Nullable Moment until,
      boolean untilIncluded,
      boolean negated)
      implements Comparison {}

  /**
   * A date in a range of days, both ends included; a null end is open.
   *
   * @param fromShift days to add to the first day: 1 for "after this day"
   * @param untilShift days to add to the last day: -1 for "before this day"
   */
  record DayRange(
      @Nullable Moment from, @Nullable Moment until, int fromShift, int untilShift, boolean negated)
      implements Comparison {

    /** The first day of the range; null when it is open. */
    public @Nullable LocalDate first(Instant now, ZoneId zone) {
      return from == null ? null : from.day(now, zone).plusDays(fromShift);
    }

    /** The last day of the range; null when it is open. */
    public @Nullable LocalDate last(Instant now, ZoneId zone) {
      return until == null ? null : until.day(now, zone).plusDays(untilShift);
    }
  }

  /** The date, or the date-time in the account's time zone, falls on one of these weekdays. */
  record OnWeekday(Set<DayOfWeek> days) implements Comparison {
    public OnWeekday {
      days = Set.copyOf(days);
    }
  }

  /** The field changed in the event at hand; a null part is not looked at. */
  record Changed(@Nullable Comparison from, @Nullable Comparison to) implements Comparison {}
}
