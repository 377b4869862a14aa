package io.leadloom.platform.filter;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The filter grammar of searches, lists and schedule triggers, as text:
 *
 * <pre>{@code
 * city = "Bangalore" and (score >= 10 or createdAt within last 7 days) and not source in ("Web", "Referral")
 *     and has tag "vip" and in list 12 and has activity "email-link-clicked" within last 2 weeks
 * }</pre>
 *
 * <p>Keywords ignore letter case; {@code not} binds tighter than {@code and}, {@code and} tighter than {@code or}. Values
 * are texts in double quotes (with {@code \"} and {@code \\}), bare numbers, {@code true}, {@code false}, ISO dates and
 * date-times, {@code now}, {@code today}, {@code now - 2 hours}, {@code today + 3 days}. A field whose key is a keyword is
 * written in back quotes.
 *
 * <p>How operators become {@link Filter.Test}s beyond the obvious: {@code within last 7 days} has the one operand {@code
 * Relative(NOW, -7, DAYS)} and {@code within next 7 days} has {@code Relative(NOW, 7, DAYS)}; {@code has activity "x"
 * within last 7 days} has the operands {@code Literal("x"), Relative(NOW, -7, DAYS)}; {@code changed from "a" to "b"} is
 * {@link Operator#CHANGED_FROM} with two operands; {@code now} is {@code Relative(NOW, 0, MINUTES)} and {@code today} is
 * {@code Relative(TODAY, 0, DAYS)}.
 */
public final class FilterGrammar {

  /** The longest filter, in characters. */
  public static final int MAX_LENGTH = 8_000;

  /** The most tests in one filter. */
  public static final int MAX_TESTS = 200;

  /** The deepest nesting of parentheses and {@code not}. */
  public static final int MAX_DEPTH = 32;

  private static final Pattern BARE_FIELD =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  private static final List<String> RESERVED = List.of("and", "or", "not", "has", "in");

  private FilterGrammar() {}

  /**
   * Reads a filter. A blank text is {@link Filter#ALL}.
   *
   * @throws io.leadloom.platform.RefusedException (INVALID) when the text is not a filter; its one violation has the
   *     field {@code filter}, the offending token and a sentence with the position and what was expected
   */
  public static Filter parse(String text) {
    return new FilterParser(text).parse();
  }

  /**
   * Writes a filter in canonical form: {@code parse(print(f))} equals {@code f} for every filter that {@link #parse}
   * returns. A conjunction or disjunction of one part is written as that part.
   *
   * @throws IllegalArgumentException for an empty disjunction or a nested empty conjunction, which have no text form
   */
  public static String print(Filter filter) {
    if (filter.equals(Filter.ALL)) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    print(filter, out);
    return out.toString();
  }

  private static void print(Filter filter, StringBuilder out) {
    if (filter instanceof Filter.And and) {
      printParts(and.parts(), " and ", out);
    } else if (filter instanceof Filter.Or or) {
      printParts(or.parts(), " or ", out);
    } else if (filter instanceof Filter.Not not) {
      boolean grouped =
          !(not.part() instanceof Filter.Not)
              && !(not.part() instanceof Filter.Test test && test.operator() != Operator.IN_LIST);
      out.append(grouped ? "not (" : "not ");
      print(not.part(), out);
      out.append(grouped ? ")" : "");
    } else {
      printTest((Filter.Test) filter, out);
    }
  }

  private static void printParts(List<Filter> parts, String joint, StringBuilder out) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("A group without parts has no text form");
    }
    if (parts.size() == 1) {
      print(parts.get(0), out);
      return;
    }
    String between = "";
    for (Filter part : parts) {
      out.append(between);
      between = joint;
      boolean grouped = part instanceof Filter.And || part instanceof Filter.Or;
      out.append(grouped ? "(" : "");
      print(part, out);
      out.append(grouped ? ")" : "");
    }
  }

  private static void printTest(Filter.Test test, StringBuilder out) {
    if (!test.field().isEmpty()) {
      printField(test.field(), out);
      out.append(' ');
    }
    out.append(test.operator().words());
    List<Operand> operands = test.operands();
    switch (test.operator()) {
      case IN, NOT_IN -> printList(operands, out);
      case ON_WEEKDAY -> {
        if (operands.size() == 1) {
          printOperand(operands.get(0), out.append(' '));
        } else {
          printList(operands, out);
        }
      }
      case BETWEEN -> {
        printOperand(operands.get(0), out.append(' '));
        printOperand(operands.get(1), out.append(" and "));
      }
      case WITHIN_LAST, WITHIN_NEXT -> printPeriod(operands.get(0), out);
      case HAS_ACTIVITY, HAS_NO_ACTIVITY -> {
        printOperand(operands.get(0), out.append(' '));
        if (operands.size() > 1) {
          out.append(" within last");
          printPeriod(operands.get(1), out);
        }
      }
      case CHANGED_FROM -> {
        printOperand(operands.get(0), out.append(' '));
        if (operands.size() > 1) {
          printOperand(operands.get(1), out.append(" to "));
        }
      }
      default -> operands.forEach(operand -> printOperand(operand, out.append(' ')));
    }
  }

  private static void printList(List<Operand> operands, StringBuilder out) {
    String between = " (";
    for (Operand operand : operands) {
      printOperand(operand, out.append(between));
      between = ", ";
    }
    out.append(')');
  }

  private static void printPeriod(Operand operand, StringBuilder out) {
    Operand.Relative relative = (Operand.Relative) operand;
    out.append(' ').append(Math.abs(relative.amount())).append(' ').append(unit(relative.unit()));
  }

  private static void printField(String field, StringBuilder out) {
    if (BARE_FIELD.matcher(field).matches() && !RESERVED.contains(field.toLowerCase(Locale.ROOT))) {
      out.append(field);
    } else {
      out.append('`').append(field).append('`');
    }
  }

  private static void printOperand(Operand operand, StringBuilder out) {
    if (operand instanceof Operand.Relative relative) {
      boolean now = relative.anchor() == Operand.Anchor.NOW;
      out.append(now ? "now" : "today");
      if (relative.amount() != 0
          || relative.unit() != (now ? Operand.Unit.MINUTES : Operand.Unit.DAYS)) {
        out.append(relative.amount() < 0 ? " - " : " + ").append(Math.abs(relative.amount()));
        out.append(' ').append(unit(relative.unit()));
      }
      return;
    }
    String text = ((Operand.Literal) operand).text();
    if (FilterLexer.isBareLiteral(text)) {
      out.append(text);
    } else {
      out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
  }

  private static String unit(Operand.Unit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }
}
