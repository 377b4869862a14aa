package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;

/** What happens to an opportunity and to its lead at once, and what runs of the one can hear of the other. */
@LeadloomTest
@Tag("database")
@Import(Workshop.class)
class OpportunitiesAndLeadsTest extends WithOpportunities {

  private String onLead(String type) {
    return "{\"type\":\""
        + type
        + "\",\"condition\":"
        + Bpmn.criterion("lead", "city", "equals", city)
        + "}";
  }

  private RecordRef meeting(RecordRef deal, RecordRef lead) {
    return workshop.write(
        new RecordCommand.Create(
            EntityType.ACTIVITY,
            "meeting",
            Values.of("opportunity", deal.id()).with("lead", lead.id())));
  }

  private RecordRef task(RecordRef deal, RecordRef lead) {
    return workshop.write(
        new RecordCommand.Create(
            EntityType.TASK,
            Values.of("type", "call")
                .with("title", "Ring")
                .with("status", "pending")
                .with("opportunity", deal.id())
                .with("lead", lead.id())));
  }

  @Test
  void AUT_012_AUT_013_AUT_014_AUT_015_AUT_016_whatIsLinkedToBothStartsTheTriggersOfBoth() {
    for (String type : List.of("activity-posted", "task-reminder")) {
      workshop.publish(
          does(
              on("opportunity." + type, ""),
              "opportunity.set-fields",
              values("description", type + " {{opportunity.description}}")));
    }
    for (String type :
        List.of(
            "activity.posted",
            "activity.updated",
            "task.created",
            "task.completed",
            "task.reminder")) {
      workshop.publish(
          does(onLead(type), "lead.set-fields", values("jobTitle", type + " {{lead.jobTitle}}")));
    }
    RecordRef lead = lead();
    RecordRef deal = deal("lead", lead.id());
    RecordRef meeting = meeting(deal, lead);
    workshop.settle();
    workshop.update(meeting, "outcome", "good");
    workshop.settle();
    RecordRef task = task(deal, lead);
    workshop.settle();
    workshop.update(task, "remindAt", workshop.clock.instant().plus(Duration.ofMinutes(5)));
    workshop.settle();
    workshop.look();
    workshop.clock.advance(Duration.ofMinutes(6));
    workshop.look();
    workshop.update(task, "status", "completed");
    workshop.settle();
    assertThat(text(lead, "jobTitle"))
        .isEqualTo(
            "task.completed task.reminder task.created activity.updated activity.posted None");
    assertThat(text(deal, "description").strip()).isEqualTo("task-reminder activity-posted");
    assertThat(workshop.runs(lead)).hasSize(5);
    assertThat(workshop.runs(deal)).hasSize(2);
  }

  @Test
  void aLeadThatMayStartOnceStartsOnceForBoth() {
    workshop.publish(
        does(onLead("activity.posted"), "lead.set-fields", values("jobTitle", "Met"))
            .settings("{\"reentry\":{\"policy\":\"oncePerRecord\"}}"));
    RecordRef lead = lead();
    RecordRef deal = deal("lead", lead.id());
    meeting(deal, lead);
    meeting(deal, lead);
    workshop.settle();
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
    assertThat(workshop.runs(deal)).isEmpty();
  }

  @Test
  void aWaitingRunOfALeadHearsOfTasksThatAreTheOpportunitysAsWell() {
    workshop.publish(
        Bpmn.automation(workshop.unique("waits"))
            .trigger(Bpmn.created(city))
            .firstOf("first")
            .event("rung", "{\"type\":\"task.completed\"}")
            .hour("late")
            .card("act", "lead.set-fields", values("jobTitle", "Rung"))
            .end("done")
            .path("start", "first", "rung", "act", "done")
            .path("first", "late", "done"));
    RecordRef lead = lead();
    RecordRef deal = deal("lead", lead.id());
    RecordRef task = task(deal, lead);
    workshop.settle();
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    workshop.update(task, "status", "completed");
    workshop.settle();
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
    assertThat(text(lead, "jobTitle")).isEqualTo("Rung");
  }

