package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunControl;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Triggers, re-entry, sub-automations, and what keeps an automation from being published. */
@LeadloomTest
@Import(Workshop.class)
class StartingTest {

  @Autowired Workshop workshop;
  @Autowired RunControl control;

  private Bpmn star(String key, String trigger) {
    return Bpmn.automation(key)
        .trigger(trigger)
        .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
        .end("done")
        .path("start", "more", "done");
  }

  private String in(String city) {
    return ",\"condition\":" + Bpmn.lead("city", "equals", city) + "}";
  }

  private long score(RecordRef lead) {
    Long score = workshop.get(lead).values().number("score");
    return score == null ? 0 : score;
  }

  @Test
  void AUT_002_nothingStartsBeforeItIsPublished() {
    String city = workshop.unique("draft");
    var automation =
        workshop.publishing.create(
            null,
            null,
            star(workshop.unique("draft"), "{\"type\":\"lead.created\"" + in(city)).xml());
    RecordRef before = workshop.lead(Map.of("lastName", "Before", "city", city));
    workshop.settle();
    assertThat(workshop.runs(before)).isEmpty();
    workshop.publishing.publish(automation.id());
    RecordRef after = workshop.lead(Map.of("lastName", "After", "city", city));
    workshop.settle();
    assertThat(workshop.status(after)).isEqualTo(RunStatus.DONE);
  }

  @Test
  void AUT_008_aTaskTriggersWhenCreatedCompletedAndDueForItsReminder() {
    String city = workshop.unique("tasks");
    for (String type : new String[] {"task.created", "task.completed", "task.reminder"}) {
      workshop.publish(
          star(
              workshop.unique("task"),
              "{\"type\":\"" + type + "\",\"taskType\":\"call\"" + in(city)));
    }
    workshop.look();
    RecordRef lead = workshop.lead(Map.of("lastName", "Tasks", "city", city));
    RecordRef task =
        workshop.write(
            new RecordCommand.Create(
                EntityType.TASK,
                Values.of("type", "call")
                    .with("title", "Call")
                    .with("lead", lead.id())
                    .with("remindAt", workshop.clock.instant().plus(Duration.ofHours(1)))));
    workshop.settle();
    assertThat(score(lead)).isEqualTo(1);
    workshop.clock.advance(Duration.ofHours(2));
    workshop.look();
    assertThat(score(lead)).isEqualTo(2);
    workshop.update(task, "status", "completed");
    workshop.settle();
    assertThat(score(lead)).isEqualTo(3);
  }

  @Test
  void aLeadUpdateTriggersOnlyOnItsFieldsAndValues() {
    String city = workshop.unique("updates");
    workshop.publish(
        star(
            workshop.unique("update"),
            "{\"type\":\"lead.updated\",\"fields\":[\"stage\"],\"from\":\"Prospect\",\"to\":\"Customer\""
                + in(city)));
    RecordRef lead = workshop.lead(Map.of("lastName", "Updates", "city", city));
    workshop.update(lead, "company", "Other");
    workshop.update(lead, "stage", "Opportunity");
    workshop.update(lead, "stage", "Customer");
    workshop.settle();
    assertThat(workshop.runs(lead)).isEmpty();
    workshop.update(lead, "stage", "Prospect");
    workshop.update(lead, "stage", "Customer");
    workshop.settle();
    assertThat(workshop.runs(lead)).hasSize(1);
  }

