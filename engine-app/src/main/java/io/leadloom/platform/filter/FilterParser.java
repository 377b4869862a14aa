package io.leadloom.platform.filter;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.FilterLexer.Kind;
import io.leadloom.platform.filter.FilterLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recursive descent over the tokens of one filter. */
final class FilterParser {

  private static final String NAME = "filter";
  private static final String VALUE =
      "a value (a text in double quotes, a number, true, false, a date such as 2026-01-31, now or today)";
  private static final Map<String, Operator> SYMBOLS =
      Map.of(
          "=", Operator.EQUALS,
          "!=", Operator.NOT_EQUALS,
          "<>", Operator.NOT_EQUALS,
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL,
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL);
  private static final List<String> WEEKDAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int tests;

  FilterParser(String text) {
    this.text = text;
    this.tokens = FilterLexer.tokens(text, NAME, FilterGrammar.MAX_LENGTH);
  }

  Filter parse() {
    if (peek().kind() == Kind.END) {
      return Filter.ALL;
    }
    Filter filter = or(0);
    if (peek().kind() != Kind.END) {
      throw expected("and, or or the end of the filter");
    }
    return filter;
  }

  private Filter or(int depth) {
    List<Filter> parts = new ArrayList<>();
    do {
      parts.add(and(depth));
    } while (accept("or"));
    return parts.size() == 1 ? parts.get(0) : new Filter.Or(parts);
  }

  private Filter and(int depth) {
    List<Filter> parts = new ArrayList<>();
    do {
      parts.add(unary(depth));
    } while (accept("and"));
    return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
  }

  private Filter unary(int depth) {
    if (depth > FilterGrammar.MAX_DEPTH) {
      throw tooMuch("nested at most " + FilterGrammar.MAX_DEPTH + " deep");
    }
    if (peek().is("not") && !(ahead(1).is("in") && ahead(2).is("list"))) {
      next++;
      return new Filter.Not(unary(depth + 1));
    }
    if (peek().isSymbol("(")) {
      next++;
      Filter inner = or(depth + 1);
      closeParenthesis();
      return inner;
    }
    if (++tests > FilterGrammar.MAX_TESTS) {
      throw tooMuch("at most " + FilterGrammar.MAX_TESTS + " comparisons");
    }
    return test();
  }

  private Filter test() {
    if (accept("has")) {
      boolean no = accept("no");
      if (accept("tag")) {
        return new Filter.Test(
            "", no ? Operator.HAS_NO_TAG : Operator.HAS_TAG, List.of(literal("a tag name")));
      }
      if (accept("activity")) {
        return activity(no ? Operator.HAS_NO_ACTIVITY : Operator.HAS_ACTIVITY);
      }
      throw expected(no ? "tag or activity" : "tag, no tag, activity or no activity");
    }
    boolean not = accept("not");
    if (accept("in")) {
      if (!accept("list")) {
        throw expected("list and the id of a list");
      }
      return new Filter.Test(
          "", not ? Operator.NOT_IN_LIST : Operator.IN_LIST, List.of(literal("the id of a list")));
    }
    Token field = peek();
    boolean keyword = field.is("and") || field.is("or");
    if ((field.kind() != Kind.WORD || keyword) && field.kind() != Kind.QUOTED_FIELD) {
      throw expected("the key of a field, has, in list, not or an opening parenthesis");
    }
    next++;
    return comparison(field.text());
  }

  private Filter activity(Operator operator) {
    List<Operand> operands = new ArrayList<>();
    operands.add(literal("the key of an activity type in double quotes"));
    if (accept("within")) {
      if (!accept("last")) {
        throw expected("last");
      }
      operands.add(period(-1));
    }
    return new Filter.Test("", operator, operands);
  }

  private Filter comparison(String field) {
    Token token = peek();
    if (token.kind() == Kind.SYMBOL && SYMBOLS.containsKey(token.text())) {
      next++;
      return new Filter.Test(field, SYMBOLS.get(token.text()), List.of(value()));
    }
    if (token.kind() != Kind.WORD) {
      throw noOperator();
    }
    next++;
    return switch (token.text().toLowerCase(Locale.ROOT)) {
      case "is" -> is(field);
      case "not" -> {
        if (accept("in")) {
          yield new Filter.Test(field, Operator.NOT_IN, list());
        }
        if (accept("contains")) {
          yield new Filter.Test(field, Operator.NOT_CONTAINS, List.of(value()));
        }
        throw expected("in or contains");
      }
      case "contains" -> new Filter.Test(field, Operator.CONTAINS, List.of(value()));
      case "starts" -> with(field, Operator.STARTS_WITH);
      case "ends" -> with(field, Operator.ENDS_WITH);
      case "in" -> new Filter.Test(field, Operator.IN, list());
      case "between" -> {
        Operand low = value();
        if (!accept("and")) {
          throw expected("and, followed by the upper boundary,");
        }
        yield new Filter.Test(field, Operator.BETWEEN, List.of(low, value()));
      }
      case "before" -> new Filter.Test(field, Operator.BEFORE, List.of(value()));
      case "after" -> new Filter.Test(field, Operator.AFTER, List.of(value()));
      case "on" ->
          accept("weekday")
              ? new Filter.Test(field, Operator.ON_WEEKDAY, weekdays())
              : new Filter.Test(field, Operator.ON, List.of(value()));
      case "within" -> {
        boolean last = accept("last");
        if (!last && !accept("next")) {
          throw expected("last or next");
        }
        yield new Filter.Test(
            field,
            last ? Operator.WITHIN_LAST : Operator.WITHIN_NEXT,
            List.of(period(last ? -1 : 1)));
      }
      case "changed" -> changed(field);
      default -> {
        next--;
        throw noOperator();
      }
    };
  }

