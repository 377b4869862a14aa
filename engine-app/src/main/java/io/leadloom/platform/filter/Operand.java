package io.leadloom.platform.filter;

/** A value in a filter, before the schema gives it a type. */
public sealed interface Operand {

  /** A literal as written: a number, a text, a date in ISO form, true, false. */
  record Literal(String text) implements Operand {}

  /**
   * A moment relative to the time of evaluation: {@code now}, {@code today}, {@code now - 2 hours}, or the N unit of
   * {@code within last 7 days}.
   *
   * @param anchor where to count from
   * @param amount how many units; negative is the past
   * @param unit the unit
   */
  record Relative(Anchor anchor, long amount, Unit unit) implements Operand {}

  /** Where a relative moment is counted from. */
  enum Anchor {
    NOW,
    /** The start of the current day in the account's time zone. */
    TODAY
  }

  /** Units of relative moments. */
  enum Unit {
    MINUTES,
    HOURS,
    DAYS,
    WEEKS,
    MONTHS,
    YEARS
  }
}
