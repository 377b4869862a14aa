package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunControl;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Waiting, failing, pausing, versions, loops: what becomes of runs. */
@LeadloomTest
@Import(Workshop.class)
class RunControlTest {

  @Autowired Workshop workshop;
  @Autowired RunControl control;

  private static String set(String company) {
    return "{\"values\":{\"company\":\"" + company + "\"}}";
  }

  private AutomationVersion waiting(String key, String city, String company) {
    return workshop.publish(waitingFlow(key, city, company));
  }

  private Bpmn waitingFlow(String key, String city, String company) {
    return Bpmn.automation(key)
        .trigger(Bpmn.created(city))
        .hour("hour")
        .card("set", "lead.set-fields", set(company))
        .end("done")
        .path("start", "hour", "set", "done");
  }

  @Test
  void aFailedCardStopsItsRunOnlyAndCanBeRetriedAfterTheCauseIsMended() {
    String city = workshop.unique("fails");
    workshop.publish(
        Bpmn.automation(workshop.unique("fails"))
            .trigger(Bpmn.created(city))
            .card(
                "mail",
                "lead.set-fields",
                "{\"values\":{\"email\":\"{{lead.jobTitle}}\",\"company\":\"Set\"}}")
            .end("done")
            .path("start", "mail", "done"));
    RecordRef bad =
        workshop.lead(Map.of("lastName", "Bad", "city", city, "jobTitle", "no address"));
    RecordRef good =
        workshop.lead(Map.of("lastName", "Good", "city", city, "jobTitle", "good@example.com"));
    workshop.settle();
    assertThat(workshop.get(good).values().text("company")).isEqualTo("Set");
    RunHistory.Summary run = workshop.onlyRun(bad);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(workshop.get(bad).values().has("company")).isFalse();
    assertThat(workshop.history.waits(run.id()).get(0).message()).contains("e-mail address");

    workshop.update(bad, "jobTitle", "bad@example.com");
    control.retry(run.id(), null);
    control.retry(run.id(), null);
    assertThat(workshop.status(bad)).isEqualTo(RunStatus.DONE);
    assertThat(workshop.get(bad).values().text("email")).isEqualTo("bad@example.com");
  }

