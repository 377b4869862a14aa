package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;

/** Automations that start on opportunities and look at them. */
@LeadloomTest
@Tag("database")
@Import(Workshop.class)
class OpportunityAutomationsTest extends WithOpportunities {

  @Test
  void AUT_010_aNewOpportunityStartsARunAboutItWithItsLeadAndContact() {
    workshop.publish(
        does(
            on("opportunity.created", ""),
            "lead.set-fields",
            values(
                "jobTitle",
                "{{opportunity.name}} of {{contact.lastName}}, {{opportunity.stage}}")));
    String fresh = workshop.unique("Fresh");
    pipeline(fresh, fresh);
    RecordRef lead = lead();
    RecordRef deal =
        deal(
            "lead",
            lead.id(),
            "contact",
            workshop.get(lead).values().get("contact"),
            "pipeline",
            fresh);
    workshop.settle();
    assertThat(workshop.status(deal)).isEqualTo(RunStatus.DONE);
    assertThat(text(lead, "jobTitle")).isEqualTo("Roof of Buyer, " + fresh);
    workshop.update(deal, "description", "Slate");
    workshop.settle();
    assertThat(workshop.runs(deal)).hasSize(1);
  }

  @Test
  void AUT_011_anUpdateStartsOnTheFieldsAndValuesThatAreAskedFor() {
    String first = workshop.unique("First");
    String third = workshop.unique("Third");
    long line = pipeline(first, first, workshop.unique("Second"), third);
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"statusKind\"],\"to\":\"won\","),
            "opportunity.set-fields",
            values("description", "{{opportunity.status}}")));
    workshop.publish(
        does(
            on(
                "opportunity.updated",
                "\"fields\":[\"stage\"],\"from\":\"%s\",\"to\":\"%d\","
                    .formatted(first, stage(line, 2))),
            "opportunity.set-fields",
            values("requirements", "moved")));
    RecordRef deal = deal("pipeline", first);
    workshop.update(deal, "stage", third);
    workshop.settle();
    assertThat(text(deal, "requirements")).isEqualTo("moved");
    assertThat(text(deal, "description")).isNull();
    workshop.update(deal, "status", "Won");
    workshop.settle();
    assertThat(text(deal, "description")).isEqualTo("Won");
    assertThat(workshop.runs(deal)).hasSize(2);
  }

  @Test
  void REV_E17_AUT_D17_aNamedStatusThatAnAutomationSetsClosesTheOpportunityAsItsKindDoes() {
    String irrelevant = status(workshop.unique("Not Relevant"), "disqualified");
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"value\"],"),
            "opportunity.set-fields",
            values("status", irrelevant)));
    RecordRef deal = deal();
    workshop.update(deal, "value", new io.leadloom.schema.Money(new BigDecimal("5.00"), "EUR"));
    workshop.settle();
    assertThat(text(deal, "status")).isEqualTo(irrelevant);
    assertThat(text(deal, "statusKind")).isEqualTo("disqualified");
    assertThat(workshop.get(deal).values().get("closedAt")).isInstanceOf(Instant.class);
    assertThat(act(deal).message()).isEqualTo("Status");
  }

  @Test
  void AUT_X06_AUT_027_AUT_065_theIncomeDecidesTheNamedStatus() {
    String income =
        admin
            .post(
                "/schema/opportunity/fields",
                Map.of("label", workshop.unique("Monthly income"), "type", "decimal"))
            .is(201)
            .json()
            .path("key")
            .asText();
    String relevant = status(workshop.unique("Relevant"), "open");
    String irrelevant = status(workshop.unique("Not Relevant"), "disqualified");
    workshop.publish(
        Bpmn.automation(workshop.unique("income"))
            .trigger(on("opportunity.created", ""))
            .choice("which")
            .card("yes", "opportunity.set-fields", values("status", relevant))
            .card("no", "opportunity.set-fields", values("status", irrelevant))
            .end("done")
            .path("start", "which")
            .when("which", "yes", Bpmn.criterion("opportunity", income, "equals", "50000"))
            .otherwise("which", "no")
            .path("yes", "done")
            .path("no", "done"));
    RecordRef rich = deal(income, new BigDecimal("50000"));
    RecordRef poor = deal(income, new BigDecimal("49999"));
    workshop.settle();
    assertThat(text(rich, "status")).isEqualTo(relevant);
    assertThat(text(rich, "statusKind")).isEqualTo("open");
    assertThat(text(poor, "status")).isEqualTo(irrelevant);
    assertThat(workshop.get(poor).values().get("closedAt")).isNotNull();
  }

  @Test
  void AUT_X07_anOpportunityThatHasClickedNoMailByThenIsLost() {
    String pipeline = workshop.unique("Clicks");
    pipeline(pipeline, "Begun", "Open", "Lost");
    workshop.publish(
        Bpmn.automation(workshop.unique("clicks"))
            .trigger(on("opportunity.created", ""))
            .hour("wait")
            .choice("clicked")
            .card("open", "opportunity.set-fields", values("stage", "Open"))
            .card("lost", "opportunity.set-fields", values("stage", "Lost"))
            .end("done")
            .path("start", "wait", "clicked")
            .when(
                "clicked",
                "open",
                "{\"criteria\":[{\"source\":\"leadActivity\",\"operator\":\"hasActivity\","
                    + "\"activityType\":\"email-link-clicked\"}]}")
            .otherwise("clicked", "lost")
            .path("open", "done")
            .path("lost", "done"));
    RecordRef silent = deal("pipeline", pipeline);
    RecordRef clicking = deal("pipeline", pipeline);
    workshop.settle();
    posted(clicking, "email-link-clicked");
    workshop.pass(Duration.ofHours(1));
    assertThat(text(silent, "stage")).startsWith("Lost");
    assertThat(text(clicking, "stage")).startsWith("Open");
  }

  private RecordRef posted(RecordRef on, String type) {
    return workshop.write(
        new RecordCommand.Create(EntityType.ACTIVITY, type, Values.of(on.type().key(), on.id())));
  }

  private RecordRef task(RecordRef on) {
    return workshop.write(
        new RecordCommand.Create(
            EntityType.TASK,
            Values.of("type", "call")
                .with("title", "Ring")
                .with("status", "pending")
                .with(on.type().key(), on.id())));
  }

  @Test
  void AUT_012_AUT_013_AUT_014_AUT_015_activitiesAndTasksOfOpportunitiesStartTheirOwnTriggers() {
    for (String type :
        List.of("activity-posted", "activity-updated", "task-created", "task-completed")) {
      workshop.publish(
          does(
              on("opportunity." + type, ""),
              "opportunity.set-fields",
              values("description", type + " {{opportunity.description}}")));
    }
    workshop.publish(
        does(
            "{\"type\":\"activity.posted\",\"condition\":"
                + Bpmn.criterion("lead", "city", "equals", city)
                + "}",
            "lead.set-fields",
            values("jobTitle", "heard")));
    RecordRef lead = lead();
    RecordRef deal = deal("lead", lead.id());
    RecordRef meeting = posted(deal, "meeting");
    workshop.settle();
    workshop.update(meeting, "outcome", "good");
    workshop.settle();
    RecordRef task = task(deal);
    workshop.settle();
    workshop.update(task, "title", "Ring twice");
    workshop.update(task, "status", "completed");
    workshop.settle();
    assertThat(text(deal, "description").strip())
        .isEqualTo("task-completed task-created activity-updated activity-posted");
    assertThat(text(lead, "jobTitle")).as("not an activity of the lead").isEqualTo("None");
    posted(lead, "meeting");
    workshop.settle();
    assertThat(text(lead, "jobTitle")).isEqualTo("heard");
    assertThat(workshop.runs(deal)).hasSize(4);
  }

  @Test
  void AUT_016_theReminderOfATaskOfAnOpportunityStarts() {
    workshop.publish(
        does(
            on("opportunity.task-reminder", ""),
            "opportunity.set-fields",
            values("description", "{{task.title}}")));
    RecordRef deal = deal();
    RecordRef task = task(deal);
    workshop.update(task, "remindAt", workshop.clock.instant().plus(Duration.ofMinutes(5)));
    workshop.settle();
    workshop.look();
    workshop.clock.advance(Duration.ofMinutes(6));
    workshop.look();
    assertThat(text(deal, "description")).isEqualTo("Ring");
  }

  @Test
  void aWaitForAnActivityHearsOfThoseOfTheOpportunityAndConditionsSeeWhatCardsDidToItsLead() {
    workshop.publish(
        Bpmn.automation(workshop.unique("waits"))
            .trigger(on("opportunity.created", ""))
            .firstOf("first")
            .event("met", "{\"type\":\"activity.posted\",\"activityType\":\"meeting\"}")
            .hour("late")
            .card("act", "lead.set-fields", values("jobTitle", "Met"))
            .choice("which")
            .card("yes", "opportunity.set-fields", values("description", "{{lead.jobTitle}}"))
            .end("done")
            .path("start", "first", "met", "act", "which")
            .path("first", "late", "done")
            .when("which", "yes", Bpmn.lead("jobTitle", "equals", "Met"))
            .otherwise("which", "done")
            .path("yes", "done"));
    RecordRef deal = deal("lead", lead().id());
    workshop.settle();
    assertThat(workshop.status(deal)).isEqualTo(RunStatus.WAITING);
    posted(deal, "meeting");
    workshop.settle();
    assertThat(text(deal, "description")).isEqualTo("Met");
  }

  @Test
  void ENG_108_anAutomationIsStartedForManyOpportunities() {
    long automation =
        workshop
            .publish(
                does(
                    "{\"type\":\"called\"}",
                    "opportunity.set-fields",
                    values("description", "Started")))
            .automationId();
    RecordRef one = deal();
    RecordRef two = deal();
    Map<String, Object> order =
        Map.of(
            "operation",
            "start-automation",
            "name",
            "Start",
            "ids",
            List.of(one.id(), two.id()),
            "settings",
            Map.of("automation", automation));
    long job = admin.post("/opportunities/bulk-actions", order).is(202).id();
    await().until(() -> admin.get("/bulk-actions/" + job).json().path("endedAt").isTextual());
    assertThat(admin.get("/bulk-actions/" + job).json().path("succeeded").asInt()).isEqualTo(2);
    workshop.settle();
    assertThat(text(one, "description")).isEqualTo("Started");
    assertThat(text(two, "description")).isEqualTo("Started");
  }
}
