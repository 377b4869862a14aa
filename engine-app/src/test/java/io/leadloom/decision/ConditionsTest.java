package io.leadloom.decision;

import static io.leadloom.decision.Criterion.lead;
import static io.leadloom.platform.filter.Operator.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.decision.Conditions.Compilation;
import io.leadloom.decision.Conditions.Named;
import io.leadloom.decision.Conditions.Scope;
import io.leadloom.decision.Criterion.Source;
import io.leadloom.decision.Criterion.Within;
import io.leadloom.platform.filter.Operand.Unit;
import io.leadloom.platform.filter.Operator;
import io.leadloom.schema.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  private static final Instant NOW = Instant.parse("2026-03-10T20:00:00Z");
  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
  private static final Scope PLAIN = new Scope(false, null, false, false);
  private static final Scope ACTIVITY = new Scope(true, "payment", false, false);
  private static final Scope TASK = new Scope(false, null, true, false);
  private static final SampleFacts NOBODY = new SampleFacts();

  private final Conditions conditions = new DroolsConditions(new RuleCatalogue());

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
  void noTextOfADesignerBecomesCode() {
    for (String text :
        List.of(
            "a\"b",
            "a\\",
            "\") then System.exit(1); end //",
            "a\nb",
            "${x}",
            "\\u0022",
            "日本 ß \u2028",
            "'x'",
            "\u0001.")) {
      assertThat(holds(lead("city", EQUALS, text), SampleFacts.lead("city", text)))
          .as(text)
          .isTrue();
      assertThat(holds(lead("city", CONTAINS, text), SampleFacts.lead("city", "x" + text + "x")))
          .as(text)
          .isTrue();
      assertThat(holds(lead("city", EQUALS, text), SampleFacts.lead("city", "other")))
          .as(text)
          .isFalse();
    }
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
  void changesComeFromTheTriggeringEvent() {
    SampleFacts moved =
        SampleFacts.lead("stage", "Customer").changed("stage", "Prospect", "Customer");
    assertThat(holds(lead("stage", CHANGED), moved)).isTrue();
    assertThat(holds(lead("stage", CHANGED_FROM, "prospect"), moved)).isTrue();
    assertThat(holds(lead("stage", CHANGED_FROM, "Prospect", "Customer"), moved)).isTrue();
    assertThat(holds(lead("stage", CHANGED_FROM, "Opportunity"), moved)).isFalse();
    assertThat(holds(lead("stage", CHANGED_TO, "Customer"), moved)).isTrue();
    assertThat(holds(lead("stage", CHANGED_TO, "Prospect"), moved)).isFalse();
    assertThat(holds(lead("city", CHANGED), moved)).isFalse();
    assertThat(holds(lead("stage", CHANGED), SampleFacts.lead("stage", "Customer"))).isFalse();
    SampleFacts scored = SampleFacts.lead().changed("score", null, 7L);
    assertThat(holds(lead("score", CHANGED_TO, "7"), scored)).isTrue();
  }

  @Test
  void tagsAndListsAreLookedUp() {
    SampleFacts vip = SampleFacts.lead().tagged("vip", "hot lead").listed(12L);
    assertThat(holds(lead(null, HAS_TAG, "VIP"), vip)).isTrue();
    assertThat(holds(lead(null, HAS_TAG, "cold", "Hot Lead"), vip)).isTrue();
    assertThat(holds(lead(null, HAS_NO_TAG, "vip"), vip)).isFalse();
    assertThat(holds(lead(null, IN_LIST, "12"), vip)).isTrue();
    assertThat(holds(lead(null, NOT_IN_LIST, "12"), vip)).isFalse();
    assertThat(holds(lead(null, NOT_IN_LIST, "13"), vip)).isTrue();
  }

  @Test
  void severalOptionsAreComparedOneByOne() {
    SampleFacts loan = SampleFacts.lead("interests", List.of("Loan", "Savings"));
    assertThat(holds(lead("interests", CONTAINS, "loan"), loan)).isTrue();
    assertThat(holds(lead("interests", NOT_CONTAINS, "Loan"), loan)).isFalse();
    assertThat(holds(lead("interests", IN, "Card", "Savings"), loan)).isTrue();
    assertThat(holds(lead("interests", NOT_IN, "Card"), loan)).isTrue();
  }

  @Test
  void AUT_024_AUT_028_leadContactAndAccountAreSources() {
    SampleFacts facts =
        SampleFacts.lead("city", "Pune")
            .with(Source.CONTACT, null, "city", "Delhi")
            .with(Source.ACCOUNT, null, "stage", "Customer");
    Condition all =
        Condition.all(
            lead("city", EQUALS, "Pune"),
            of(Source.CONTACT, "city", EQUALS, "Delhi"),
            of(Source.ACCOUNT, "stage", EQUALS, "Customer"));
    assertThat(holds(all, PLAIN, facts)).isTrue();
    assertThat(holds(all, PLAIN, SampleFacts.lead("city", "Pune"))).isFalse();
  }

  @Test
  void AUT_X15_AUT_030_theTriggeredActivityAloneIsLookedAt() {
    Criterion amount =
        new Criterion(
            Source.TRIGGERED_ACTIVITY,
            null,
            null,
            "amount",
            EQUALS,
            List.of("100"),
            null,
            List.of());
    assertThat(holds(Condition.all(amount), ACTIVITY, newPaymentOf5AfterOneOf100())).isFalse();
  }

  @Test
  void AUT_X16_AUT_031_everyMatchingActivityOfTheLeadIsLookedAt() {
    Criterion amount =
        new Criterion(
            Source.LEAD_ACTIVITY,
            null,
            "payment",
            "amount",
            EQUALS,
            List.of("100"),
            null,
            List.of());
    assertThat(holds(Condition.all(amount), ACTIVITY, newPaymentOf5AfterOneOf100())).isTrue();
  }

  private static SampleFacts newPaymentOf5AfterOneOf100() {
    return SampleFacts.lead()
        .with(Source.TRIGGERED_ACTIVITY, null, "type", "payment", "amount", new BigDecimal("5"))
        .activity("payment", "2026-01-01T00:00:00Z", "amount", new BigDecimal("100.00"))
        .activity("payment", "2026-03-10T20:00:00Z", "amount", new BigDecimal("5"));
  }

  @Test
  void AUT_029_anActivityWithinAPeriodThatMeetsFurtherConditions() {
    SampleFacts facts =
        SampleFacts.lead()
            .activity("email-link-clicked", "2026-03-08T00:00:00Z")
            .activity("call", "2026-01-01T00:00:00Z", "outcome", "Interested");
    assertThat(
            holds(
                Condition.all(hasActivity(HAS_ACTIVITY, "email-link-clicked", days(7))),
                PLAIN,
                facts))
        .isTrue();
    assertThat(
            holds(
                Condition.all(hasActivity(HAS_ACTIVITY, "email-link-clicked", days(1))),
                PLAIN,
                facts))
        .isFalse();
    assertThat(
            holds(
                Condition.all(hasActivity(HAS_NO_ACTIVITY, "email-link-clicked", days(1))),
                PLAIN,
                facts))
        .isTrue();
    assertThat(holds(Condition.all(hasActivity(HAS_NO_ACTIVITY, "payment", null)), PLAIN, facts))
        .isTrue();
    Criterion outcome =
        new Criterion(
            Source.LEAD_ACTIVITY,
            null,
            "call",
            "outcome",
            EQUALS,
            List.of("interested"),
            null,
            List.of());
    Criterion interested =
        new Criterion(
            Source.LEAD_ACTIVITY,
            null,
            "call",
            null,
            HAS_ACTIVITY,
            List.of(),
            null,
            List.of(outcome));
    assertThat(holds(Condition.all(interested), PLAIN, facts)).isTrue();
    Criterion lately =
        new Criterion(
            Source.LEAD_ACTIVITY,
            null,
            "call",
            null,
            HAS_ACTIVITY,
            List.of(),
            days(30),
            List.of(outcome));
    assertThat(holds(Condition.all(lately), PLAIN, facts)).isFalse();
    // The form in which filters write it.
    assertThat(holds(lead(null, HAS_ACTIVITY, "call"), facts)).isTrue();
  }

  @Test
  void activitiesMixedWithFieldsInAnOr() {
    Criterion clicked = hasActivity(HAS_ACTIVITY, "email-link-clicked", days(7));
    Criterion noCall = hasActivity(HAS_NO_ACTIVITY, "call", null);
    Condition mixed =
        new Condition(
            List.of(
                clicked,
                lead("score", GREATER, "50"),
                noCall,
                of(Source.CONTACT, "city", EQUALS, "Pune")),
            "(1 OR 2) AND (3 OR 4)",
            null,
            null);
    SampleFacts clickedAndCalled =
        SampleFacts.lead("score", 1L)
            .activity("email-link-clicked", "2026-03-08T00:00:00Z")
            .activity("email-link-clicked", "2026-03-09T00:00:00Z")
            .activity("call", "2026-03-08T00:00:00Z");
    List<CompiledConditions.Verdicts> verdicts =
        evaluate(
            mixed,
            PLAIN,
            clickedAndCalled,
            SampleFacts.lead("score", 51L),
            SampleFacts.lead("score", 50L),
            SampleFacts.lead("score", 51L)
                .activity("call", "2026-03-08T00:00:00Z")
                .with(Source.CONTACT, null, "city", "Pune"));
    assertThat(verdicts.stream().map(v -> v.holds("c"))).containsExactly(false, true, false, true);
  }

  @Test
  void AUT_032_theTriggeredTaskIsASource() {
    Criterion pending = of(Source.TRIGGERED_TASK, "status", EQUALS, "pending");
    SampleFacts facts = SampleFacts.lead().with(Source.TRIGGERED_TASK, null, "status", "pending");
    assertThat(holds(Condition.all(pending), TASK, facts)).isTrue();
  }

  @Test
  void AUT_033_theTaskThatACardCreatedIsASource() {
    Criterion pending = ofCard(Source.CREATED_TASK, "meeting", "status", EQUALS, "pending");
    Criterion done = ofCard(Source.CREATED_TASK, "call-2", "status", EQUALS, "completed");
    SampleFacts facts =
        SampleFacts.lead()
            .with(Source.CREATED_TASK, "meeting", "status", "pending")
            .with(Source.CREATED_TASK, "call-2", "status", "pending");
    Named first =
        new Named("c", "Meeting pending?", Condition.all(pending), Set.of("meeting"), Set.of());
    Named second =
        new Named("d", "Both", Condition.all(pending, done), Set.of("meeting", "call-2"), Set.of());
    try (CompiledConditions compiled = compiled(List.of(first, second), PLAIN)) {
      CompiledConditions.Verdicts verdicts = compiled.evaluate(List.of(facts), NOW, KOLKATA).get(0);
      assertThat(verdicts.holds("c")).isTrue();
      assertThat(verdicts.holds("d")).isFalse();
      assertThat(verdicts.seen("d")).containsEntry("createdTask.call-2.status", "pending");
    }
  }

  @Test
  void theAnswerOfAWebhookIsASource() {
    Criterion status = ofCard(Source.WEBHOOK_RESPONSE, "hook", "data.status", EQUALS, "Approved");
    Criterion limit = ofCard(Source.WEBHOOK_RESPONSE, "hook", "limit", GREATER, "1000");
    Named named =
        new Named("c", "Approved?", Condition.all(status, limit), Set.of(), Set.of("hook"));
    try (CompiledConditions compiled = compiled(List.of(named), PLAIN)) {
      SampleFacts yes =
          SampleFacts.lead()
              .with(Source.WEBHOOK_RESPONSE, "hook", "data.status", "approved", "limit", 1500L);
      SampleFacts no =
          SampleFacts.lead()
              .with(Source.WEBHOOK_RESPONSE, "hook", "data.status", "approved", "limit", "plenty");
      assertThat(
              compiled.evaluate(List.of(yes, no, SampleFacts.lead()), NOW, KOLKATA).stream()
                  .map(v -> v.holds("c")))
          .containsExactly(true, false, false);
    }
  }

  @Test
  void AUT_034_AUT_035_sourcesThatDoNotExistHereAreRefused() {
    assertProblem(
        of(Source.TRIGGERED_ACTIVITY, "subject", EQUALS, "x"),
        PLAIN,
        "criteria[0].source",
        "no activity");
    assertProblem(
        of(Source.TRIGGERED_TASK, "status", EQUALS, "pending"),
        PLAIN,
        "criteria[0].source",
        "no task");
    assertProblem(
        ofCard(Source.CREATED_TASK, "later", "status", EQUALS, "pending"),
        PLAIN,
        "criteria[0].card",
        "before this");
    assertProblem(
        ofCard(Source.WEBHOOK_RESPONSE, "later", "x", EQUALS, "y"),
        PLAIN,
        "criteria[0].card",
        "webhook");
  }

  @Test
  void whatDoesNotFitTheSchemaIsNamed() {
    assertProblem(
        lead("cty", EQUALS, "x"), PLAIN, "criteria[0].field", "the key of a field of the lead");
    assertProblem(lead("score", EQUALS, "many"), PLAIN, "criteria[0].values", "a whole number");
    assertProblem(
        lead("score", CONTAINS, "1"), PLAIN, "criteria[0].operator", "an operator that fits");
    assertProblem(lead("stage", EQUALS, "Gone"), PLAIN, "criteria[0].values", "one of the options");
    assertProblem(lead("createdAt", WITHIN_LAST), PLAIN, "criteria[0].within", "a period");
    assertProblem(lead(null, HAS_TAG), PLAIN, "criteria[0].values", "at least one");
    assertProblem(lead(null, IN_LIST, "vips"), PLAIN, "criteria[0].values[0]", "the id of a list");
    assertProblem(
        hasActivity(HAS_ACTIVITY, "dance", null),
        PLAIN,
        "criteria[0].activityType",
        "activity type");
    assertThat(
            problems(new Condition(List.of(lead("city", EMPTY)), "(1 AND 2)", null, null), PLAIN)
                .get(0))
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("pattern"));
    assertThat(problems(Condition.all(), PLAIN).get(0).expectation())
        .startsWith("1 to 50 criteria");
  }

  @Test
  void AUT_X17_to_AUT_X20_AUT_043_everyConditionIsAnsweredOnItsOwn() {
    List<Named> ladder =
        List.of(
            named("1", lead("score", GREATER, "10")),
            named("2", lead("score", GREATER, "5")),
            named("3", lead("score", GREATER, "0")));
    try (CompiledConditions compiled = compiled(ladder, PLAIN)) {
      List<Facts> leads =
          List.of(
              SampleFacts.lead("score", 20L),
              SampleFacts.lead("score", 7L),
              SampleFacts.lead("score", 0L));
      assertThat(
              compiled.evaluate(leads, NOW, KOLKATA).stream()
                  .map(v -> v.holds("1") + " " + v.holds("2") + " " + v.holds("3")))
          .containsExactly("true true true", "false true true", "false false false");
    }
  }

  @Test
  void AUT_D13_verdictsSayWhichRuleFiredAndWhatItSaw() {
    Named named =
        new Named(
            "f2",
            "From \"Bangalore\"?",
            Condition.all(
                lead("city", EQUALS, "bangalore"),
                lead("score", GREATER, "5"),
                lead(null, HAS_TAG, "vip")),
            Set.of(),
            Set.of());
    try (CompiledConditions compiled = compiled(List.of(named), PLAIN)) {
      CompiledConditions.Verdicts verdicts =
          compiled
              .evaluate(
                  List.of(
                      SampleFacts.lead("city", "Bangalore", "score", 9L, "state", "KA")
                          .tagged("vip")),
                  NOW,
                  KOLKATA)
              .get(0);
      assertThat(verdicts.firedRule("f2")).isEqualTo("From  Bangalore ?");
      assertThat(verdicts.seen("f2"))
          .containsOnlyKeys("lead.city", "lead.score", "lead.tags")
          .containsEntry("lead.city", "Bangalore")
          .containsEntry("lead.score", 9L);
      assertThat(compiled.reads("f2")).containsExactlyInAnyOrder("city", "score", "#tags");
      assertThat(compiled.needs().fields()).containsEntry(Source.LEAD, Set.of("city", "score"));
      assertThat(compiled.needs().tags()).isTrue();
      assertThat(compiled.needs().lists()).isFalse();
      assertThat(compiled.drl())
          .contains("rule \"From  Bangalore ?\"")
          .contains("cityFolded == \"bangalore\"");
    }
  }

  @Test
  void needsNameTheActivitiesAndHowFarBackTheyReach() {
    try (CompiledConditions week =
        compiled(List.of(named("c", hasActivity(HAS_ACTIVITY, "call", days(7)))), PLAIN)) {
      assertThat(week.needs().activityTypes()).containsExactly("call");
      assertThat(week.needs().activityDays()).isBetween(7, 8);
      assertThat(week.reads("c")).containsExactly("#activities");
    }
    try (CompiledConditions ever =
        compiled(List.of(named("c", hasActivity(HAS_ACTIVITY, "call", null))), PLAIN)) {
      assertThat(ever.needs().activityDays()).isEqualTo(-1);
    }
  }

  @Test
  void fieldsWithAwkwardKeysWork() {
    SampleFacts facts =
        SampleFacts.lead(
            "group", "a", "class", "b", "end", "c", "eMail2", "d", "run", "e", "then", 5L);
    assertThat(
            holds(
                Condition.all(
                    lead("group", EQUALS, "A"),
                    lead("class", EQUALS, "b"),
                    lead("end", EQUALS, "c"),
                    lead("eMail2", EQUALS, "d"),
                    lead("run", EQUALS, "e"),
                    lead("then", EQUALS, "5")),
                PLAIN,
                facts))
        .isTrue();
  }

  @Test
  void answersStayTheSameWhenTheRulesRunHot() {
    List<Named> all = new ArrayList<>();
    for (Criterion criterion :
        List.of(
            lead("city", CONTAINS, "un"),
            lead("city", NOT_CONTAINS, "un"),
            lead("city", STARTS_WITH, "p"),
            lead("city", NOT_IN, "pune", "x"),
            lead("score", LESS, "10"),
            lead("ratio", BETWEEN, "1", "2"),
            lead("createdAt", LESS, "now"),
            lead("createdAt", NOT_EQUALS, "today"),
            lead(null, HAS_TAG, "vip", "x"),
            lead(null, HAS_NO_TAG, "vip"),
            lead("interests", NOT_IN, "Loan"),
            lead("birthday", BEFORE, "today"),
            of(Source.CONTACT, "score", GREATER, "5"),
            hasActivity(HAS_ACTIVITY, "call", days(3)))) {
      all.add(named("c" + all.size(), criterion));
    }
    all.add(
        new Named(
            "mixed",
            "Mixed",
            new Condition(
                List.of(
                    of(Source.CONTACT, "city", CONTAINS, "un"),
                    lead("score", GREATER, "5"),
                    hasActivity(HAS_NO_ACTIVITY, "call", days(3))),
                "1 OR (2 AND 3)",
                null,
                null),
            Set.of(),
            Set.of()));
    List<Facts> leads = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      leads.add(
          i % 4 == 3
              ? SampleFacts.lead()
              : SampleFacts.lead(
                      "city",
                      i % 2 == 0 ? "Pune" : "Delhi",
                      "score",
                      (long) i,
                      "ratio",
                      new BigDecimal(i).movePointLeft(1),
                      "createdAt",
                      NOW.minusSeconds(i * 86_400L),
                      "interests",
                      List.of("Loan"),
                      "birthday",
                      LocalDate.parse("2026-03-11").minusDays(i % 2))
                  .tagged(i % 3 == 0 ? "vip" : "y")
                  .with(
                      Source.CONTACT, null, "score", 4L + i, "city", i % 2 == 0 ? "Mumbai" : "Pune")
                  .activity("call", i % 2 == 0 ? "2026-03-10T00:00:00Z" : "2026-01-01T00:00:00Z"));
    }
    try (CompiledConditions compiled = compiled(all, PLAIN)) {
      String first = null;
      for (int round = 0; round < 300; round++) {
        StringBuilder bits = new StringBuilder();
        for (CompiledConditions.Verdicts verdicts : compiled.evaluate(leads, NOW, KOLKATA)) {
          all.forEach(named -> bits.append(verdicts.holds(named.id()) ? '1' : '0'));
        }
        first = first == null ? bits.toString() : first;
        assertThat(bits.toString()).as("round " + round).isEqualTo(first);
      }
      assertThat(first).contains("1").contains("0");
    }
  }

  private static Criterion of(Source source, String field, Operator operator, String... values) {
    return new Criterion(source, null, null, field, operator, List.of(values), null, List.of());
  }

  private static Criterion ofCard(
      Source source, String card, String field, Operator operator, String... values) {
    return new Criterion(source, card, null, field, operator, List.of(values), null, List.of());
  }

  private static Criterion period(String field, Operator operator, long amount, Unit unit) {
    return new Criterion(
        Source.LEAD, null, null, field, operator, List.of(), new Within(amount, unit), List.of());
  }

  private static Criterion hasActivity(Operator operator, String type, @Nullable Within within) {
    return new Criterion(
        Source.LEAD_ACTIVITY, null, type, null, operator, List.of(), within, List.of());
  }

  private static Within days(long days) {
    return new Within(days, Unit.DAYS);
  }

  private static Named named(String id, Criterion criterion) {
    return new Named(id, "Condition " + id, Condition.all(criterion), Set.of(), Set.of());
  }

  private boolean holds(Criterion criterion, SampleFacts facts) {
    return holds(Condition.all(criterion), PLAIN, facts);
  }

  private boolean holds(Condition condition, Scope scope, SampleFacts facts) {
    return evaluate(condition, scope, facts).get(0).holds("c");
  }

  private List<CompiledConditions.Verdicts> evaluate(
      Condition condition, Scope scope, SampleFacts... facts) {
    Named named = new Named("c", "It holds", condition, Set.of(), Set.of());
    try (CompiledConditions compiled = compiled(List.of(named), scope)) {
      return compiled.evaluate(List.of(facts), NOW, KOLKATA);
    }
  }

  private List<Boolean> allHold(List<Criterion> criteria, SampleFacts facts) {
    List<Named> all = new ArrayList<>();
    criteria.forEach(criterion -> all.add(named("c" + all.size(), criterion)));
    try (CompiledConditions compiled = compiled(all, PLAIN)) {
      CompiledConditions.Verdicts verdicts = compiled.evaluate(List.of(facts), NOW, KOLKATA).get(0);
      return all.stream().map(named -> verdicts.holds(named.id())).toList();
    }
  }

  private CompiledConditions compiled(List<Named> named, Scope scope) {
    Compilation compilation = conditions.compile("test/1", named, scope, new SampleSchema());
    assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
    return ((Compilation.Compiled) compilation).conditions();
  }

  private List<Conditions.Problem> problems(Condition condition, Scope scope) {
    Named named = new Named("flow", "A condition", condition, Set.of(), Set.of());
    Compilation compilation =
        conditions.compile("test/1", List.of(named), scope, new SampleSchema());
    assertThat(compilation).isInstanceOf(Compilation.Failed.class);
    return ((Compilation.Failed) compilation).problems();
  }

  private void assertProblem(Criterion criterion, Scope scope, String field, String expectation) {
    Conditions.Problem problem = problems(Condition.all(criterion), scope).get(0);
    assertThat(problem.id()).isEqualTo("flow");
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.expectation()).contains(expectation);
  }
}
