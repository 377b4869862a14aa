package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Triggers, branches and criteria as flows see them. */
@LeadloomTest
@Import(Workshop.class)
class FlowsTest {

  @Autowired Workshop workshop;

  private static Bpmn sets(String id, String trigger, String company) {
    return Bpmn.automation(id)
        .trigger(trigger)
        .card("set", "lead.set-fields", "{\"values\":{\"company\":\"" + company + "\"}}")
        .end("done")
        .path("start", "set", "done");
  }

  private List<Violation> refused(String xml) {
    long id = workshop.publishing.create(null, null, xml).id();
    RefusedException refused =
        (RefusedException) catchThrowable(() -> workshop.publishing.publish(id));
    assertThat(refused).as("refused").isNotNull();
    return refused.violations();
  }

  private String company(RecordRef lead) {
    workshop.settle();
    return workshop.get(lead).values().text("company");
  }

  private RecordRef lead(String city, String jobTitle) {
    return workshop.lead(Map.of("lastName", "Lead", "city", city, "jobTitle", jobTitle));
  }

  @Test
  void AUT_003_anAutomationStartsWithExactlyOneTrigger() {
    String flow = sets(workshop.unique("one"), "{\"type\":\"lead.created\"}", "x").xml();
    String second =
        flow.replace(
            "</bpmn:process>",
            "<bpmn:startEvent id=\"again\"><bpmn:outgoing>f9</bpmn:outgoing></bpmn:startEvent>"
                + "<bpmn:sequenceFlow id=\"f9\" sourceRef=\"again\" targetRef=\"set\"/></bpmn:process>");
    assertThat(refused(second))
        .anySatisfy(violation -> assertThat(violation.expectation()).containsIgnoringCase("one"));
    String none = flow.replaceAll("<bpmn:startEvent.*?</bpmn:startEvent>", "");
    assertThat(
            catchThrowable(
                () ->
                    workshop.publishing.publish(workshop.publishing.create(null, null, none).id())))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.violations())
                    .anySatisfy(each -> assertThat(each.expectation()).contains("start")));
    String nothing = flow.replace("{\"type\":\"lead.created\"}", "{}");
    assertThat(refused(nothing)).extracting(Violation::field).contains("start.type");
  }

  @Test
  void AUT_005_AUT_023_onlyTheCardsOfTheBranchTakenRunAndAnEmptyBranchEndsWithoutError() {
    String city = workshop.unique("branch");
    AutomationVersion version =
        workshop.publish(
            Bpmn.automation(city)
                .trigger(Bpmn.created(city))
                .choice("boss")
                .choice("inner")
                .card("first", "lead.set-fields", "{\"values\":{\"company\":\"First\"}}")
                .card("second", "lead.set-fields", "{\"values\":{\"company\":\"Second\"}}")
                .end("done")
                .end("empty")
                .path("start", "boss")
                .when("boss", "inner", Bpmn.lead("jobTitle", "startsWith", "Boss"))
                .otherwise("boss", "empty")
                .when("inner", "first", Bpmn.lead("jobTitle", "endsWith", "1"))
                .otherwise("inner", "second")
                .path("first", "done")
                .path("second", "done"));
    RecordRef one = lead(city, "Boss 1");
    RecordRef two = lead(city, "Boss 2");
    RecordRef other = lead(city, "Clerk");
    assertThat(company(one)).isEqualTo("First");
    assertThat(company(two)).isEqualTo("Second");
    assertThat(workshop.get(other).values().has("company")).isFalse();
    assertThat(workshop.status(other)).isEqualTo(RunStatus.DONE);
    assertThat(workshop.path(workshop.onlyRun(other).id()))
        .containsExactly("start", "boss", "empty");
    assertThat(workshop.history.figures(version.id()))
        .contains(
            new RunHistory.Figures("first", 1, 0, 1, 0),
            new RunHistory.Figures("second", 1, 0, 1, 0),
            new RunHistory.Figures("inner", 2, 0, 2, 0));
  }

  @Test
  void AUT_007_newAndUpdatedActivitiesOfTheirTypeStartAFlow() {
    String city = workshop.unique("activity");
    String where = ",\"condition\":" + Bpmn.lead("city", "equals", city) + "}";
    workshop.publish(
        sets(city, "{\"type\":\"activity.posted\",\"activityType\":\"payment\"" + where, "Posted"));
    workshop.publish(
        sets(
            city,
            "{\"type\":\"activity.updated\",\"activityType\":\"payment\",\"fields\":[\"amount\"]"
                + where,
            "Updated"));
    RecordRef lead = lead(city, "x");
    RecordRef meeting =
        workshop.activity(lead, "meeting", Map.of("happenedAt", workshop.clock.instant()));
    workshop.update(meeting, "outcome", "Good");
    workshop.settle();
    assertThat(workshop.runs(lead)).isEmpty();
    RecordRef payment =
        workshop.activity(lead, "payment", Map.of("happenedAt", workshop.clock.instant()));
    assertThat(company(lead)).isEqualTo("Posted");
    workshop.update(payment, "outcome", "Paid");
    assertThat(company(lead)).isEqualTo("Posted");
    workshop.update(payment, "amount", new BigDecimal("7"));
    assertThat(company(lead)).isEqualTo("Updated");
  }

  @Test
  void AUT_009_anAccountWhoseStageChangedStartsAFlow() {
    String name = workshop.unique("Account");
    workshop.publish(
        Bpmn.automation(name)
            .trigger(
                "{\"type\":\"account.updated\",\"fields\":[\"stage\"],\"to\":\"Customer\",\"condition\":"
                    + Bpmn.criterion("account", "name", "equals", name)
                    + "}")
            .card("set", "account.set-fields", "{\"values\":{\"city\":\"Reached\"}}")
            .end("done")
            .path("start", "set", "done"));
    RecordRef account =
        workshop.write(
            new RecordCommand.Create(
                EntityType.ACCOUNT, Values.copyOf(Map.of("name", name, "stage", "Prospect"))));
    workshop.update(account, "industry", "Steel");
    workshop.update(account, "stage", "Opportunity");
    workshop.settle();
    assertThat(workshop.runs(account)).isEmpty();
    workshop.update(account, "stage", "Customer");
    workshop.settle();
    assertThat(workshop.get(account).values().text("city")).isEqualTo("Reached");
  }

  @Test
  void AUT_017_anUnsubscribeStartsAFlowThatChangesTheStage() {
    String city = workshop.unique("unsubscribe");
    workshop.publish(
        Bpmn.automation(city)
            .trigger(
                "{\"type\":\"activity.posted\",\"activityType\":\"unsubscribed\",\"condition\":"
                    + Bpmn.lead("city", "equals", city)
                    + "}")
            .card("set", "lead.set-fields", "{\"values\":{\"stage\":\"Customer\"}}")
            .end("done")
            .path("start", "set", "done"));
    RecordRef lead = lead(city, "x");
    workshop.activity(lead, "unsubscribed", Map.of("happenedAt", workshop.clock.instant()));
    workshop.settle();
    assertThat(workshop.get(lead).values().text("stage")).isEqualTo("Customer");
  }

  /** Takes the branch Yes when the criterion holds. */
  private void branching(String city, String trigger, String criterion) {
    workshop.publish(
        Bpmn.automation(city)
            .trigger(trigger)
            .choice("which")
            .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Yes\"}}")
            .card("no", "lead.set-fields", "{\"values\":{\"company\":\"No\"}}")
            .end("done")
            .path("start", "which")
            .when("which", "yes", criterion)
            .otherwise("which", "no")
            .path("yes", "done")
            .path("no", "done"));
  }

  /** A flow that asks about what triggered it takes No after the first and Yes after the second. */
  private void asks(
      String trigger, String criterion, Consumer<RecordRef> first, Consumer<RecordRef> second) {
    String city = workshop.unique("asks");
    branching(
        city,
        "{" + trigger + ",\"condition\":" + Bpmn.lead("city", "equals", city) + "}",
        criterion);
    RecordRef lead = lead(city, "x");
    first.accept(lead);
    assertThat(company(lead)).isEqualTo("No");
    second.accept(lead);
    assertThat(company(lead)).isEqualTo("Yes");
  }

  @Test
  void AUT_025_criteriaUseTheFieldsOfActivities() {
    asks(
        "\"type\":\"activity.posted\",\"activityType\":\"payment\"",
        Bpmn.criterion("triggeredActivity", "amount", "greaterOrEqual", "100"),
        lead -> pay(lead, "99.99"),
        lead -> pay(lead, "100"));
  }

  private void pay(RecordRef lead, String amount) {
    workshop.activity(
        lead,
        "payment",
        Map.of("happenedAt", workshop.clock.instant(), "amount", new BigDecimal(amount)));
  }

  @Test
  void AUT_026_criteriaUseTheFieldsOfTasks() {
    asks(
        "\"type\":\"task.created\",\"taskType\":\"call\"",
        Bpmn.criterion("triggeredTask", "title", "contains", "urgent"),
        lead -> task(lead, "Some time"),
        lead -> task(lead, "Very urgent"));
  }

  private void task(RecordRef lead, String title) {
    workshop.write(
        new RecordCommand.Create(
            EntityType.TASK,
            Values.copyOf(
                Map.of("type", "call", "title", title, "status", "pending", "lead", lead.id()))));
  }

  @Test
  void AUT_037_AUT_039_AUT_040_AUT_042_aMultiIfElseHasIfElseIfAndElseBranchesAndTakesOne() {
    String city = workshop.unique("multi");
    Bpmn flow =
        Bpmn.automation(city)
            .trigger(Bpmn.created(city))
            .choice("which")
            .end("done")
            .path("start", "which");
    for (String branch : List.of("1", "2", "3", "4")) {
      flow.card("tag" + branch, "tag.add", "{\"tags\":[\"" + branch + "\"]}")
          .card("set" + branch, "lead.set-fields", "{\"values\":{\"company\":\"" + branch + "\"}}")
          .when("which", "tag" + branch, Bpmn.lead("jobTitle", "contains", branch))
          .path("tag" + branch, "set" + branch, "done");
    }
    AutomationVersion version =
        workshop.publish(
            flow.card("else", "lead.set-fields", "{\"values\":{\"company\":\"Else\"}}")
                .otherwise("which", "else")
                .path("else", "done"));
    assertThat(company(lead(city, "only 2"))).isEqualTo("2");
    assertThat(company(lead(city, "4 and 3"))).isEqualTo("3");
    assertThat(company(lead(city, "none"))).isEqualTo("Else");
    assertThat(workshop.history.figures(version.id()))
        .extracting(RunHistory.Figures::card)
        .containsExactlyInAnyOrder(
            "", "start", "which", "tag2", "set2", "tag3", "set3", "else", "done");
  }

  @Test
  void AUT_D01_aBranchWithoutACriterionIsRefusedByName() {
    String city = workshop.unique("empty");
    assertThat(
            refused(
                Bpmn.automation(city)
                    .trigger(Bpmn.created(city))
                    .choice("which")
                    .end("yes")
                    .end("no")
                    .path("start", "which")
                    .when("which", "yes", "{\"criteria\":[]}")
                    .otherwise("which", "no")
                    .xml()))
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("f2.condition");
              assertThat(violation.expectation()).startsWith("'which: f2'").contains("criterion");
            });
  }
}
