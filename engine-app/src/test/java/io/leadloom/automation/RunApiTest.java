package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Runs over HTTP: lists, history, start, retry, skip, cancel. */
@LeadloomTest
@Import(Workshop.class)
class RunApiTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin;
  private Api sales;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
    sales = new Api(port, "sales");
  }

  private static Bpmn waits(String city) {
    return Bpmn.automation(city)
        .trigger(Bpmn.created(city))
        .hour("hour")
        .end("done")
        .path("start", "hour", "done");
  }

  /** Its card fails as long as the job title is no mail address. */
  private static Bpmn fails(String city) {
    return Bpmn.automation(city)
        .trigger(Bpmn.created(city))
        .card("mail", "lead.set-fields", "{\"values\":{\"email\":\"{{lead.jobTitle}}\"}}")
        .end("done")
        .path("start", "mail", "done");
  }

  private long publish(Bpmn bpmn) {
    return workshop.publish(bpmn).automationId();
  }

  private RecordRef lead(String city, String jobTitle) {
    RecordRef lead =
        workshop.lead(
            Map.of(
                "lastName",
                "Lead",
                "city",
                city,
                "jobTitle",
                jobTitle,
                "owner",
                workshop.person("sales")));
    workshop.settle();
    return lead;
  }

  private long run(RecordRef lead) {
    return workshop.onlyRun(lead).id();
  }

  @Test
  void runsOfAnAutomationArePagedNewestFirstAndFilteredByStatus() {
    String city = workshop.unique("paged");
    long id = publish(waits(city));
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.add(0, run(lead(city, "x")));
    }
    admin.post("/runs/" + expected.get(2) + "/cancel").ok();
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          sales.get("/automations/" + id + "/runs?limit=2&cursor=" + cursor).ok().json();
      page.path("items").forEach(item -> seen.add(item.path("id").asLong()));
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    assertThat(seen).isEqualTo(expected);
    JsonNode cancelled =
        sales.get("/automations/" + id + "/runs?status=cancelled").ok().json().path("items");
    assertThat(cancelled).hasSize(1);
    assertThat(cancelled.path(0).path("incident").asText()).isEqualTo("Cancelled by Test admin");
    assertThat(cancelled.path(0).path("recordName").asText()).isEqualTo("Lead");
    assertThat(cancelled.path(0).path("version").asInt()).isOne();
    assertThat(sales.get("/automations/" + id + "/runs?status=waiting").json().path("items"))
        .hasSize(4);
    String path = "/automations/" + id + "/runs";
    sales.get(path + "?status=sleeping").problem(422).says("status", "waiting, failed");
    sales.get(path + "?cursor=abc").problem(422).says("cursor", "cursor");
    sales.get(path + "?limit=0").problem(422).says("limit", "1 to 200");
    sales.get(path + "?limit=many").problem(400).says("limit", "number");
  }

  @Test
  void aRunOfALeadOutOfReachIsAsIfItWereNotThere() {
    String city = workshop.unique("foreign");
    long id = publish(waits(city));
    RecordRef foreign =
        workshop.lead(
            Map.of("lastName", "Secret", "city", city, "owner", workshop.person("manager")));
    workshop.settle();
    admin.get("/runs/" + run(foreign)).ok();
    sales.get("/runs/" + run(foreign)).problem(404);
    sales.get("/leads/" + foreign.id() + "/runs").problem(404);
    sales.post("/automations/" + id + "/start", Map.of("ref", foreign.toString())).problem(404);
    assertThat(sales.get("/automations/" + id + "/runs").ok().json().toString())
        .doesNotContain("Secret");
    String failing = workshop.unique("foreign-failing");
    long failed = publish(fails(failing));
    workshop.lead(
        Map.of("lastName", "Secret", "city", failing, "owner", workshop.person("manager")));
    workshop.settle();
    String path = "/automations/" + failed + "/runs";
    assertThat(admin.get(path).ok().json().at("/items/0/incident").asText()).isNotBlank();
    assertThat(sales.get(path).ok().json().at("/items/0/incident").isNull()).isTrue();
  }

  @Test
  void runsOfALeadArePagedAcrossAutomations() {
    String city = workshop.unique("lead-runs");
    publish(waits(city));
    publish(waits(city));
    RecordRef lead = lead(city, "x");
    String path = "/leads/" + lead.id() + "/runs";
    JsonNode first = sales.get(path + "?limit=1").ok().json();
    JsonNode second =
        sales.get(path + "?limit=1&cursor=" + first.path("next").asText()).ok().json();
    assertThat(first.path("items").path(0).path("id").asLong())
        .isGreaterThan(second.path("items").path(0).path("id").asLong());
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(second.path("items").path(0).path("automation").path("name").asText())
        .isEqualTo(city);
  }

  @Test
  void AUT_D13_aRunIsShownCardByCardWithItsDiagramAndWhatItWaitsFor() {
    String city = workshop.unique("shown");
    Bpmn bpmn =
        Bpmn.automation(city)
            .trigger(Bpmn.created(city))
            .choice("which")
            .card("tag", "tag.add", "{\"tags\":[\"shown\"]}")
            .hour("hour")
            .end("done")
            .path("start", "which")
            .when("which", "tag", Bpmn.lead("jobTitle", "equals", "Boss"))
            .otherwise("which", "done")
            .path("tag", "hour", "done");
    publish(bpmn);
    JsonNode run = sales.get("/runs/" + run(lead(city, "Boss"))).ok().json();
    assertThat(run.path("status").asText()).isEqualTo("waiting");
    assertThat(run.path("recordName").asText()).isEqualTo("Lead");
    assertThat(run.path("bpmn").asText()).isEqualTo(bpmn.xml());
    assertThat(run.path("steps").findValuesAsText("card"))
        .containsExactly("start", "which", "tag", "hour");
    JsonNode which = run.path("steps").path(1);
    assertThat(which.path("seen").path("lead.jobTitle").asText()).isEqualTo("Boss");
    assertThat(which.path("branch").asText()).isEqualTo("f2");
    assertThat(which.path("rule").asText()).isNotBlank();
    JsonNode wait = run.path("waits").path(0);
    assertThat(wait.path("kind").asText()).isEqualTo("timer");
    assertThat(wait.path("due").asText()).isNotBlank();
    sales.get("/runs/999999999").problem(404);
    sales.get("/runs/x").problem(400).says("id", "number");
  }

  @Test
  void aFailedCardIsRetriedOrSkippedByAdministrators() {
    String city = workshop.unique("mended");
    publish(fails(city));
    RecordRef retried = lead(city, "no address");
    RecordRef skipped = lead(city, "no address");
    JsonNode failed = sales.get("/runs/" + run(retried)).ok().json();
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("waits").path(0).path("message").asText()).contains("e-mail address");
    String wait = failed.path("waits").path(0).path("id").asText();

    sales.post("/runs/" + run(retried) + "/retry").problem(403);
    assertThat(admin.post("/runs/" + run(retried) + "/retry").ok().json().path("status").asText())
        .isEqualTo("failed");
    workshop.update(retried, "jobTitle", "good@example.com");
    JsonNode late =
        admin.post("/runs/" + run(retried) + "/retry", Map.of("wait", wait)).ok().json();
    assertThat(late.path("status").asText())
        .as("that failure was retried before")
        .isEqualTo("failed");
    String again = late.path("waits").path(0).path("id").asText();
    JsonNode done =
        admin.post("/runs/" + run(retried) + "/retry", Map.of("wait", again)).ok().json();
    assertThat(done.path("status").asText()).isEqualTo("done");
    sales.post("/runs/" + run(skipped) + "/skip").problem(403);
    assertThat(admin.post("/runs/" + run(skipped) + "/skip").ok().json().path("status").asText())
        .isEqualTo("done");
    admin.post("/runs/" + run(skipped) + "/skip").ok();
    admin.post("/runs/999999999/retry").problem(404);
    admin.post("/runs/999999999/skip").problem(404);
    admin
        .post("/runs/" + run(skipped) + "/skip", "{\"wait\":[1]}")
        .problem(422)
        .says("wait", "text");
  }

  @Test
  void aRunIsCancelledOnceAndByAdministratorsOnly() {
    String city = workshop.unique("cancelled");
    publish(waits(city));
    long run = run(lead(city, "x"));
    sales.post("/runs/" + run + "/cancel").problem(403);
    JsonNode cancelled = admin.post("/runs/" + run + "/cancel").ok().json();
    assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
    assertThat(cancelled.path("waits")).isEmpty();
    assertThat(cancelled.path("endedAt").asText()).isNotBlank();
    admin.post("/runs/" + run + "/cancel").ok();
    admin.post("/runs/999999999/cancel").problem(404);
  }

  @Test
  void AUT_062_anAutomationIsStartedThroughTheApi() {
    String city = workshop.unique("started");
    long id =
        publish(
            Bpmn.automation(city)
                .trigger("{\"type\":\"called\"}")
                .card("set", "lead.set-fields", "{\"values\":{\"company\":\"Called\"}}")
                .end("done")
                .path("start", "set", "done"));
    RecordRef lead = lead(city, "x");
    String path = "/automations/" + id + "/start";
    sales.post(path, Map.of("ref", lead.toString())).is(202);
    workshop.settle();
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("Called");
    assertThat(sales.get("/runs/" + run(lead)).json().path("cause").path("cause").path("kind"))
        .isNotNull();

    sales.post(path, Map.of("ref", "lead/999999999")).problem(404);
    sales.post(path, Map.of("ref", "lead/1x")).problem(422).says("ref", "lead/1");
    sales.post(path, Map.of("ref", "planet/1")).problem(422).says("ref", "lead/1");
    sales.post(path, Map.of()).problem(422).says("ref", "lead/1");
    sales.post(path).problem(400);
    sales.post("/automations/999999999/start", Map.of("ref", lead.toString())).problem(404);
    admin.post("/automations/" + id + "/pause").ok();
    sales.post(path, Map.of("ref", lead.toString())).problem(409).says("state", "published");
    long byTask =
        publish(
            Bpmn.automation(workshop.unique("task"))
                .trigger(
                    "{\"type\":\"task.created\",\"taskType\":\"call\",\"condition\":"
                        + Bpmn.lead("city", "equals", city)
                        + "}")
                .end("done")
                .path("start", "done"));
    sales
        .post("/automations/" + byTask + "/start", Map.of("ref", lead.toString()))
        .problem(422)
        .says("trigger", "about the record");
  }
}
