package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What open pages hear of runs and automations, and how histories name them. */
@LeadloomTest
@Import(Workshop.class)
class LiveAutomationsTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Bpmn sets(String city) {
    return Bpmn.automation(city)
        .trigger(Bpmn.created(city))
        .card("set", "lead.set-fields", "{\"values\":{\"company\":\"Set\"}}")
        .end("done")
        .path("start", "set", "done");
  }

  @Test
  void manyRunsOfAMomentAreAFewMessages() {
    String city = workshop.unique("heard");
    workshop.publish(sets(city));
    List<RecordCommand> leads = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      leads.add(
          new RecordCommand.Create(
              EntityType.LEAD, Values.copyOf(Map.of("lastName", "L" + i, "city", city))));
    }
    try (Api.Listening page = new Api(port, "sales").listen()) {
      workshop.records.write(leads, Cause.system("test"));
      workshop.settle();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(page.count("run.changed")).isPositive());
      assertThat(page.count("run.changed")).isLessThan(100);
    }
  }

  @Test
  void anOpenPageHearsOfEachChangeOfAnAutomation() {
    Api admin = new Api(port, "admin");
    try (Api.Listening page = admin.listen()) {
      long id =
          admin
              .post("/automations", Map.of("bpmn", sets(workshop.unique("told")).xml()))
              .is(201)
              .id();
      heard(page, id, 1);
      admin.post("/automations/" + id + "/publish").ok();
      heard(page, id, 2);
      admin.post("/automations/" + id + "/pause").ok();
      heard(page, id, 3);
    }
  }

  private static void heard(Api.Listening page, long id, int times) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(page.heard())
                    .filteredOn(
                        line -> line.contains("{\"type\":\"automation.changed\",\"id\":" + id))
                    .hasSize(times));
  }

  @Test
  void AUT_D13_theTimelineOfALeadNamesTheAutomationAndTheCardThatChangedIt() {
    String city = workshop.unique("named");
    workshop.publish(sets(city));
    RecordRef lead =
        workshop.lead(Map.of("lastName", "Why", "city", city, "owner", workshop.person("sales")));
    workshop.settle();
    for (String list : List.of("timeline", "history")) {
      JsonNode items =
          new Api(port, "sales").get("/leads/" + lead.id() + "/" + list).ok().json().path("items");
      assertThat(items)
          .filteredOn(item -> item.path("kind").asText().equals("lead.updated"))
          .singleElement()
          .satisfies(
              item -> {
                JsonNode cause = item.path("cause").path("automation");
                assertThat(cause.path("name").asText()).isEqualTo(city);
                assertThat(cause.path("card").asText()).isEqualTo("set");
                assertThat(cause.path("cardName").asText()).isEqualTo("set");
                assertThat(cause.path("runId").asLong()).isEqualTo(workshop.onlyRun(lead).id());
              });
    }
  }
}
