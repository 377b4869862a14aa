package io.leadloom.decision;

import static io.leadloom.decision.Criterion.lead;
import static io.leadloom.platform.filter.Operator.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.decision.Conditions.Named;
import io.leadloom.decision.Criterion.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionSourcesTest extends ConditionCase {

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
}
