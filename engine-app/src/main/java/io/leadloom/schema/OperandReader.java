package io.leadloom.schema;

import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.platform.filter.RelativeText;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the operands of a filter or condition, as written, into the type of the field, and the operator into its
 * meaning. Ends of ranges are included (AUT-036); a day without a time covers the whole day in the account's time zone
 * (AUT-D03).
 */
public final class OperandReader {

  /** The most values of {@code in} and {@code not in}. */
  public static final int MAX_VALUES = 1_000;

  private final Field field;
  private final Operator operator;

  private OperandReader(Field field, Operator operator) {
    this.field = field;
    this.operator = operator;
  }

  /**
   * Reads one test of a field.
   *
   * @throws RefusedException (INVALID) when the operator does not fit the field's type, or an operand is missing,
   *     superfluous or not of the type; the violation has the key of the field and the operand
   */
  public static Comparison read(Field field, Operator operator, List<Operand> operands) {
    return new OperandReader(field, operator).read(operands);
  }

  /** Reads a test whose operands are plain texts, among them {@code now}, {@code today} and {@code now - 2 hours}. */
  public static Comparison readTexts(Field field, Operator operator, List<String> texts) {
    boolean time = field.type() == FieldType.DATE || field.type() == FieldType.DATE_TIME;
    return read(
        field,
        operator,
        texts.stream().map(text -> time ? RelativeText.read(text) : literal(text)).toList());
  }

  private static Operand literal(String text) {
    return new Operand.Literal(text);
  }

  private Comparison read(List<Operand> operands) {
    if (!Operators.ofConditions(field.type()).contains(operator)) {
      throw refused(operator.words(), "an operator that fits the field: " + words());
    }
    switch (operator) {
      case EMPTY, NOT_EMPTY -> {
        count(operands, 0, 0, "no value");
        return new Comparison.Emptiness(operator == Operator.EMPTY);
      }
      case CHANGED -> {
        count(operands, 0, 0, "no value");
        return new Comparison.Changed(null, null);
      }
      case CHANGED_FROM -> {
        count(operands, 1, 2, "the value before, and possibly the value after");
        Comparison to = operands.size() == 2 ? equalTo(operands.get(1)) : null;
        return new Comparison.Changed(equalTo(operands.get(0)), to);
      }
      case CHANGED_TO -> {
        count(operands, 1, 1, "one value");
        return new Comparison.Changed(null, equalTo(operands.get(0)));
      }
      case ON_WEEKDAY -> {
        return weekdays(operands);
      }
      case BETWEEN -> count(operands, 2, 2, "a lower and an upper boundary");
      case IN, NOT_IN -> count(operands, 1, MAX_VALUES, "1 to " + MAX_VALUES + " values");
      default -> count(operands, 1, 1, "one value");
    }
    return switch (field.type()) {
      case TEXT, LONG_TEXT, EMAIL, PHONE, URL, DROPDOWN -> text(operands);
      case WHOLE_NUMBER, DECIMAL, MONEY, BOOLEAN, USER, RECORD_LINK -> number(operands);
      case MULTI_SELECT ->
          new Comparison.AnyOption(operands.stream().map(this::option).toList(), negated());
      case DATE -> days(operands);
      case DATE_TIME -> times(operands);
    };
  }

  private Comparison equalTo(Operand operand) {
    return read(field, Operator.EQUALS, List.of(operand));
  }

  private boolean negated() {
    return operator == Operator.NOT_EQUALS
        || operator == Operator.NOT_IN
        || operator == Operator.NOT_CONTAINS;
  }

  private Comparison text(List<Operand> operands) {
    ChoiceNames names = field.names();
    if (names != null) {
      List<String> texts = operands.stream().map(this::folded).toList();
      return names.comparison(operator, texts, negated(), this::notAnOption);
    }
    return switch (operator) {
      case CONTAINS, NOT_CONTAINS -> part(operands, Comparison.Where.ANYWHERE);
      case STARTS_WITH -> part(operands, Comparison.Where.START);
      case ENDS_WITH -> part(operands, Comparison.Where.END);
      default ->
          new Comparison.OneOf(
              List.copyOf(operands.stream().map(this::wholeText).toList()), negated());
    };
  }

  private Comparison part(List<Operand> operands, Comparison.Where where) {
    return new Comparison.TextPart(where, folded(operands.get(0)), negated());
  }

  private Object wholeText(Operand operand) {
    if (field.type() == FieldType.DROPDOWN) {
      return option(operand);
    }
    String text = folded(operand);
    return field.type() == FieldType.PHONE && text.startsWith("+")
        ? "+" + text.replaceAll("[^0-9]", "")
        : text;
  }

  private String option(Operand operand) {
    String wanted = folded(operand);
    if (field.options().stream().noneMatch(option -> wanted.equals(Folded.of(option)))) {
      throw notAnOption(shown(operand));
    }
    return wanted;
  }

