package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Automations that start on opportunities, look at them, create and change them. */
@LeadloomTest
@Tag("database")
@Import(Workshop.class)
class OpportunityAutomationsTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin;
  private String city;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
    city = workshop.unique("dealing");
  }

  private RecordRef contact() {
    return workshop.write(
        new RecordCommand.Create(
            EntityType.CONTACT, Values.of("lastName", "Buyer").with("city", city)));
  }

  private RecordRef lead() {
    return workshop.lead(
        Map.of("lastName", "Buyer", "city", city, "contact", contact().id(), "jobTitle", "None"));
  }

  /** An opportunity of this test's city. */
  private RecordRef deal(Object... more) {
    Map<String, Object> values = new HashMap<>(Map.of("name", "Roof", "city", city));
    for (int i = 0; i < more.length; i += 2) {
      values.put((String) more[i], more[i + 1]);
    }
    values.computeIfAbsent("contact", key -> contact().id());
    return workshop.write(new RecordCommand.Create(EntityType.OPPORTUNITY, Values.copyOf(values)));
  }

  /** A start on opportunities of this test only. */
  private String on(String type, String more) {
    return "{\"type\":\""
        + type
        + "\","
        + more
        + "\"condition\":"
        + Bpmn.criterion("opportunity", "city", "equals", city)
        + "}";
  }

  private static String values(String... pairs) {
    StringBuilder json = new StringBuilder("{\"values\":{");
    for (int i = 0; i < pairs.length; i += 2) {
      json.append(i == 0 ? "" : ",").append('"').append(pairs[i]).append("\":\"");
      json.append(pairs[i + 1]).append('"');
    }
    return json.append("}}").toString();
  }

  private Bpmn does(String trigger, String card, String settings) {
    return Bpmn.automation(workshop.unique("deals"))
        .trigger(trigger)
        .card("act", card, settings)
        .end("done")
        .path("start", "act", "done");
  }

  private List<Violation> refused(Bpmn flow) {
    long id = workshop.publishing.create(null, null, flow.xml()).id();
    RefusedException refused =
        (RefusedException) catchThrowable(() -> workshop.publishing.publish(id));
    assertThat(refused).as("refused").isNotNull();
    return refused.violations();
  }

  private String text(RecordRef ref, String field) {
    return workshop.get(ref).values().text(field);
  }

  private RunHistory.Step act(RecordRef ref) {
    return workshop.history.steps(workshop.onlyRun(ref).id()).stream()
        .filter(step -> step.card().equals("act"))
        .findFirst()
        .orElseThrow();
  }

  private long pipeline(String name, String... stages) {
    return admin
        .post(
            "/schema/pipelines",
            Map.of(
                "name",
                name,
                "stages",
                List.of(stages).stream().map(stage -> Map.of("name", stage)).toList()))
        .is(201)
        .id();
  }

  private String status(String name, String kind) {
    admin.post("/schema/opportunity-statuses", Map.of("name", name, "kind", kind)).is(201);
    return name;
  }

  @Test
  void AUT_010_aNewOpportunityStartsARunAboutItWithItsLeadAndContact() {
    workshop.publish(
        does(
            on("opportunity.created", ""),
            "lead.set-fields",
            values(
                "jobTitle",
                "{{opportunity.name}} of {{contact.lastName}}, {{opportunity.stage}}")));
    RecordRef lead = lead();
    RecordRef deal = deal("lead", lead.id(), "contact", workshop.get(lead).values().get("contact"));
    workshop.settle();
    assertThat(workshop.status(deal)).isEqualTo(RunStatus.DONE);
    assertThat(text(lead, "jobTitle")).isEqualTo("Roof of Buyer, New");
    workshop.update(deal, "description", "Slate");
    workshop.settle();
    assertThat(workshop.runs(deal)).hasSize(1);
  }

  @Test
  void AUT_011_anUpdateStartsOnTheFieldsAndValuesThatAreAskedFor() {
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"statusKind\"],\"to\":\"won\","),
            "opportunity.set-fields",
            values("description", "{{opportunity.status}}")));
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"stage\"],\"from\":\"New\",\"to\":\"3\","),
            "opportunity.set-fields",
            values("requirements", "moved")));
    String third =
        admin
            .get("/schema/pipelines")
            .ok()
            .json()
            .path("items")
            .path(0)
            .path("stages")
            .path(2)
            .path("name")
            .asText();
    RecordRef deal = deal();
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
    assertThat(act(deal).message()).isEqualTo("Status: " + irrelevant);
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
  void publishingNamesElementFieldAndExpectationOfWhatDoesNotFit() {
    String pipeline = workshop.unique("Upsell");
    pipeline(pipeline, "First", "Second");
    assertThat(
            refused(
                does(
                    on("opportunity.created", ""),
                    "opportunity.set-fields",
                    values("pipeline", pipeline, "stage", "New", "status", "Perhaps"))))
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.values.stage");
              assertThat(violation.value()).isEqualTo("New");
              assertThat(violation.expectation())
                  .isEqualTo("'act': a stage of the pipeline " + pipeline + ": First, Second");
            })
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.values.status");
              assertThat(violation.value()).isEqualTo("Perhaps");
              assertThat(violation.expectation()).contains("one of: ").contains("Won");
            });
    assertThat(
            refused(
                does(
                    "{\"type\":\"lead.created\"}",
                    "opportunity.create",
                    "{\"name\":\"x\",\"values\":{\"pipeline\":\"Nowhere\",\"closedAt\":\"today\"}}")))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("act.values.pipeline", "act.values.closedAt");
    assertThat(
            refused(
                does(
                    "{\"type\":\"lead.created\"}",
                    "opportunity.set-fields",
                    values("status", "Won"))))
        .singleElement()
        .satisfies(
            violation -> assertThat(violation.expectation()).contains("about an opportunity"));
    assertThat(
            refused(
                does(
                    "{\"type\":\"lead.created\",\"condition\":"
                        + Bpmn.criterion("opportunity", "stage", "equals", "New")
                        + "}",
                    "lead.star",
                    "{}")))
        .extracting(Violation::expectation)
        .singleElement()
        .asString()
        .endsWith("a source that exists: no opportunity triggers this automation");
    assertThat(
            refused(
                does(
                    "{\"type\":\"opportunity.updated\",\"fields\":[\"stage\"],\"to\":\"Nowhere\"}",
                    "opportunity.set-fields",
                    values("status", "Won"))))
        .extracting(Violation::field)
        .containsExactly("start.to");
  }

  @Test
  void whatIsRenamedIsMeantStillAndWhatIsGoneFailsTheCardWithItsReason() {
    String pipeline = workshop.unique("Gone");
    long id = pipeline(pipeline, "Alpha " + pipeline, "Beta " + pipeline);
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"source\"],"),
            "opportunity.set-fields",
            values("pipeline", pipeline, "stage", "Beta " + pipeline)));
    RecordRef before = deal();
    workshop.update(before, "source", "Vendor");
    workshop.settle();
    assertThat(text(before, "stage")).isEqualTo("Beta " + pipeline);
    workshop.update(before, "pipeline", "Sales");
    admin.delete("/schema/pipelines/" + id).is(204);
    RecordRef after = deal();
    workshop.update(after, "source", "Vendor");
    workshop.settle();
    assertThat(workshop.status(after)).isEqualTo(RunStatus.FAILED);
    assertThat(act(after).message()).contains("pipeline").contains(pipeline).contains("Sales");
    assertThat(text(after, "stage")).isEqualTo("New");
  }

  @Test
  void stagesOfOneNameAreThoseOfTheOpportunitysOwnPipeline() {
    String one = workshop.unique("One");
    String two = workshop.unique("Two");
    String paid = workshop.unique("Paid");
    pipeline(one, "Begun", paid);
    pipeline(two, "Begun", paid);
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"source\"],"),
            "opportunity.set-fields",
            values("stage", paid)));
    RecordRef first = deal("pipeline", one);
    RecordRef second = deal("pipeline", two);
    workshop.update(first, "source", "Vendor");
    workshop.update(second, "source", "Vendor");
    workshop.settle();
    assertThat(text(first, "stage")).isEqualTo(paid + " (" + one + ")");
    assertThat(text(second, "stage")).isEqualTo(paid + " (" + two + ")");
  }

  private List<Long> dealsOf(RecordRef lead) {
    return workshop.jdbc.queryForList(
        "select id from opportunities where lead_id = ? order by id", Long.class, lead.id());
  }

  @Test
  void anOpportunityIsCreatedOfEachLeadOfABatchForItsOwnerOrANamedUser() {
    long seller = workshop.seller();
    workshop.publish(
        does(
            Bpmn.created(city),
            "opportunity.create",
            "{\"name\":\"Loan of {{lead.lastName}}\",\"assignTo\":\"user:scenario-seller\","
                + "\"values\":{\"stage\":\"New\",\"value\":\"120.50 EUR\"}}"));
    List<RecordRef> leads = IntStream.range(0, 12).mapToObj(n -> lead()).toList();
    RecordRef alone = workshop.lead(Map.of("leadName", city, "city", city));
    workshop.settle();
    for (RecordRef lead : leads) {
      assertThat(dealsOf(lead)).hasSize(1);
      RecordRef deal = RecordRef.opportunity(dealsOf(lead).get(0));
      Values values = workshop.get(deal).values();
      assertThat(values.text("name")).isEqualTo("Loan of Buyer");
      assertThat(values.number("owner")).isEqualTo(seller);
      assertThat(values.number("contact")).isEqualTo(workshop.get(lead).values().number("contact"));
      assertThat(String.valueOf(values.get("value"))).contains("120.50");
      assertThat(act(lead).message()).isEqualTo("'Loan of Buyer': Sales, New, Open");
    }
    if (workshop.get(alone).values().get("contact") == null) {
      assertThat(workshop.status(alone)).isEqualTo(RunStatus.FAILED);
      assertThat(act(alone).message())
          .isEqualTo("The lead has no contact, which an opportunity needs");
    }
  }
}
