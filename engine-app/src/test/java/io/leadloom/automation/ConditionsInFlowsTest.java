package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** If/Else and Multi If/Else inside flows (AUT-022 to AUT-046). */
@LeadloomTest
@Import(Workshop.class)
class ConditionsInFlowsTest {

  @Autowired Workshop workshop;

  /** A flow that sets the company to Yes or No by a criterion about a payment. */
  private void paymentFlow(String city, String source) {
    workshop.publish(
        Bpmn.automation(workshop.unique("payment"))
            .trigger(
                "{\"type\":\"activity.posted\",\"activityType\":\"payment\",\"condition\":"
                    + Bpmn.lead("city", "equals", city)
                    + "}")
            .choice("hundred")
            .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Yes\"}}")
            .card("no", "lead.set-fields", "{\"values\":{\"company\":\"No\"}}")
            .end("done")
            .path("start", "hundred")
            .when(
                "hundred",
                "yes",
                "{\"criteria\":[{\"source\":\""
                    + source
                    + "\",\"activityType\":\"payment\",\"field\":\"amount\",\"operator\":\"equals\",\"values\":[\"100\"]}]}")
            .otherwise("hundred", "no")
            .path("yes", "done")
            .path("no", "done"));
  }

  private RecordRef leadWithOldPayment(String city) {
    RecordRef lead = workshop.lead(Map.of("lastName", "Payer", "city", "elsewhere"));
    pay(lead, "100");
    workshop.update(lead, "city", city);
    workshop.settle();
    return lead;
  }

  @Test
  void AUT_X15_AUT_030_triggeredActivityLooksOnlyAtTheActivityThatStartedTheRun() {
    String city = workshop.unique("x15");
    paymentFlow(city, "triggeredActivity");
    RecordRef lead = leadWithOldPayment(city);
    pay(lead, "5");
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("No");
  }

  @Test
  void AUT_X16_AUT_031_leadActivityLooksAtAllActivitiesAlsoBeforeTheRun() {
    String city = workshop.unique("x16");
    paymentFlow(city, "leadActivity");
    RecordRef lead = leadWithOldPayment(city);
    pay(lead, "5");
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("Yes");
  }

  private void pay(RecordRef lead, String amount) {
    workshop.activity(
        lead,
        "payment",
        Map.of("amount", new BigDecimal(amount), "happenedAt", workshop.clock.instant()));
    workshop.settle();
  }

  /** Waits for a payment of a hundred; then asks whether the payment that started it was one of five. */
  private void waitsForHundred(String city, String trigger, boolean asks) {
    Bpmn flow =
        Bpmn.automation(workshop.unique("hundred"))
            .trigger(
                "{\"type\":"
                    + trigger
                    + ",\"condition\":"
                    + Bpmn.lead("city", "equals", city)
                    + "}")
            .firstOf("first")
            .event(
                "paid",
                "{\"type\":\"activity.posted\",\"activityType\":\"payment\",\"condition\":"
                    + Bpmn.criterion("triggeredActivity", "amount", "equals", "100")
                    + "}")
            .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
            .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Yes\"}}")
            .end("done")
            .path("start", "first")
            .path("first", "day", "done")
            .path("yes", "done");
    if (asks) {
      flow.choice("five")
          .path("first", "paid", "five")
          .when("five", "yes", Bpmn.criterion("triggeredActivity", "amount", "equals", "5"))
          .otherwise("five", "done");
    } else {
      flow.path("first", "paid", "yes");
    }
    workshop.publish(flow);
  }

  @Test
  void AUT_030_aWaitForAnEventAsksAboutTheActivityOfTheEventAndLaterCardsAboutTheFirstOne() {
    String city = workshop.unique("heard");
    waitsForHundred(city, "\"activity.posted\",\"activityType\":\"payment\"", true);
    RecordRef lead = workshop.lead(Map.of("lastName", "Payer", "city", city));
    pay(lead, "5");
    RunHistory.Summary run = workshop.onlyRun(lead);
    workshop.update(lead, "city", "elsewhere");
    pay(lead, "7");
    assertThat(workshop.history.run(run.id()).status()).isEqualTo(RunStatus.WAITING);
    pay(lead, "100");
    assertThat(workshop.history.run(run.id()).status()).isEqualTo(RunStatus.DONE);
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("Yes");
  }

  @Test
  void aWaitForAnActivityAsksAboutItAlsoWhenNoneStartedTheRun() {
    String city = workshop.unique("heard");
    waitsForHundred(city, "\"lead.created\"", false);
    RecordRef lead = workshop.lead(Map.of("lastName", "Payer", "city", city));
    pay(lead, "99");
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    pay(lead, "100");
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
  }

  @ParameterizedTest(name = "employees {1} in order {0} takes {2}")
  @CsvSource({
    "10 5 0,20,more than 10",
    "10 5 0,7,more than 5",
    "0 5 10,20,more than 0",
    "10 5 0,0,else"
  })
  void AUT_X17_AUT_X18_AUT_X19_AUT_X20_AUT_041_theLeftmostTrueBranchIsTaken(
      String order, int points, String expected) {
    String city = workshop.unique("multi");
    Bpmn flow =
        Bpmn.automation(workshop.unique("multi"))
            .trigger(
                "{\"type\":\"lead.updated\",\"fields\":[\"score\"],\"condition\":"
                    + Bpmn.lead("city", "equals", city)
                    + "}")
            .choice("which")
            .end("done")
            .path("start", "which");
    for (String limit : order.split(" ")) {
      flow.card(
              "over" + limit,
              "lead.set-fields",
              "{\"values\":{\"company\":\"more than " + limit + "\"}}")
          .when("which", "over" + limit, Bpmn.lead("score", "greater", limit))
          .path("over" + limit, "done");
    }
    workshop.publish(
        flow.card("else", "lead.set-fields", "{\"values\":{\"company\":\"else\"}}")
            .otherwise("which", "else")
            .path("else", "done"));
    workshop.publish(
        Bpmn.automation(workshop.unique("points"))
            .trigger("{\"type\":\"tag.added\",\"tag\":\"" + city + "\"}")
            .card(
                "points",
                "lead.set-fields",
                "{\"values\":{\"score\":\"" + (points == 0 ? -1 : points) + "\"}}")
            .card("back", "lead.set-fields", "{\"values\":{\"score\":\"" + points + "\"}}")
            .end("done")
            .path("start", "points", "back", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Multi", "city", city));
    workshop.tag(lead, city);
    workshop.settle();
    assertThat(workshop.get(lead).values().text("company")).isEqualTo(expected);
  }

  @Test
  void aConditionAfterACardOfTheSameRunSeesWhatTheCardChanged() {
    String city = workshop.unique("fresh");
    workshop.publish(
        Bpmn.automation(workshop.unique("fresh"))
            .trigger(Bpmn.created(city))
            .card("title", "lead.set-fields", "{\"values\":{\"jobTitle\":\"Director\"}}")
            .card("tag", "tag.add", "{\"tags\":[\"vip\"]}")
            .choice("director")
            .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Yes\"}}")
            .end("done")
            .path("start", "title", "tag", "director")
            .when(
                "director",
                "yes",
                "{\"criteria\":[{\"source\":\"lead\",\"field\":\"jobTitle\",\"operator\":\"equals\",\"values\":[\"Director\"]},"
                    + "{\"source\":\"lead\",\"operator\":\"hasTag\",\"values\":[\"vip\"]}],\"pattern\":\"(1 AND 2)\"}")
            .otherwise("director", "done")
            .path("yes", "done"));
    List<RecordRef> leads =
        List.of(
            workshop.lead(Map.of("lastName", "One", "city", city)),
            workshop.lead(Map.of("lastName", "Two", "city", city)));
    workshop.settle();
    assertThat(leads)
        .allSatisfy(
            lead -> assertThat(workshop.get(lead).values().text("company")).isEqualTo("Yes"));
  }
}