  @Test
  void tagsAndListsTrigger() {
    String tag = workshop.unique("tag");
    String list = workshop.unique("list");
    workshop.list(list);
    workshop.publish(
        star(workshop.unique("tagged"), "{\"type\":\"tag.added\",\"tag\":\"" + tag + "\"}"));
    workshop.publish(
        star(workshop.unique("listed"), "{\"type\":\"list.added\",\"list\":\"" + list + "\"}"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Marks"));
    workshop.tag(lead, "other");
    workshop.tag(lead, tag);
    workshop.tag(lead, tag);
    workshop.write(new RecordCommand.AddToList(lead, workshop.lists.find(list).orElseThrow().id()));
    workshop.settle();
    assertThat(score(lead)).isEqualTo(2);
  }

  @Test
  void aScheduleStartsForAllLeadsOfItsFilterOnceADay() {
    String city = workshop.unique("daily");
    workshop.publish(
        star(
            workshop.unique("daily"),
            "{\"type\":\"schedule\",\"cron\":\"0 9 * * *\",\"timeZone\":\"Asia/Kolkata\",\"filter\":\"city = \\\""
                + city
                + "\\\"\"}"));
    workshop.look();
    RecordRef lead = workshop.lead(Map.of("lastName", "Daily", "city", city));
    RecordRef other = workshop.lead(Map.of("lastName", "Other", "city", "nowhere"));
    workshop.clock.advance(Duration.ofDays(1));
    workshop.look();
    assertThat(score(lead)).isEqualTo(1);
    assertThat(workshop.runs(other)).isEmpty();
  }

  @Test
  void reentryOncePerRecordAndNotWhileRunning() {
    String once = workshop.unique("once");
    workshop.publish(
        star(workshop.unique("once"), "{\"type\":\"tag.added\",\"tag\":\"" + once + "\"}")
            .settings("{\"reentry\":{\"policy\":\"oncePerRecord\"}}"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Once"));
    for (int i = 0; i < 3; i++) {
      workshop.tag(lead, once);
      workshop.untag(lead, once);
    }
    workshop.settle();
    assertThat(score(lead)).isEqualTo(1);

    String alone = workshop.unique("alone");
    workshop.publish(
        Bpmn.automation(workshop.unique("alone"))
            .settings("{\"reentry\":{\"policy\":\"notWhileRunning\"}}")
            .trigger("{\"type\":\"tag.added\",\"tag\":\"" + alone + "\"}")
            .hour("hour")
            .end("done")
            .path("start", "hour", "done"));
    RecordRef busy = workshop.lead(Map.of("lastName", "Busy"));
    for (int i = 0; i < 2; i++) {
      workshop.tag(busy, alone);
      workshop.untag(busy, alone);
      workshop.settle();
    }
    assertThat(workshop.runs(busy)).hasSize(1);
    workshop.pass(Duration.ofHours(2));
    workshop.tag(busy, alone);
    workshop.settle();
    assertThat(workshop.runs(busy)).hasSize(2);
  }

  @Test
  void AUT_062_aSubAutomationIsCalledAndItsEndWaitedFor() {
    String city = workshop.unique("parent");
    String key = workshop.unique("child");
    workshop.publish(
        Bpmn.automation(key)
            .trigger("{\"type\":\"called\"}")
            .hour("hour")
            .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
            .end("done")
            .path("start", "hour", "more", "done"));
    workshop.publish(
        Bpmn.automation(workshop.unique("parent"))
            .trigger("{\"type\":\"lead.created\"" + in(city))
            .card("call", "automation.send", "{\"automation\":\"" + key + "\",\"wait\":true}")
            .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+10\"}}")
            .end("done")
            .path("start", "call", "more", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Parent", "city", city));
    workshop.settle();
    assertThat(workshop.runs(lead)).hasSize(2);
    assertThat(score(lead)).isZero();
    workshop.pass(Duration.ofHours(2));
    assertThat(score(lead)).isEqualTo(11);
    assertThat(workshop.runs(lead))
        .allSatisfy(run -> assertThat(run.status()).isEqualTo(RunStatus.DONE));
  }

  @Test
  void theApiStartsAnAutomationThatIsMadeToBeCalled() {
    AutomationVersion version =
        workshop.publish(star(workshop.unique("called"), "{\"type\":\"called\"}"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Called"));
    control.start(version.automationId(), lead, Rights.system());
    workshop.settle();
    assertThat(score(lead)).isEqualTo(1);
    AutomationVersion needsTask =
        workshop.publish(
            star(workshop.unique("task"), "{\"type\":\"task.created\",\"taskType\":\"email\"}"));
    assertThatThrownBy(() -> control.start(needsTask.automationId(), lead, Rights.system()))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void AUT_D12_automationsThatCallEachOtherInACircleAreRefused() {
    String first = workshop.unique("circle");
    String second = workshop.unique("circle");
    AutomationVersion one = workshop.publish(star(first, "{\"type\":\"called\"}"));
    workshop.publish(
        Bpmn.automation(second)
            .trigger("{\"type\":\"called\"}")
            .card("call", "automation.send", "{\"automation\":\"" + first + "\"}")
            .end("done")
            .path("start", "call", "done"));
    var automation = workshop.publishing.find(one.automationId());
    workshop.publishing.saveDraft(
        automation.id(),
        automation.lockVersion(),
        Bpmn.automation(first)
            .trigger("{\"type\":\"called\"}")
            .card("call", "automation.send", "{\"automation\":\"" + second + "\"}")
            .end("done")
            .path("start", "call", "done")
            .xml(),
        null,
        null);
    assertThat(workshop.publishing.look(automation.id(), null).problems())
        .anySatisfy(problem -> assertThat(problem.expectation()).contains("circle"));
  }

  @Test
  void publishingNamesEveryMistakeWithItsElementAndField() {
    var automation =
        workshop.publishing.create(
            null,
            null,
            Bpmn.automation(workshop.unique("wrong"))
                .trigger(
                    "{\"type\":\"lead.created\",\"condition\":"
                        + Bpmn.lead("noSuchField", "equals", "x")
                        + "}")
                .card("list", "list.add", "{\"list\":\"No such list\"}")
                .card(
                    "fields",
                    "lead.set-fields",
                    "{\"values\":{\"nope\":\"1\",\"starred\":\"perhaps\"}}")
                .card("mail", "email.send", "{\"subject\":\"{{lead.nope}}\",\"text\":\"x\"}")
                .card("activity", "activity.update", "{\"values\":{\"subject\":\"x\"}}")
                .card("what", "no.such-card", "{}")
                .end("done")
                .path("start", "list", "fields", "mail", "activity", "what", "done")
                .xml());
    assertThat(workshop.publishing.look(automation.id(), null).problems())
        .extracting(problem -> problem.element() + " " + problem.field())
        .contains(
            "list list",
            "fields values.nope",
            "fields values.starred",
            "mail subject",
            "activity trigger",
            "what card")
        .anySatisfy(place -> assertThat(place).startsWith("start "));
    assertThatThrownBy(() -> workshop.publishing.publish(automation.id()))
        .isInstanceOf(RefusedException.class)
        .satisfies(e -> assertThat(((RefusedException) e).violations()).hasSizeGreaterThan(6));
  }
}