  private RefusedException notAnOption(String text) {
    return refused(text, "one of the options " + shortened(field.options()));
  }

  private String folded(Operand operand) {
    String folded = operand instanceof Operand.Literal literal ? Folded.of(literal.text()) : null;
    if (folded == null) {
      throw refused(shown(operand), "a text with at least one visible character");
    }
    return folded;
  }

  private Comparison number(List<Operand> operands) {
    if (field.type() == FieldType.BOOLEAN) {
      return new Comparison.OneOf(List.of(truth(operands.get(0))), negated());
    }
    return switch (operator) {
      case BETWEEN -> {
        BigDecimal low = decimal(operands.get(0));
        BigDecimal high = decimal(operands.get(1));
        if (low.compareTo(high) > 0) {
          throw refused(
              shown(operands.get(1)),
              "an upper boundary that is not below " + shown(operands.get(0)));
        }
        yield new Comparison.NumberRange(low, true, high, true);
      }
      case GREATER -> new Comparison.NumberRange(decimal(operands.get(0)), false, null, false);
      case GREATER_OR_EQUAL ->
          new Comparison.NumberRange(decimal(operands.get(0)), true, null, false);
      case LESS -> new Comparison.NumberRange(null, false, decimal(operands.get(0)), false);
      case LESS_OR_EQUAL -> new Comparison.NumberRange(null, false, decimal(operands.get(0)), true);
      default -> new Comparison.OneOf(operands.stream().map(this::exactNumber).toList(), negated());
    };
  }

  private Object exactNumber(Operand operand) {
    BigDecimal number = decimal(operand);
    boolean decimals = field.type() == FieldType.DECIMAL || field.type() == FieldType.MONEY;
    return decimals ? (Object) number : (Object) number.longValueExact();
  }

  private BigDecimal decimal(Operand operand) {
    String expected =
        switch (field.type()) {
          case WHOLE_NUMBER -> "a whole number";
          case USER -> "the id of a user";
          case RECORD_LINK -> "the id of a record";
          case MONEY -> "an amount such as 12.50, without a currency";
          default -> "a number such as 12.5";
        };
    boolean decimals = field.type() == FieldType.DECIMAL || field.type() == FieldType.MONEY;
    String text = operand instanceof Operand.Literal literal ? literal.text().strip() : "";
    String form = decimals ? "[+-]?[0-9]{1,30}(\\.[0-9]{1,12})?" : "[+-]?[0-9]{1,18}";
    if (!text.matches(form)) {
      throw refused(shown(operand), expected);
    }
    return plain(new BigDecimal(text));
  }