  /** Both runs are of one event, so that they are in one batch, that of the opportunity first. */
  private void decides(String condition) {
    workshop.publish(
        Bpmn.automation(workshop.unique("decides"))
            .trigger(onLead("activity.posted"))
            .choice("which")
            .card("yes", "lead.set-fields", values("company", "Yes"))
            .card("no", "lead.set-fields", values("company", "No"))
            .end("done")
            .path("start", "which")
            .when("which", "yes", condition)
            .otherwise("which", "no")
            .path("yes", "done")
            .path("no", "done"));
  }

  @Test
  void AUT_021_aRunOfALeadDecidesByWhatARunOfItsOpportunityChangedJustBefore() {
    workshop.publish(
        does(
            on("opportunity.activity-posted", ""), "lead.set-fields", values("jobTitle", "Chief")));
    decides(Bpmn.lead("jobTitle", "equals", "Chief"));
    RecordRef lead = lead();
    meeting(deal("lead", lead.id()), lead);
    workshop.settle();
    assertThat(text(lead, "company")).isEqualTo("Yes");
  }

  private String customer() {
    return workshop.schemas.current().choices("stage").stream()
        .filter(choice -> "customer".equals(choice.delivered()))
        .map(Choice::label)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void VOC_011_aRunOfALeadDecidesByTheStageThatItsWonOpportunityGaveIt() {
    workshop.publish(
        does(
            on("opportunity.activity-posted", ""),
            "opportunity.set-fields",
            values("status", "Won")));
    decides(Bpmn.lead("stage", "equals", customer()));
    RecordRef lead = lead();
    meeting(deal("lead", lead.id()), lead);
    workshop.settle();
    assertThat(text(lead, "company")).isEqualTo("Yes");
  }

  @Test
  void VOC_011_alsoWhenAnotherRunOfTheLeadCreatedTheWonOpportunity() {
    workshop.publish(
        does(
            onLead("activity.posted"),
            "opportunity.create",
            "{\"name\":\"Loan\",\"values\":{\"status\":\"Won\"}}"));
    decides(Bpmn.lead("stage", "equals", customer()));
    RecordRef lead = lead();
    meeting(deal("lead", lead.id()), lead);
    workshop.settle();
    assertThat(text(lead, "company")).isEqualTo("Yes");
  }

  private Bpmn waiting(String trigger, String awaited) {
    return Bpmn.automation(workshop.unique("never"))
        .trigger(trigger)
        .firstOf("first")
        .event("heard", "{\"type\":\"" + awaited + "\"}")
        .hour("late")
        .end("done")
        .path("start", "first", "heard", "done")
        .path("first", "late", "done");
  }

  @Test
  void aWaitThatCouldNeverEndIsAProblem() {
    for (String[] never :
        List.of(
            new String[] {"lead.created", "opportunity.updated"},
            new String[] {"activity.posted", "opportunity.task-completed"},
            new String[] {"opportunity.task-created", "lead.updated"},
            new String[] {"contact.updated", "account.updated"},
            new String[] {"called", "lead.created"})) {
      assertThat(refused(waiting("{\"type\":\"" + never[0] + "\"}", never[1])))
          .singleElement()
          .satisfies(
              violation -> {
                assertThat(violation.field()).isEqualTo("heard.type");
                assertThat(violation.value()).isEqualTo(never[1]);
                assertThat(violation.expectation())
                    .contains("something that happens later to what '" + never[0] + "' is about")
                    .contains("activity.posted");
              });
    }
    workshop.publish(waiting("{\"type\":\"called\"}", "opportunity.updated"));
    workshop.publish(waiting(onLead("list.added"), "lead.updated"));
    workshop.publish(waiting(on("opportunity.created", ""), "task.completed"));
  }
}
