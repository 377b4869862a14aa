package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Automations over HTTP: draft, check, publish, versions, figures. */
@LeadloomTest
@Import(Workshop.class)
class AutomationApiTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin;
  private Api sales;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
    sales = new Api(port, "sales");
  }

  /** Sets the company of new leads of a city after an hour. */
  private static Bpmn flow(String city, String company) {
    return Bpmn.automation(city)
        .trigger(Bpmn.created(city))
        .hour("hour")
        .card("set", "lead.set-fields", "{\"values\":{\"company\":\"" + company + "\"}}")
        .end("done")
        .path("start", "hour", "set", "done");
  }

  private JsonNode create(Bpmn bpmn) {
    return admin.post("/automations", Map.of("bpmn", bpmn.xml())).is(201).json();
  }

  private RecordRef lead(String city) {
    RecordRef lead =
        workshop.lead(Map.of("lastName", "Lead", "city", city, "owner", workshop.person("sales")));
    workshop.settle();
    return lead;
  }

  @Test
  void AUT_001_anAutomationIsCreatedFromADocumentOrAReadyMadeOneAndListed() {
    String city = workshop.unique("listed");
    JsonNode made = create(flow(city, "A"));
    assertThat(made.path("key").asText()).isEqualTo(city);
    assertThat(made.path("state").asText()).isEqualTo("draft");
    assertThat(made.path("draft").asText()).contains("bpmn:definitions");
    JsonNode template = admin.get("/automation-templates").ok().json().path("items").path(0);
    assertThat(template.path("bpmn").asText()).contains("leadloom:trigger");
    JsonNode copy =
        admin
            .post(
                "/automations",
                Map.of("template", template.path("key").asText(), "name", city + " copy"))
            .is(201)
            .json();
    assertThat(copy.path("name").asText()).isEqualTo(city + " copy");
    assertThat(sales.get("/automations").ok().json().path("items"))
        .filteredOn(each -> each.path("name").asText().startsWith(city))
        .hasSize(2)
        .allSatisfy(
            each -> {
              assertThat(each.path("trigger").path("type").asText()).isNotEmpty();
              assertThat(each.path("figures").path("started").asInt()).isZero();
            });
  }

  @Test
  void AUT_002_nothingStartsBeforePublishAndTheNextEventStartsAfterIt() {
    String city = workshop.unique("live");
    long id = create(flow(city, "A")).path("id").asLong();
    RecordRef before = lead(city);
    JsonNode version = admin.post("/automations/" + id + "/publish").ok().json();
    assertThat(version.path("number").asInt()).isOne();
    assertThat(version.path("live").asBoolean()).isTrue();
    RecordRef after = lead(city);
    assertThat(workshop.runs(before)).isEmpty();
    assertThat(workshop.runs(after)).hasSize(1);
  }

  @Test
  void AUT_D14_savingADraftLeavesWhatIsPublishedAsItIs() {
    String city = workshop.unique("draft");
    JsonNode made = create(flow(city, "First"));
    String path = "/automations/" + made.path("id").asLong();
    admin.post(path + "/publish").ok();
    int version = admin.get(path).json().path("version").asInt();
    JsonNode saved =
        admin
            .put(
                path + "/draft",
                Map.of(
                    "version",
                    version,
                    "bpmn",
                    flow(city, "Second").xml(),
                    "name",
                    city + " renamed",
                    "description",
                    "Why"))
            .ok()
            .json();
    assertThat(saved.path("draftChanged").asBoolean()).isTrue();
    assertThat(saved.path("name").asText()).isEqualTo(city + " renamed");
    assertThat(saved.path("version").asInt()).isGreaterThan(version);
    RecordRef lead = lead(city);
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("First");
  }

  @Test
  void aDraftMadeFromAnOldStateIsRefusedWithBothVersions() {
    String city = workshop.unique("conflict");
    JsonNode made = create(flow(city, "A"));
    String path = "/automations/" + made.path("id").asLong();
    int old = made.path("version").asInt();
    admin.put(path + "/draft", Map.of("version", old, "bpmn", flow(city, "Theirs").xml())).ok();
    JsonNode problem =
        admin
            .put(path + "/draft", Map.of("version", old, "bpmn", flow(city, "Mine").xml()))
            .problem(409)
            .says("version", "version " + (old + 1))
            .json();
    assertThat(problem.path("expectedVersion").asInt()).isEqualTo(old);
    assertThat(problem.path("current").path("version").asInt()).isEqualTo(old + 1);
    assertThat(problem.path("current").path("draft").asText()).contains("Theirs");
    assertThat(admin.get(path).json().path("draft").asText()).contains("Theirs");
  }

  @Test
  void publishingRefusesWithAllProblemsByElementFieldAndExpectation() {
    String city = workshop.unique("refused");
    Bpmn wrong =
        Bpmn.automation(city)
            .trigger("{\"type\":\"lead.created\"}")
            .choice("which")
            .card("bad", "lead.set-fields", "{\"values\":{\"colour\":\"red\",\"score\":\"many\"}}")
            .card("unknown", "no.such-card", "{}")
            .end("done")
            .path("start", "which")
            .when("which", "bad", Bpmn.lead("score", "greater", "high"))
            .otherwise("which", "unknown")
            .path("bad", "done")
            .path("unknown", "done");
    String path = "/automations/" + create(wrong).path("id").asLong();
    admin
        .post(path + "/publish")
        .problem(422)
        .says("bad.values.colour", "field")
        .says("bad.values.score", "number")
        .says("unknown.card", "one of the cards")
        .says("f2.criteria[0].values", "number");
    JsonNode problems = admin.post(path + "/validate").ok().json().path("problems");
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.path("element").asText()).isEqualTo("bad");
              assertThat(problem.path("name").asText()).isEqualTo("bad");
              assertThat(problem.path("field").asText()).isEqualTo("values.colour");
              assertThat(problem.path("expectation").asText()).isNotBlank();
            });
    assertThat(admin.get(path).json().path("state").asText()).isEqualTo("draft");
    assertThat(admin.get(path + "/versions").ok().json().path("items")).isEmpty();
    JsonNode fixed =
        admin.post(path + "/validate", Map.of("bpmn", flow(city, "A").xml())).ok().json();
    assertThat(fixed.path("problems")).isEmpty();
  }

  @Test
  void anAutomationIsPausedResumedUnpublishedAndPublishedAgain() {
    String city = workshop.unique("states");
    String path = "/automations/" + create(flow(city, "A")).path("id").asLong();
    for (String step : new String[] {"pause", "resume", "unpublish"}) {
      admin.post(path + "/" + step).problem(409).says("state", "a published automation");
    }
    admin.post(path + "/publish").ok();
    assertThat(admin.post(path + "/pause").ok().json().path("state").asText()).isEqualTo("paused");
    admin.post(path + "/pause").ok();
    RecordRef meanwhile = lead(city);
    assertThat(admin.post(path + "/resume").ok().json().path("state").asText())
        .isEqualTo("published");
    RecordRef later = lead(city);
    assertThat(workshop.runs(meanwhile)).isEmpty();
    assertThat(workshop.runs(later)).hasSize(1);
    assertThat(admin.post(path + "/unpublish").ok().json().path("state").asText())
        .isEqualTo("unpublished");
    assertThat(workshop.runs(lead(city))).isEmpty();
    admin.post(path + "/publish").ok();
    assertThat(workshop.runs(lead(city))).hasSize(1);
  }

  @Test
  void versionsAreListedReadWithTheirRulesAndPublishedAgain() {
    String city = workshop.unique("versions");
    String path = "/automations/" + create(flow(city, "First")).path("id").asLong();
    admin.post(path + "/publish").ok();
    int version = admin.get(path).json().path("version").asInt();
    admin.put(path + "/draft", Map.of("version", version, "bpmn", flow(city, "Second").xml())).ok();
    admin.post(path + "/publish").ok();
    JsonNode again = admin.post(path + "/versions/1/publish").ok().json();
    assertThat(again.path("number").asInt()).isEqualTo(3);
    JsonNode versions = sales.get(path + "/versions").ok().json().path("items");
    assertThat(versions).hasSize(3);
    assertThat(versions.path(0).path("number").asInt()).isEqualTo(3);
    assertThat(versions.path(0).path("live").asBoolean()).isTrue();
    assertThat(versions.path(1).path("live").asBoolean()).isFalse();
    assertThat(versions.path(0).path("authorName").asText()).isEqualTo("Test admin");
    assertThat(versions.path(0).has("bpmn") && !versions.path(0).path("bpmn").isNull()).isFalse();
    JsonNode second = sales.get(path + "/versions/2").ok().json();
    assertThat(second.path("bpmn").asText()).contains("Second");
    assertThat(second.path("drl").asText()).contains("rule");
    RecordRef lead = lead(city);
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("First");
    sales.get(path + "/versions/9").problem(404);
    admin.post(path + "/versions/9/publish").problem(404);
  }

  @Test
  void figuresPerCardAreThoseOfTheLiveVersionOrOfTheOneAskedFor() {
    String city = workshop.unique("figures");
    String path = "/automations/" + create(flow(city, "A")).path("id").asLong();
    assertThat(sales.get(path + "/figures").ok().json().path("items")).isEmpty();
    admin.post(path + "/publish").ok();
    lead(city);
    JsonNode items = sales.get(path + "/figures").ok().json().path("items");
    assertThat(items)
        .filteredOn(item -> item.path("card").asText().equals("hour"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.path("entered").asInt()).isOne();
              assertThat(item.path("waiting").asInt()).isOne();
            });
    assertThat(sales.get(path).json().path("figures").path("waiting").asInt()).isOne();
    admin.post(path + "/publish").ok();
    assertThat(sales.get(path + "/figures").ok().json().path("items")).isEmpty();
    assertThat(sales.get(path + "/figures?version=1").ok().json().path("items")).isNotEmpty();
    sales.get(path + "/figures?version=7").problem(404);
  }

  @Test
  void AUT_004_theCatalogueOffersCardsInTheirGroupsAndTriggersApart() {
    JsonNode cards = sales.get("/cards").ok().json().path("items");
    assertThat(cards.findValuesAsText("group"))
        .contains(
            "Conditions",
            "Messaging",
            "Lead Actions",
            "Opportunity Actions",
            "Sales Execution",
            "Custom",
            "Send to Sub-Automation",
            "Flow");
    assertThat(cards)
        .allSatisfy(
            card -> {
              assertThat(card.path("type").asText()).isNotBlank();
              assertThat(card.path("label").asText()).isNotBlank();
              assertThat(card.path("element").asText()).isNotEqualTo("bpmn:startEvent");
            });
    assertThat(cards)
        .filteredOn(card -> card.path("type").asText().equals("condition.multi-if-else"))
        .singleElement()
        .satisfies(
            card ->
                assertThat(card.path("docs").asText())
                    .as("AUT-045")
                    .contains("Order is priority")
                    .contains("left"));
    JsonNode triggers = sales.get("/triggers").ok().json().path("items");
    assertThat(triggers.findValuesAsText("type"))
        .contains("lead.created", "activity.posted", "task.completed", "schedule", "called");
  }

  @Test
  void theHomePageCountsWhatRunsAndWhatIsLive() {
    JsonNode before = sales.get("/home").ok().json();
    String city = workshop.unique("home");
    workshop.publish(flow(city, "A"));
    lead(city);
    JsonNode after = sales.get("/home").ok().json();
    for (String figure : new String[] {"automations", "waiting", "runsToday", "leadsToday"}) {
      assertThat(after.path(figure).asInt()).as(figure).isGreaterThan(before.path(figure).asInt());
    }
  }

  @Test
  void onlyAdministratorsChangeAutomations() {
    String city = workshop.unique("forbidden");
    JsonNode made = create(flow(city, "A"));
    String path = "/automations/" + made.path("id").asLong();
    sales.post("/automations", Map.of("bpmn", flow(city, "B").xml())).problem(403);
    sales.put(path + "/draft", Map.of("version", 0, "bpmn", flow(city, "B").xml())).problem(403);
    admin.post(path + "/publish").ok();
    for (String step :
        new String[] {
          "publish", "unpublish", "pause", "resume", "versions/1/publish", "versions/1/cancel-runs"
        }) {
      sales.post(path + "/" + step).problem(403);
    }
    assertThat(admin.get(path).json().path("state").asText()).isEqualTo("published");
  }

  @Test
  void whatIsNotThereIsSaidToBeNotThere() {
    for (String path : new String[] {"", "/versions", "/versions/1", "/figures", "/runs"}) {
      admin.get("/automations/999999999" + path).problem(404);
    }
    for (String step : new String[] {"publish", "pause", "resume", "unpublish", "validate"}) {
      admin.post("/automations/999999999/" + step).problem(404);
    }
    admin.post("/automations", Map.of("template", "no-such")).problem(404);
    admin.get("/automations/abc").problem(400).says("id", "number");
    admin.get("/automations/1/figures?version=abc").problem(400).says("version", "number");
  }
}