  private Filter is(String field) {
    boolean not = accept("not");
    if (accept("empty")) {
      return new Filter.Test(field, not ? Operator.NOT_EMPTY : Operator.EMPTY, List.of());
    }
    return new Filter.Test(field, not ? Operator.NOT_EQUALS : Operator.EQUALS, List.of(value()));
  }

  private Filter with(String field, Operator operator) {
    if (!accept("with")) {
      throw expected("with");
    }
    return new Filter.Test(field, operator, List.of(value()));
  }

  private Filter changed(String field) {
    if (accept("from")) {
      Operand from = value();
      return new Filter.Test(
          field, Operator.CHANGED_FROM, accept("to") ? List.of(from, value()) : List.of(from));
    }
    if (accept("to")) {
      return new Filter.Test(field, Operator.CHANGED_TO, List.of(value()));
    }
    return new Filter.Test(field, Operator.CHANGED, List.of());
  }

  private List<Operand> list() {
    if (!peek().isSymbol("(")) {
      throw expected("a list of values in parentheses");
    }
    next++;
    List<Operand> values = new ArrayList<>();
    do {
      values.add(value());
    } while (acceptSymbol(","));
    closeParenthesis();
    return values;
  }

  private List<Operand> weekdays() {
    if (!acceptSymbol("(")) {
      return List.of(weekday());
    }
    List<Operand> days = new ArrayList<>();
    do {
      days.add(weekday());
    } while (acceptSymbol(","));
    closeParenthesis();
    return days;
  }

  private Operand weekday() {
    Token token = peek();
    String day = token.text().toLowerCase(Locale.ROOT);
    if ((token.kind() != Kind.WORD && token.kind() != Kind.TEXT) || !WEEKDAYS.contains(day)) {
      throw expected("a weekday from monday to sunday");
    }
    next++;
    return new Operand.Literal(day);
  }

  private Operand literal(String what) {
    Token token = peek();
    boolean bareWord = token.is("true") || token.is("false");
    if (token.kind() != Kind.TEXT && token.kind() != Kind.LITERAL && !bareWord) {
      throw expected(what);
    }
    next++;
    return new Operand.Literal(token.text());
  }

  private Operand value() {
    Token token = peek();
    if (token.kind() == Kind.TEXT || token.kind() == Kind.LITERAL) {
      next++;
      return new Operand.Literal(token.text());
    }
    if (token.is("true") || token.is("false")) {
      next++;
      return new Operand.Literal(token.text().toLowerCase(Locale.ROOT));
    }
    if (token.is("now")) {
      next++;
      return relative(Operand.Anchor.NOW, Operand.Unit.MINUTES);
    }
    if (token.is("today")) {
      next++;
      return relative(Operand.Anchor.TODAY, Operand.Unit.DAYS);
    }
    throw expected(VALUE);
  }

  private Operand relative(Operand.Anchor anchor, Operand.Unit unitOfZero) {
    Token token = peek();
    if (token.kind() == Kind.LITERAL && token.text().startsWith("-")) {
      next++;
      return new Operand.Relative(anchor, -amount(token, token.text().substring(1)), unit());
    }
    if (token.isSymbol("+") || token.isSymbol("-")) {
      next++;
      Token number = peek();
      next++;
      long amount = amount(number, number.text());
      return new Operand.Relative(anchor, token.isSymbol("-") ? -amount : amount, unit());
    }
    return new Operand.Relative(anchor, 0, unitOfZero);
  }

  private Operand period(int sign) {
    Token number = peek();
    next++;
    long amount = amount(number, number.text());
    return new Operand.Relative(Operand.Anchor.NOW, sign * amount, unit());
  }

  private static long amount(Token token, String digits) {
    if (token.kind() != Kind.LITERAL
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw FilterLexer.refusal(NAME, token, "a whole number from 0 to 99999");
    }
    return Long.parseLong(digits);
  }

  private Operand.Unit unit() {
    Token token = peek();
    if (token.kind() == Kind.WORD) {
      String word = token.text().toUpperCase(Locale.ROOT);
      for (Operand.Unit unit : Operand.Unit.values()) {
        if (unit.name().equals(word) || unit.name().equals(word + "S")) {
          next++;
          return unit;
        }
      }
    }
    throw expected("minutes, hours, days, weeks, months or years");
  }

  private void closeParenthesis() {
    if (!acceptSymbol(")")) {
      throw expected("a closing parenthesis");
    }
  }

  private Token peek() {
    return ahead(0);
  }

  private Token ahead(int count) {
    return tokens.get(Math.min(next + count, tokens.size() - 1));
  }

  private boolean accept(String keyword) {
    boolean found = peek().is(keyword);
    next += found ? 1 : 0;
    return found;
  }

  private boolean acceptSymbol(String symbol) {
    boolean found = peek().isSymbol(symbol);
    next += found ? 1 : 0;
    return found;
  }

  private RefusedException expected(String what) {
    return FilterLexer.refusal(NAME, peek(), what);
  }

  private RefusedException noOperator() {
    return expected(
        "an operator (=, !=, <, <=, >, >=, contains, not contains, starts with, ends with, in, not in, between,"
            + " is empty, is not empty, before, after, on, within last, within next, on weekday, changed)");
  }

  private RefusedException tooMuch(String limit) {
    return RefusedException.invalid("The filter is too large", Violation.of(NAME, text, limit));
  }
}