  /** The form in which equal decimals are equal objects: without trailing zeros after the point. */
  public static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private Boolean truth(Operand operand) {
    String text = operand instanceof Operand.Literal literal ? literal.text().strip() : "";
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes")) {
      return true;
    }
    if (text.equalsIgnoreCase("false") || text.equalsIgnoreCase("no")) {
      return false;
    }
    throw refused(shown(operand), "true or false");
  }

  private Comparison weekdays(List<Operand> operands) {
    count(operands, 1, 7, "1 to 7 weekdays");
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Operand operand : operands) {
      try {
        days.add(
            DayOfWeek.valueOf(((Operand.Literal) operand).text().strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException | ClassCastException e) {
        throw refused(shown(operand), "a weekday from monday to sunday");
      }
    }
    return new Comparison.OnWeekday(days);
  }

  private Comparison days(List<Operand> operands) {
    Moment first = moment(operands.get(0));
    return switch (operator) {
      case BETWEEN -> new Comparison.DayRange(first, moment(operands.get(1)), 0, 0, false);
      case GREATER, AFTER -> new Comparison.DayRange(first, null, 1, 0, false);
      case GREATER_OR_EQUAL -> new Comparison.DayRange(first, null, 0, 0, false);
      case LESS, BEFORE -> new Comparison.DayRange(null, first, 0, -1, false);
      case LESS_OR_EQUAL -> new Comparison.DayRange(null, first, 0, 0, false);
      case WITHIN_LAST -> new Comparison.DayRange(period(operands.get(0)), now(), 0, 0, false);
      case WITHIN_NEXT -> new Comparison.DayRange(now(), period(operands.get(0)), 0, 0, false);
      default -> new Comparison.DayRange(first, first, 0, 0, negated());
    };
  }

  private Comparison times(List<Operand> operands) {
    Moment first = moment(operands.get(0));
    Moment end = endOfDay(first);
    return switch (operator) {
      case BETWEEN -> {
        Moment last = moment(operands.get(1));
        Moment lastEnd = endOfDay(last);
        yield new Comparison.TimeRange(
            first, true, lastEnd == null ? last : lastEnd, lastEnd == null, false);
      }
      case GREATER, AFTER ->
          new Comparison.TimeRange(end == null ? first : end, end != null, null, false, false);
      case GREATER_OR_EQUAL -> new Comparison.TimeRange(first, true, null, false, false);
      case LESS, BEFORE -> new Comparison.TimeRange(null, false, first, false, false);
      case LESS_OR_EQUAL ->
          new Comparison.TimeRange(null, false, end == null ? first : end, end == null, false);
      case WITHIN_LAST ->
          new Comparison.TimeRange(period(operands.get(0)), true, now(), true, false);
      case WITHIN_NEXT ->
          new Comparison.TimeRange(now(), true, period(operands.get(0)), true, false);
      case ON -> {
        if (end == null) {
          throw refused(shown(operands.get(0)), "a day such as 2026-01-31 or today");
        }
        yield new Comparison.TimeRange(first, true, end, false, false);
      }
      default ->
          new Comparison.TimeRange(first, true, end == null ? first : end, end == null, negated());
    };
  }

  private static Moment now() {
    return new Moment.FromNow(0, Operand.Unit.MINUTES);
  }

  private Moment period(Operand operand) {
    boolean last = operator == Operator.WITHIN_LAST;
    if (operand instanceof Operand.Relative relative && relative.anchor() == Operand.Anchor.NOW) {
      long amount = Math.abs(relative.amount());
      return new Moment.FromNow(last ? -amount : amount, relative.unit());
    }
    throw refused(shown(operand), "a period such as 7 days");
  }

  private static @Nullable Moment endOfDay(Moment moment) {
    if (moment instanceof Moment.Day day) {
      return new Moment.Day(day.on().plusDays(1));
    }
    if (moment instanceof Moment.FromToday today && isDays(today.unit())) {
      return new Moment.FromToday(today.amount(), today.unit(), 1);
    }
    return null;
  }

  private static boolean isDays(Operand.Unit unit) {
    return unit != Operand.Unit.MINUTES && unit != Operand.Unit.HOURS;
  }

  private Moment moment(Operand operand) {
    if (operand instanceof Operand.Relative relative) {
      return relative.anchor() == Operand.Anchor.NOW
          ? new Moment.FromNow(relative.amount(), relative.unit())
          : new Moment.FromToday(relative.amount(), relative.unit(), 0);
    }
    String text = ((Operand.Literal) operand).text().strip();
    boolean date = field.type() == FieldType.DATE;
    try {
      if (text.length() == 10) {
        return new Moment.Day(inReach(LocalDate.parse(text)));
      }
      if (!date && text.matches(".*(Z|[+-]\\d{2}:\\d{2})")) {
        Instant at = OffsetDateTime.parse(text).toInstant();
        inReach(LocalDate.ofInstant(at, java.time.ZoneOffset.UTC));
        return new Moment.Exact(at);
      }
      if (!date) {
        LocalDateTime at = LocalDateTime.parse(text);
        inReach(at.toLocalDate());
        return new Moment.Local(at);
      }
    } catch (DateTimeParseException e) {
      throw refused(text, expectedTime(date));
    }
    throw refused(text, expectedTime(date));
  }

  private LocalDate inReach(LocalDate date) {
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw refused(date.toString(), "a year from 1 to 9999");
    }
    return date;
  }

  private static String expectedTime(boolean date) {
    return date
        ? "a date such as 2026-01-31, or today"
        : "a date-time such as 2026-01-31T09:00, a date such as 2026-01-31, now or today";
  }

  private void count(List<Operand> operands, int least, int most, String expected) {
    if (operands.size() < least || operands.size() > most) {
      List<String> shown = new ArrayList<>();
      operands.forEach(operand -> shown.add(shown(operand)));
      throw refused(
          shown.isEmpty() ? null : shortened(shown), expected + " for '" + operator.words() + "'");
    }
  }

  private static String shown(Operand operand) {
    if (operand instanceof Operand.Literal literal) {
      return literal.text();
    }
    Operand.Relative relative = (Operand.Relative) operand;
    String anchor = relative.anchor().name().toLowerCase(Locale.ROOT);
    String unit = relative.unit().name().toLowerCase(Locale.ROOT);
    return relative.amount() == 0
        ? anchor
        : anchor
            + (relative.amount() < 0 ? " - " : " + ")
            + Math.abs(relative.amount())
            + " "
            + unit;
  }

  private static String shortened(List<String> texts) {
    String joined = String.join(", ", texts.subList(0, Math.min(texts.size(), 10)));
    return texts.size() > 10 ? joined + ", …" : joined;
  }

  private String words() {
    return String.join(
        ", ", Operators.ofConditions(field.type()).stream().map(Operator::words).toList());
  }

  private RefusedException refused(@Nullable String value, String expectation) {
    return RefusedException.invalid(
        "The comparison of " + field.label() + " cannot be read",
        Violation.of(field.key(), value, expectation));
  }
}
