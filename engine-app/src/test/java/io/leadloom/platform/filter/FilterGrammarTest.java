package io.leadloom.platform.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Filter.And;
import io.leadloom.platform.filter.Filter.Not;
import io.leadloom.platform.filter.Filter.Or;
import io.leadloom.platform.filter.Filter.Test;
import io.leadloom.platform.filter.Operand.Anchor;
import io.leadloom.platform.filter.Operand.Literal;
import io.leadloom.platform.filter.Operand.Relative;
import io.leadloom.platform.filter.Operand.Unit;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FilterGrammarTest {

  @Example
  void readsTheExampleOfTheDocumentation() {
    Filter filter =
        FilterGrammar.parse(
            "city = \"Bangalore\" AND (score >= 10 or createdAt within last 7 days) and not source in (\"Web\","
                + " \"Referral\") and has tag \"vip\"");

    assertThat(filter)
        .isEqualTo(
            new And(
                List.of(
                    test("city", Operator.EQUALS, new Literal("Bangalore")),
                    new Or(
                        List.of(
                            test("score", Operator.GREATER_OR_EQUAL, new Literal("10")),
                            test(
                                "createdAt",
                                Operator.WITHIN_LAST,
                                new Relative(Anchor.NOW, -7, Unit.DAYS)))),
                    new Not(
                        test("source", Operator.IN, new Literal("Web"), new Literal("Referral"))),
                    test("", Operator.HAS_TAG, new Literal("vip")))));
  }

  @Example
  void readsEveryOperator() {
    assertReads("a != 1", test("a", Operator.NOT_EQUALS, new Literal("1")));
    assertReads("a is not \"x\"", test("a", Operator.NOT_EQUALS, new Literal("x")));
    assertReads("a is true", test("a", Operator.EQUALS, new Literal("true")));
    assertReads("a not contains \"x\"", test("a", Operator.NOT_CONTAINS, new Literal("x")));
    assertReads("a starts with \"x\"", test("a", Operator.STARTS_WITH, new Literal("x")));
    assertReads(
        "a not in (1, -2.50)", test("a", Operator.NOT_IN, new Literal("1"), new Literal("-2.50")));
    assertReads(
        "a between 6 and 10 and b is empty",
        new And(
            List.of(
                test("a", Operator.BETWEEN, new Literal("6"), new Literal("10")),
                test("b", Operator.EMPTY))));
    assertReads("a is not empty", test("a", Operator.NOT_EMPTY));
    assertReads(
        "dueAt < now", test("dueAt", Operator.LESS, new Relative(Anchor.NOW, 0, Unit.MINUTES)));
    assertReads(
        "dueAt < now-2 hours",
        test("dueAt", Operator.LESS, new Relative(Anchor.NOW, -2, Unit.HOURS)));
    assertReads(
        "dueAt < now - 1 hour",
        test("dueAt", Operator.LESS, new Relative(Anchor.NOW, -1, Unit.HOURS)));
    assertReads(
        "a on today + 3 days", test("a", Operator.ON, new Relative(Anchor.TODAY, 3, Unit.DAYS)));
    assertReads("a on weekday Monday", test("a", Operator.ON_WEEKDAY, new Literal("monday")));
    assertReads(
        "a on weekday (monday, \"friday\")",
        test("a", Operator.ON_WEEKDAY, new Literal("monday"), new Literal("friday")));
    assertReads(
        "a within next 2 weeks",
        test("a", Operator.WITHIN_NEXT, new Relative(Anchor.NOW, 2, Unit.WEEKS)));
    assertReads("in list 12", test("", Operator.IN_LIST, new Literal("12")));
    assertReads("not in list 12", test("", Operator.NOT_IN_LIST, new Literal("12")));
    assertReads("not (in list 12)", new Not(test("", Operator.IN_LIST, new Literal("12"))));
    assertReads("has no tag \"x\"", test("", Operator.HAS_NO_TAG, new Literal("x")));
    assertReads(
        "has no activity \"call\"", test("", Operator.HAS_NO_ACTIVITY, new Literal("call")));
    assertReads(
        "has activity \"call\" within last 7 days",
        test(
            "",
            Operator.HAS_ACTIVITY,
            new Literal("call"),
            new Relative(Anchor.NOW, -7, Unit.DAYS)));
    assertReads("stage changed", test("stage", Operator.CHANGED));
    assertReads(
        "stage changed from \"a\" to \"b\"",
        test("stage", Operator.CHANGED_FROM, new Literal("a"), new Literal("b")));
    assertReads("stage changed to \"b\"", test("stage", Operator.CHANGED_TO, new Literal("b")));
    assertReads(
        "at = 2026-01-31T10:00:00+05:30",
        test("at", Operator.EQUALS, new Literal("2026-01-31T10:00:00+05:30")));
    assertReads("`in` = 1", test("in", Operator.EQUALS, new Literal("1")));
    assertReads(
        "contact.city = \"a\\\"\\\\\"",
        test("contact.city", Operator.EQUALS, new Literal("a\"\\")));
  }

  @Example
  void aBlankFilterMatchesEverything() {
    assertThat(FilterGrammar.parse("  ")).isEqualTo(Filter.ALL);
    assertThat(FilterGrammar.print(Filter.ALL)).isEmpty();
  }

  @Example
  void bindsNotTighterThanAndTighterThanOr() {
    Test a = test("a", Operator.EMPTY);
    Test b = test("b", Operator.EMPTY);
    Test c = test("c", Operator.EMPTY);
    assertReads(
        "not a is empty and b is empty or c is empty",
        new Or(List.of(new And(List.of(new Not(a), b)), c)));
  }

  @Example
  void errorsNamePositionTokenAndExpectation() {
    assertRefused("city ~ 5", "~", "position 6");
    assertRefused("city = Bangalore", "Bangalore", "position 8 a value");
    assertRefused("city = \"x\" score > 5", "score", "position 12 and, or or the end");
    assertRefused("(city = 1", "", "a closing parenthesis was expected instead of the end");
    assertRefused("city =", "", "position 7 a value");
    assertRefused("city = \"open", "\"open", "ends with a double quote");
    assertRefused("a within last x days", "x", "a whole number");
    assertRefused("a within last 999999 days", "999999", "a whole number");
    assertRefused("a within last 3 moons", "moons", "minutes, hours");
    assertRefused("has vip", "vip", "tag, no tag");
    assertRefused("city sounds \"x\"", "sounds", "an operator");
    assertRefused("and", "and", "the key of a field");
  }

  @Example
  void refusesWhatIsTooLargeWithoutEffort() {
    assertRefused("a".repeat(8_001), "aaaa", "at most 8000 characters");
    assertRefused("(".repeat(40) + "a is empty", "(((", "nested at most 32 deep");
    assertRefused("not ".repeat(400) + "a is empty", "not", "nested at most 32 deep");
    assertRefused("a is empty" + " or a is empty".repeat(200), "a is", "at most 200 comparisons");
  }

  @Property
  void whatIsPrintedReadsBackEqual(@ForAll("filters") Filter filter) {
    assertThat(FilterGrammar.parse(FilterGrammar.print(filter))).isEqualTo(filter);
  }

  @Property
  void garbageIsRefusedAndNothingElse(@ForAll String text) {
    readOrRefuse(text);
  }

  @Property(tries = 3_000)
  void shuffledTokensAreRefusedOrReadBackEqual(@ForAll("tokens") List<String> tokens) {
    readOrRefuse(String.join(" ", tokens));
  }

  private static void readOrRefuse(String text) {
    Filter filter;
    try {
      filter = FilterGrammar.parse(text);
    } catch (RefusedException refusal) {
      assertThat(refusal.violations()).hasSize(1);
      assertThat(refusal.violations().get(0).field()).isEqualTo("filter");
      return;
    }
    assertThat(FilterGrammar.parse(FilterGrammar.print(filter))).isEqualTo(filter);
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(
            "city",
            "score",
            "and",
            "or",
            "not",
            "(",
            ")",
            "=",
            ">=",
            "in",
            "list",
            "has",
            "tag",
            "activity",
            "no",
            "\"x\"",
            "12",
            "-3",
            "true",
            "now",
            "today",
            "+",
            "-",
            "days",
            "within",
            "last",
            "next",
            "between",
            "is",
            "empty",
            "changed",
            "from",
            "to",
            "on",
            "weekday",
            "monday",
            ",",
            "2026-01-31",
            "contains",
            "`has`")
        .list()
        .ofMaxSize(14);
  }

  @Provide
  Arbitrary<Filter> filters() {
    return nested(4);
  }

  private Arbitrary<Filter> nested(int levels) {
    if (levels == 0) {
      return tests();
    }
    Arbitrary<Filter> inner = nested(levels - 1);
    return Arbitraries.oneOf(
        List.of(
            inner,
            inner.map(Not::new),
            inner.list().ofMinSize(2).ofMaxSize(3).map(And::new),
            inner.list().ofMinSize(2).ofMaxSize(3).map(Or::new)));
  }

  private Arbitrary<Filter> tests() {
    Arbitrary<String> fields =
        Arbitraries.of(
            "city",
            "score",
            "createdAt",
            "contact.city",
            "in",
            "has",
            "Not",
            "größe",
            "my field",
            "between");
    Arbitrary<Operand> literals =
        Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.of(
                    "1",
                    "-2.5",
                    "true",
                    "FALSE",
                    "now",
                    "2026-01-31",
                    "2026-01-31T10:00Z",
                    "\"",
                    "\\",
                    ""))
            .map(Literal::new);
    Arbitrary<Operand> relatives =
        Combinators.combine(
                Arbitraries.of(Anchor.class),
                Arbitraries.longs().between(-99_999, 99_999),
                Arbitraries.of(Unit.class))
            .as(Relative::new);
    Arbitrary<Operand> values = Arbitraries.oneOf(literals, relatives);
    Arbitrary<Operand> periods =
        Combinators.combine(Arbitraries.longs().between(0, 99_999), Arbitraries.of(Unit.class))
            .as((amount, unit) -> new Relative(Anchor.NOW, amount, unit));
    Arbitrary<Operand> past = periods.map(p -> negate((Relative) p));
    Arbitrary<Filter> single =
        Combinators.combine(
                fields,
                Arbitraries.of(
                    Operator.EQUALS,
                    Operator.NOT_EQUALS,
                    Operator.CONTAINS,
                    Operator.NOT_CONTAINS,
                    Operator.STARTS_WITH,
                    Operator.ENDS_WITH,
                    Operator.GREATER,
                    Operator.GREATER_OR_EQUAL,
                    Operator.LESS,
                    Operator.LESS_OR_EQUAL,
                    Operator.BEFORE,
                    Operator.AFTER,
                    Operator.ON,
                    Operator.CHANGED_FROM,
                    Operator.CHANGED_TO),
                values)
            .as(FilterGrammarTest::test);
    Arbitrary<Filter> pair =
        Combinators.combine(
                fields, Arbitraries.of(Operator.BETWEEN, Operator.CHANGED_FROM), values, values)
            .as(FilterGrammarTest::test);
    Arbitrary<Filter> listed =
        Combinators.combine(
                fields,
                Arbitraries.of(Operator.IN, Operator.NOT_IN),
                values.list().ofMinSize(1).ofMaxSize(4))
            .as(Test::new);
    Arbitrary<Filter> none =
        Combinators.combine(
                fields, Arbitraries.of(Operator.EMPTY, Operator.NOT_EMPTY, Operator.CHANGED))
            .as(FilterGrammarTest::test);
    Arbitrary<Filter> days =
        Combinators.combine(
                fields,
                Arbitraries.of("monday", "sunday")
                    .map(day -> (Operand) new Literal(day))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3))
            .as((field, names) -> new Test(field, Operator.ON_WEEKDAY, names));
    Arbitrary<Filter> withinLast =
        Combinators.combine(fields, past).as((field, p) -> test(field, Operator.WITHIN_LAST, p));
    Arbitrary<Filter> withinNext =
        Combinators.combine(fields, periods).as((field, p) -> test(field, Operator.WITHIN_NEXT, p));
    Arbitrary<Filter> fieldless =
        Combinators.combine(
                Arbitraries.of(
                    Operator.HAS_TAG,
                    Operator.HAS_NO_TAG,
                    Operator.IN_LIST,
                    Operator.NOT_IN_LIST,
                    Operator.HAS_ACTIVITY,
                    Operator.HAS_NO_ACTIVITY),
                literals)
            .as((operator, value) -> test("", operator, value));
    Arbitrary<Filter> recent =
        Combinators.combine(literals, past)
            .as((value, p) -> test("", Operator.HAS_ACTIVITY, value, p));
    return Arbitraries.oneOf(
        List.of(single, pair, listed, none, days, withinLast, withinNext, fieldless, recent));
  }

  private static Operand negate(Relative relative) {
    return new Relative(relative.anchor(), -relative.amount(), relative.unit());
  }

  private static Test test(String field, Operator operator, Operand... operands) {
    return new Test(field, operator, Arrays.asList(operands));
  }

  private static void assertReads(String text, Filter expected) {
    assertThat(FilterGrammar.parse(text)).isEqualTo(expected);
    assertThat(FilterGrammar.parse(FilterGrammar.print(expected))).isEqualTo(expected);
  }

  private static void assertRefused(String text, String token, String expectation) {
    assertThatThrownBy(() -> FilterGrammar.parse(text))
        .asInstanceOf(type(RefusedException.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusedException.Reason.INVALID);
              Violation violation = refusal.violations().get(0);
              assertThat(violation.field()).isEqualTo("filter");
              assertThat(violation.value()).startsWith(token);
              assertThat(violation.expectation()).contains(expectation);
            });
  }
}
