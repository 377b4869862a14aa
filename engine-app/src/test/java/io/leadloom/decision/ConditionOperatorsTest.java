package io.leadloom.decision;

import static io.leadloom.decision.Criterion.lead;
import static io.leadloom.platform.filter.Operator.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.decision.Criterion.Source;
import io.leadloom.platform.filter.Operand.Unit;
import io.leadloom.schema.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionOperatorsTest extends ConditionCase {

  @ParameterizedTest
  @CsvSource({"5,false", "6,true", "7,true", "8,true", "9,true", "10,true", "11,false"})
  void AUT_X01_AUT_X02_AUT_036_betweenIncludesBothBoundaries(long score, boolean expected) {
    assertThat(holds(lead("score", BETWEEN, "6", "10"), SampleFacts.lead("score", score)))
        .isEqualTo(expected);
    SampleFacts ratio = SampleFacts.lead("ratio", BigDecimal.valueOf(score));
    assertThat(holds(lead("ratio", BETWEEN, "6.0", "10"), ratio)).isEqualTo(expected);
    SampleFacts income =
        SampleFacts.lead("income", new Money(new BigDecimal(score + ".00"), "INR"));
    assertThat(holds(lead("income", BETWEEN, "6", "10"), income)).isEqualTo(expected);
  }

  @Test
  void AUT_X26_AUT_019_anEmptyOriginIsNotEmailPlugin() {
    Criterion notFromTheAddIn = lead("origin", NOT_EQUALS, "EmailPlugin");
    assertThat(holds(notFromTheAddIn, SampleFacts.lead())).isTrue();
    assertThat(holds(notFromTheAddIn, SampleFacts.lead("origin", "  "))).isTrue();
    assertThat(holds(notFromTheAddIn, SampleFacts.lead("origin", "EmailPlugin"))).isFalse();
    assertThat(holds(notFromTheAddIn, SampleFacts.lead("origin", "emailplugin "))).isFalse();
  }

  @Test
  void AUT_D02_anEmptyValueMakesPositiveComparisonsFalseAndNegativeOnesTrue() {
    List<Criterion> positive =
        List.of(
            lead("city", EQUALS, "x"),
            lead("city", CONTAINS, "x"),
            lead("city", STARTS_WITH, "x"),
            lead("city", ENDS_WITH, "x"),
            lead("city", IN, "x", "y"),
            lead("score", GREATER, "-5"),
            lead("score", LESS, "5"),
            lead("score", GREATER_OR_EQUAL, "0"),
            lead("score", LESS_OR_EQUAL, "0"),
            lead("score", BETWEEN, "-1", "1"),
            lead("score", EQUALS, "0"),
            lead("ratio", LESS, "5"),
            lead("ratio", EQUALS, "0"),
            lead("income", LESS, "5"),
            lead("starred", EQUALS, "false"),
            lead("birthday", LESS, "today"),
            lead("birthday", ON_WEEKDAY, "monday"),
            lead("birthday", ON, "today"),
            lead("createdAt", LESS, "now"),
            lead("createdAt", BETWEEN, "2020-01-01", "2030-01-01"),
            lead("interests", CONTAINS, "Loan"),
            lead("interests", IN, "Loan", "Card"),
            lead("owner", EQUALS, "7"),
            lead("owner", IN, "7", "8"),
            lead("stage", EQUALS, "Customer"),
            lead("city", NOT_EMPTY),
            lead("interests", NOT_EMPTY),
            lead(null, HAS_TAG, "vip"),
            lead(null, IN_LIST, "12"),
            period("createdAt", WITHIN_LAST, 7, Unit.DAYS));
    List<Criterion> negative =
        List.of(
            lead("city", NOT_EQUALS, "x"),
            lead("city", NOT_CONTAINS, "x"),
            lead("city", NOT_IN, "x", "y"),
            lead("score", NOT_EQUALS, "0"),
            lead("score", NOT_IN, "0", "1"),
            lead("ratio", NOT_EQUALS, "0"),
            lead("starred", NOT_EQUALS, "true"),
            lead("birthday", NOT_EQUALS, "2026-01-01"),
            lead("createdAt", NOT_EQUALS, "2026-01-01"),
            lead("interests", NOT_CONTAINS, "Loan"),
            lead("interests", NOT_IN, "Loan", "Card"),
            lead("owner", NOT_EQUALS, "7"),
            lead("stage", NOT_EQUALS, "Customer"),
            lead("city", EMPTY),
            lead("interests", EMPTY),
            lead(null, HAS_NO_TAG, "vip"),
            lead(null, NOT_IN_LIST, "12"));

    assertThat(allHold(positive, SampleFacts.lead())).containsOnly(false);
    assertThat(allHold(negative, SampleFacts.lead())).containsOnly(true);
    assertThat(allHold(positive, NOBODY)).containsOnly(false);
    assertThat(allHold(negative, NOBODY)).containsOnly(true);
  }

  @Test
  void AUT_D02_holdsInsideAnOrOverSeveralRecordsToo() {
    List<Criterion> contact =
        List.of(
            of(Source.CONTACT, "city", NOT_EQUALS, "x"), of(Source.CONTACT, "score", LESS, "5"),
            of(Source.CONTACT, "city", NOT_CONTAINS, "x"), of(Source.CONTACT, "city", IN, "x", "y"),
            of(Source.CONTACT, "city", NOT_IN, "x", "y"),
                of(Source.CONTACT, "interests", NOT_CONTAINS, "Loan"));
    boolean[] expected = {true, false, true, false, true, true};
    for (int i = 0; i < expected.length; i++) {
      Condition either =
          new Condition(
              List.of(lead("city", EQUALS, "never"), contact.get(i)), "1 OR 2", null, null);
      assertThat(holds(either, PLAIN, SampleFacts.lead()))
          .as(contact.get(i).toString())
          .isEqualTo(expected[i]);
    }
  }

  @Test
  void textsCompareWithoutLetterCaseAndOuterSpaces() {
    SampleFacts pune = SampleFacts.lead("city", " PuNe ");
    assertThat(
            allHold(
                List.of(
                    lead("city", EQUALS, "pune"),
                    lead("city", CONTAINS, "UN"),
                    lead("city", STARTS_WITH, "PU"),
                    lead("city", ENDS_WITH, "ne"),
                    lead("city", IN, "Delhi", "PUNE"),
                    lead("City", NOT_EQUALS, "Delhi")),
                pune))
        .containsOnly(true);
  }

  @Test
  void AUT_X06_amountsOfMoneyCompareByAmount() {
    Criterion income = lead("income", EQUALS, "50000");
    assertThat(
            holds(income, SampleFacts.lead("income", new Money(new BigDecimal("50000.00"), "INR"))))
        .isTrue();
    assertThat(holds(income, SampleFacts.lead("income", new Money(new BigDecimal("49999"), "INR"))))
        .isFalse();
  }

  @Test
  void AUT_D03_daysCoverTheWholeDayInTheAccountsZone() {
    Criterion days = lead("createdAt", BETWEEN, "2026-03-01", "2026-03-02");
    assertThat(holds(days, SampleFacts.lead("createdAt", Instant.parse("2026-02-28T18:29:59Z"))))
        .isFalse();
    assertThat(holds(days, SampleFacts.lead("createdAt", Instant.parse("2026-02-28T18:30:00Z"))))
        .isTrue();
    assertThat(holds(days, SampleFacts.lead("createdAt", Instant.parse("2026-03-02T18:29:59Z"))))
        .isTrue();
    assertThat(holds(days, SampleFacts.lead("createdAt", Instant.parse("2026-03-02T18:30:00Z"))))
        .isFalse();

    Criterion birthday = lead("birthday", BETWEEN, "2026-03-01", "2026-03-02");
    assertThat(holds(birthday, SampleFacts.lead("birthday", LocalDate.parse("2026-03-01"))))
        .isTrue();
    assertThat(holds(birthday, SampleFacts.lead("birthday", LocalDate.parse("2026-03-02"))))
        .isTrue();
    assertThat(holds(birthday, SampleFacts.lead("birthday", LocalDate.parse("2026-03-03"))))
        .isFalse();
  }

  @Test
  void relativeTimesAreCountedFromTheEvaluation() {
    SampleFacts recent = SampleFacts.lead("createdAt", Instant.parse("2026-03-05T00:00:00Z"));
    assertThat(holds(period("createdAt", WITHIN_LAST, 7, Unit.DAYS), recent)).isTrue();
    assertThat(holds(period("createdAt", WITHIN_LAST, 2, Unit.DAYS), recent)).isFalse();
    assertThat(holds(period("createdAt", WITHIN_NEXT, 2, Unit.DAYS), recent)).isFalse();
    // It is already 11 March in Kolkata.
    assertThat(
            holds(
                lead("birthday", EQUALS, "today"),
                SampleFacts.lead("birthday", LocalDate.parse("2026-03-11"))))
        .isTrue();
    SampleFacts tomorrow = SampleFacts.lead("birthday", LocalDate.parse("2026-03-12"));
    assertThat(holds(lead("birthday", AFTER, "today"), tomorrow)).isTrue();
    assertThat(holds(lead("birthday", BEFORE, "today + 1 days"), tomorrow)).isFalse();
    assertThat(holds(lead("birthday", ON, "today + 1 days"), tomorrow)).isTrue();
    assertThat(holds(period("birthday", WITHIN_NEXT, 1, Unit.DAYS), tomorrow)).isTrue();
  }

  @Test
  void weekdaysAreThoseOfTheAccountsZone() {
    SampleFacts lateTuesday = SampleFacts.lead("createdAt", NOW);
    assertThat(holds(lead("createdAt", ON_WEEKDAY, "wednesday"), lateTuesday)).isTrue();
    assertThat(holds(lead("createdAt", ON_WEEKDAY, "monday", "tuesday"), lateTuesday)).isFalse();
  }

  @Test
  void severalOptionsAreComparedOneByOne() {
    SampleFacts loan = SampleFacts.lead("interests", List.of("Loan", "Savings"));
    assertThat(holds(lead("interests", CONTAINS, "loan"), loan)).isTrue();
    assertThat(holds(lead("interests", NOT_CONTAINS, "Loan"), loan)).isFalse();
    assertThat(holds(lead("interests", IN, "Card", "Savings"), loan)).isTrue();
    assertThat(holds(lead("interests", NOT_IN, "Card"), loan)).isTrue();
  }
}
