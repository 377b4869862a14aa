package io.leadloom.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.Operator;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperandReaderTest {

  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
  private static final Instant NOW = Instant.parse("2026-03-10T20:00:00Z");

  @Test
  void textsAreFoldedAndNumbersLoseTrailingZeros() {
    assertThat(read(FieldType.TEXT, Operator.EQUALS, " BangaLore "))
        .isEqualTo(new Comparison.OneOf(List.of("bangalore"), false));
    assertThat(read(FieldType.DECIMAL, Operator.NOT_EQUALS, "12.500"))
        .isEqualTo(new Comparison.OneOf(List.of(new BigDecimal("12.5")), true));
    assertThat(read(FieldType.MONEY, Operator.EQUALS, "100.00"))
        .isEqualTo(new Comparison.OneOf(List.of(new BigDecimal("100")), false));
    assertThat(read(FieldType.WHOLE_NUMBER, Operator.IN, "5", "-7"))
        .isEqualTo(new Comparison.OneOf(List.of(5L, -7L), false));
    assertThat(read(FieldType.DROPDOWN, Operator.EQUALS, "HOT"))
        .isEqualTo(new Comparison.OneOf(List.of("hot"), false));
    assertThat(read(FieldType.PHONE, Operator.EQUALS, "+91 80-1234 567"))
        .isEqualTo(new Comparison.OneOf(List.of("+91801234567"), false));
    assertThat(read(FieldType.BOOLEAN, Operator.EQUALS, "Yes"))
        .isEqualTo(new Comparison.OneOf(List.of(true), false));
  }

  @Test
  void AUT_036_betweenIncludesBothBoundaries() {
    assertThat(read(FieldType.WHOLE_NUMBER, Operator.BETWEEN, "6", "10"))
        .isEqualTo(
            new Comparison.NumberRange(new BigDecimal("6"), true, new BigDecimal("10"), true));
  }

  @Test
  void AUT_D03_aDayWithoutATimeCoversTheWholeDayInTheAccountsZone() {
    Comparison.TimeRange range =
        (Comparison.TimeRange)
            read(FieldType.DATE_TIME, Operator.BETWEEN, "2026-03-01", "2026-03-02");

    assertThat(range.from().instant(NOW, KOLKATA)).isEqualTo("2026-02-28T18:30:00Z");
    assertThat(range.until().instant(NOW, KOLKATA)).isEqualTo("2026-03-02T18:30:00Z");
    assertThat(range.fromIncluded()).isTrue();
    assertThat(range.untilIncluded()).isFalse();

    Comparison.TimeRange later =
        (Comparison.TimeRange) read(FieldType.DATE_TIME, Operator.AFTER, "2026-03-01");
    assertThat(later.from().instant(NOW, KOLKATA)).isEqualTo("2026-03-01T18:30:00Z");
    assertThat(later.fromIncluded()).isTrue();
  }

  @Test
  void relativeMomentsAreCountedInTheAccountsZone() {
    Comparison.TimeRange today =
        (Comparison.TimeRange) read(FieldType.DATE_TIME, Operator.EQUALS, "today");
    assertThat(today.from().instant(NOW, KOLKATA)).isEqualTo("2026-03-10T18:30:00Z");
    assertThat(today.until().instant(NOW, KOLKATA)).isEqualTo("2026-03-11T18:30:00Z");

    Comparison.TimeRange recent =
        (Comparison.TimeRange) read(FieldType.DATE_TIME, Operator.GREATER, "now - 2 hours");
    assertThat(recent.from().instant(NOW, KOLKATA)).isEqualTo("2026-03-10T18:00:00Z");

    Comparison.DayRange before =
        (Comparison.DayRange) read(FieldType.DATE, Operator.BEFORE, "today");
    assertThat(before.first(NOW, KOLKATA)).isNull();
    assertThat(before.last(NOW, KOLKATA)).isEqualTo(LocalDate.parse("2026-03-10"));
  }

  @Test
  void weekdaysAndChangesAreRead() {
    assertThat(read(FieldType.DATE, Operator.ON_WEEKDAY, "Monday", "friday"))
        .isEqualTo(new Comparison.OnWeekday(Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)));
    assertThat(read(FieldType.TEXT, Operator.CHANGED_FROM, "a", "b"))
        .isEqualTo(
            new Comparison.Changed(
                new Comparison.OneOf(List.of("a"), false),
                new Comparison.OneOf(List.of("b"), false)));
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheFieldTheValueAndWhatWasExpected() {
    assertRefused(FieldType.WHOLE_NUMBER, Operator.EQUALS, List.of("5.5"), "5.5", "a whole number");
    assertRefused(
        FieldType.WHOLE_NUMBER, Operator.EQUALS, List.of("9".repeat(40)), "999", "a whole number");
    assertRefused(
        FieldType.WHOLE_NUMBER, Operator.BETWEEN, List.of("10", "6"), "6", "not below 10");
    assertRefused(
        FieldType.WHOLE_NUMBER,
        Operator.CONTAINS,
        List.of("5"),
        "contains",
        "an operator that fits");
    assertRefused(
        FieldType.MONEY, Operator.GREATER, List.of("5 EUR"), "5 EUR", "without a currency");
    assertRefused(
        FieldType.DROPDOWN,
        Operator.EQUALS,
        List.of("Warm"),
        "Warm",
        "one of the options Hot, Cold");
    assertRefused(
        FieldType.DATE, Operator.EQUALS, List.of("2026-02-30"), "2026-02-30", "a date such as");
    assertRefused(
        FieldType.DATE, Operator.EQUALS, List.of("2026-02-20T10:00"), "2026", "a date such as");
    assertRefused(FieldType.DATE_TIME, Operator.ON, List.of("now"), "now", "a day such as");
    assertRefused(
        FieldType.DATE_TIME, Operator.ON_WEEKDAY, List.of("someday"), "someday", "a weekday");
    assertRefused(FieldType.BOOLEAN, Operator.EQUALS, List.of("maybe"), "maybe", "true or false");
    assertRefused(
        FieldType.TEXT, Operator.EQUALS, List.of("  "), "  ", "at least one visible character");
    assertRefused(FieldType.TEXT, Operator.EMPTY, List.of("x"), "x", "no value");
  }

  @ParameterizedTest
  @EnumSource(FieldType.class)
  void everyTypeCanBeTestedForEmptiness(FieldType type) {
    assertThat(Operators.ofSearches(type))
        .contains(Operator.EMPTY, Operator.NOT_EMPTY)
        .doesNotContain(Operator.CHANGED);
    assertThat(Operators.ofConditions(type)).contains(Operator.CHANGED);
  }

  private static Comparison read(FieldType type, Operator operator, String... texts) {
    return OperandReader.readTexts(field(type), operator, List.of(texts));
  }

  private static void assertRefused(
      FieldType fieldType,
      Operator operator,
      List<String> texts,
      String value,
      String expectation) {
    assertThatThrownBy(() -> OperandReader.readTexts(field(fieldType), operator, texts))
        .asInstanceOf(type(RefusedException.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.violations().get(0).field()).isEqualTo("budget");
              assertThat(refusal.violations().get(0).value()).startsWith(value);
              assertThat(refusal.violations().get(0).expectation()).contains(expectation);
            });
  }

  private static Field field(FieldType type) {
    return new Field(
        1000,
        EntityType.LEAD,
        null,
        "budget",
        "Budget",
        type,
        false,
        false,
        false,
        false,
        true,
        null,
        type == FieldType.DROPDOWN || type == FieldType.MULTI_SELECT
            ? List.of("Hot", "Cold")
            : List.of(),
        null,
        null,
        Field.Limits.NONE);
  }
}