  @Test
  void aFailedCardCanBeSkippedAndAWaitingRunCancelled() {
    String city = workshop.unique("skips");
    workshop.publish(
        Bpmn.automation(workshop.unique("skips"))
            .trigger(Bpmn.created(city))
            .card("mail", "lead.set-fields", "{\"values\":{\"email\":\"{{lead.jobTitle}}\"}}")
            .hour("hour")
            .end("done")
            .path("start", "mail", "hour", "done"));
    RecordRef lead =
        workshop.lead(Map.of("lastName", "Skip", "city", city, "jobTitle", "no address"));
    workshop.settle();
    long run = workshop.onlyRun(lead).id();
    control.skip(run, null);
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    assertThat(workshop.history.steps(run))
        .filteredOn(step -> step.card().equals("mail"))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.result()).isEqualTo("skipped");
              assertThat(step.message()).startsWith("Skipped by ");
            });
    control.cancel(run);
    control.cancel(run);
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.CANCELLED);
    assertThat(workshop.history.waits(run)).isEmpty();
  }

  @Test
  void AUT_D14_AUT_D16_runsFinishOnTheVersionTheyStartedWith() {
    String city = workshop.unique("versions");
    String key = workshop.unique("versions");
    AutomationVersion first = waiting(key, city, "First");
    RecordRef before = workshop.lead(Map.of("lastName", "Before", "city", city));
    workshop.settle();
    var automation = workshop.publishing.find(first.automationId());
    workshop.publishing.saveDraft(
        automation.id(),
        automation.lockVersion(),
        waitingFlow(key, city, "Second").xml(),
        null,
        null);
    RecordRef edited = workshop.lead(Map.of("lastName", "Edited", "city", city));
    workshop.settle();
    assertThat(workshop.publishing.publish(automation.id()).number()).isEqualTo(2);
    RecordRef after = workshop.lead(Map.of("lastName", "After", "city", city));
    workshop.settle();
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.get(before).values().text("company")).isEqualTo("First");
    assertThat(workshop.get(edited).values().text("company")).isEqualTo("First");
    assertThat(workshop.get(after).values().text("company")).isEqualTo("Second");
    assertThat(workshop.publishing.rollBack(automation.id(), 1).number()).isEqualTo(3);
    RecordRef again = workshop.lead(Map.of("lastName", "Again", "city", city));
    workshop.settle();
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.get(again).values().text("company")).isEqualTo("First");
  }

  @Test
  void aPausedAutomationTakesNoStartsAndHoldsItsTimersUntilItIsResumed() {
    String city = workshop.unique("paused");
    AutomationVersion version = waiting(workshop.unique("paused"), city, "Done");
    RecordRef lead = workshop.lead(Map.of("lastName", "Waits", "city", city));
    workshop.settle();
    workshop.publishing.pause(version.automationId());
    RecordRef late = workshop.lead(Map.of("lastName", "Late", "city", city));
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.runs(late)).isEmpty();
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    workshop.publishing.resume(version.automationId());
    workshop.pass(Duration.ofSeconds(1));
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
  }

  @Test
  void aTrashedLeadEndsItsWaitingRuns() {
    String city = workshop.unique("trash");
    waiting(workshop.unique("trash"), city, "Done");
    RecordRef lead = workshop.lead(Map.of("lastName", "Gone", "city", city));
    workshop.settle();
    workshop.write(new RecordCommand.Trash(lead, null));
    workshop.settle();
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.CANCELLED);
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.onlyRun(lead).incident()).contains("trash");
  }

  @Test
  void anAutomationThatSetsItselfOffStopsWithANamedIncident() {
    String city = workshop.unique("loop");
    workshop.publish(
        Bpmn.automation(workshop.unique("loop"))
            .trigger(
                "{\"type\":\"lead.updated\",\"fields\":[\"score\"],\"condition\":"
                    + Bpmn.lead("city", "equals", city)
                    + "}")
            .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
            .end("done")
            .path("start", "more", "done"));
    workshop.publish(
        Bpmn.automation(workshop.unique("kick"))
            .trigger(Bpmn.created(city))
            .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
            .end("done")
            .path("start", "more", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Loop", "city", city));
    workshop.settle();
    assertThat(workshop.get(lead).values().number("score")).isEqualTo(6);
    assertThat(workshop.runs(lead))
        .filteredOn(run -> run.status() == RunStatus.STOPPED)
        .singleElement()
        .satisfies(run -> assertThat(run.incident()).startsWith("Loop"));
  }

  @Test
  void aRunWaitsForAnEventOfItsRecordOrForTheTimeOut() {
    String city = workshop.unique("event");
    workshop.publish(
        Bpmn.automation(workshop.unique("event"))
            .trigger(Bpmn.created(city))
            .firstOf("first")
            .event(
                "clicked", "{\"type\":\"activity.posted\",\"activityType\":\"email-link-clicked\"}")
            .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
            .card("yes", "lead.set-fields", set("Clicked"))
            .card("no", "lead.set-fields", set("Silent"))
            .end("done")
            .path("start", "first", "clicked", "yes", "done")
            .path("first", "day", "no", "done"));
    RecordRef clicks = workshop.lead(Map.of("lastName", "Clicks", "city", city));
    RecordRef silent = workshop.lead(Map.of("lastName", "Silent", "city", city));
    workshop.settle();
    workshop.activity(clicks, "meeting", Map.of("happenedAt", workshop.clock.instant()));
    workshop.settle();
    assertThat(workshop.status(clicks)).isEqualTo(RunStatus.WAITING);
    workshop.activity(clicks, "email-link-clicked", Map.of("happenedAt", workshop.clock.instant()));
    workshop.settle();
    assertThat(workshop.get(clicks).values().text("company")).isEqualTo("Clicked");
    workshop.pass(Duration.ofDays(2));
    assertThat(workshop.get(silent).values().text("company")).isEqualTo("Silent");
    assertThat(workshop.get(clicks).values().text("company")).isEqualTo("Clicked");
  }

  @Test
  void figuresPerCardAddUp() {
    String city = workshop.unique("figures");
    AutomationVersion version = waiting(workshop.unique("figures"), city, "Done");
    workshop.lead(Map.of("lastName", "One", "city", city));
    workshop.lead(Map.of("lastName", "Two", "city", city));
    workshop.settle();
    assertThat(workshop.history.figures(version.id()))
        .contains(
            new RunHistory.Figures("hour", 2, 2, 0, 0), new RunHistory.Figures("", 2, 2, 0, 0));
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.history.figures(version.id()))
        .contains(
            new RunHistory.Figures("hour", 2, 0, 2, 0),
            new RunHistory.Figures("set", 2, 0, 2, 0),
            new RunHistory.Figures("", 2, 0, 2, 0));
  }

  @Test
  void aCardWhoseListWasDeletedAfterPublishingFailsItsRunAndSaysWhy() {
    String city = workshop.unique("deleted");
    String list = workshop.unique("deleted list");
    workshop.list(list);
    workshop.publish(
        Bpmn.automation(workshop.unique("deleted"))
            .trigger(Bpmn.created(city))
            .card("add", "list.add", "{\"list\":\"" + list + "\"}")
            .end("done")
            .path("start", "add", "done"));
    workshop.lists.delete(workshop.lists.find(list).orElseThrow().id());
    RecordRef lead = workshop.lead(Map.of("lastName", "Listless", "city", city));
    workshop.settle();
    RunHistory.Summary run = workshop.onlyRun(lead);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(workshop.history.waits(run.id()).get(0).message()).contains("list");
    control.skip(run.id(), null);
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
  }
}
