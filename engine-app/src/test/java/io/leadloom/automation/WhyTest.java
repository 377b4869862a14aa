package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Why automations started for a record, and why not: the engine's own code says it (AUT-D13). */
@LeadloomTest
@Import(Workshop.class)
class WhyTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin;
  private Api sales;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
    sales = new Api(port, "sales");
  }

  private long publish(String trigger, String settings) {
    String name = workshop.unique("why");
    Bpmn bpmn =
        Bpmn.automation(name)
            .trigger(trigger)
            .hour("hour")
            .end("done")
            .path("start", "hour", "done");
    return workshop.publish(settings.isEmpty() ? bpmn : bpmn.settings(settings)).automationId();
  }

  private RecordRef lead(String city, Map<String, ?> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("lastName", "Lead");
    values.put("city", city);
    values.putIfAbsent("owner", workshop.person("sales"));
    RecordRef lead = workshop.lead(values);
    workshop.settle();
    return lead;
  }

  private JsonNode why(RecordRef ref, long automation) {
    JsonNode items = answers(ref, automation).path("items");
    assertThat(items).hasSize(1);
    return items.path(0);
  }

  private JsonNode answers(RecordRef ref, long automation) {
    return sales
        .get("/" + ref.type().path() + "/" + ref.id() + "/automations?automation=" + automation)
        .ok()
        .json();
  }

  @Test
  void oneThatStartedNamesItsRun() {
    String city = workshop.unique("started");
    long id = publish(Bpmn.created(city), "");
    RecordRef lead = lead(city, Map.of());
    JsonNode why = why(lead, id);
    assertThat(why.path("why").asText()).isEqualTo("started");
    assertThat(why.at("/run/id").asLong()).isEqualTo(workshop.onlyRun(lead).id());
    assertThat(why.at("/run/status").asText()).isEqualTo("waiting");
    assertThat(why.at("/event/kind").asText()).isEqualTo("CREATED");
    assertThat(why.path("version").asInt()).isOne();
  }

  @Test
  void aFalseConditionSaysWhichPartAndTheValuesOfThatTime() {
    String city = workshop.unique("parts");
    long id =
        publish(
            "{\"type\":\"lead.created\",\"condition\":{\"criteria\":["
                + "{\"source\":\"lead\",\"field\":\"city\",\"operator\":\"equals\",\"values\":[\""
                + city
                + "\"]},{\"source\":\"lead\",\"field\":\"jobTitle\",\"operator\":\"equals\","
                + "\"values\":[\"Boss\"]}]}}",
            "");
    RecordRef lead = lead(city, Map.of("jobTitle", "Clerk"));
    // What it is by now would be enough.
    workshop.update(lead, "jobTitle", "Boss");
    workshop.settle();
    JsonNode why = why(lead, id);
    assertThat(why.path("why").asText()).isEqualTo("condition");
    assertThat(why.path("parts")).hasSize(2);
    assertThat(why.at("/parts/0/holds").asBoolean()).isTrue();
    assertThat(why.at("/parts/1/holds").asBoolean(true)).isFalse();
    assertThat(why.at("/parts/1/criterion/operator").asText()).isEqualTo("equals");
    assertThat(why.at("/parts/1/seen").path("lead.jobTitle").asText()).isEqualTo("Clerk");
    assertThat(why.path("othersAsNow").asBoolean(true)).isFalse();
  }

  @Test
  void tagsAreThoseOfThatTime() {
    String city = workshop.unique("tags");
    long id =
        publish(
            "{\"type\":\"lead.created\",\"condition\":{\"criteria\":["
                + "{\"source\":\"lead\",\"operator\":\"hasTag\",\"values\":[\""
                + city
                + "\"]}]}}",
            "");
    RecordRef lead = lead(city, Map.of());
    workshop.tag(lead, city);
    workshop.settle();
    assertThat(why(lead, id).path("why").asText()).isEqualTo("condition");
    assertThat(why(lead, id).at("/parts/0/holds").asBoolean(true)).isFalse();
  }

  @Test
  void whatNeverHappenedAndWhatHappenedAnotherWayAreToldApart() {
    String city = workshop.unique("other");
    long tag = publish("{\"type\":\"tag.added\",\"tag\":\"" + city + "\"}", "");
    RecordRef lead = lead(city, Map.of());
    assertThat(why(lead, tag).path("why").asText()).isEqualTo("neverHappened");
    assertThat(why(lead, tag).path("event").isNull()).isTrue();
    assertThat(answers(lead, tag).path("since").asText()).isNotBlank();
    workshop.tag(lead, "another-" + city);
    workshop.settle();
    JsonNode why = why(lead, tag);
    assertThat(why.path("why").asText()).isEqualTo("otherSettings");
    assertThat(why.at("/settings/0/key").asText()).isEqualTo("tag");
    assertThat(why.at("/settings/0/wanted").asText()).isEqualTo(city);
    assertThat(why.at("/settings/0/found").asText()).isEqualTo("another-" + city);
  }

  @Test
  void reentryThatSaysNoIsToldWithTheRunBefore() {
    String city = workshop.unique("reentry");
    String trigger =
        "{\"type\":\"lead.updated\",\"fields\":[\"jobTitle\"],\"condition\":"
            + Bpmn.lead("city", "equals", city)
            + "}";
    long once = publish(trigger, "{\"reentry\":{\"policy\":\"oncePerRecord\"}}");
    long busy = publish(trigger, "{\"reentry\":{\"policy\":\"notWhileRunning\"}}");
    RecordRef lead = lead(city, Map.of());
    workshop.update(lead, "jobTitle", "a");
    workshop.settle();
    assertThat(why(lead, once).path("why").asText()).isEqualTo("started");
    workshop.pass(Duration.ofMinutes(1));
    workshop.update(lead, "jobTitle", "b");
    workshop.settle();
    // Its run has ended since, which does not change what was so then.
    workshop.pass(Duration.ofHours(2));
    for (long id : List.of(once, busy)) {
      JsonNode why = why(lead, id);
      assertThat(why.path("why").asText()).isEqualTo("reentry");
      assertThat(why.at("/run/status").asText()).isEqualTo("done");
    }
    assertThat(why(lead, once).at("/reentry/policy").asText()).isEqualTo("oncePerRecord");
  }

  @Test
  void pausedAndLaterPublishedOnesSaySo() {
    String city = workshop.unique("paused");
    long paused = publish(Bpmn.created(city), "");
    admin.post("/automations/" + paused + "/pause").ok();
    workshop.pass(Duration.ofMinutes(1));
    RecordRef lead = lead(city, Map.of());
    JsonNode why = why(lead, paused);
    assertThat(why.path("why").asText()).isEqualTo("paused");
    assertThat(why.path("paused").asBoolean()).isTrue();
    workshop.pass(Duration.ofMinutes(1));
    long later = publish(Bpmn.created(city), "");
    assertThat(why(lead, later).path("why").asText()).isEqualTo("notPublished");
    admin.post("/automations/" + later + "/publish").ok();
    assertThat(why(lead, later).path("why").asText()).isEqualTo("otherVersion");
  }

  @Test
  void answersArePagedAndOnlyForThoseWhoSeeTheRecord() {
    String city = workshop.unique("pages");
    publish(Bpmn.created(city), "");
    long last = publish(Bpmn.created(city), "");
    RecordRef lead = lead(city, Map.of());
    String path = "/leads/" + lead.id() + "/automations";
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = sales.get(path + "?limit=50&cursor=" + cursor).ok().json();
      page.path("items").forEach(item -> seen.add(item.at("/automation/id").asLong()));
      cursor = page.path("next").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    assertThat(seen).contains(last).doesNotHaveDuplicates().isSorted();
    sales.get(path + "?cursor=abc").problem(422).says("cursor", "cursor");
    sales.get(path + "?limit=0").problem(422).says("limit", "1 to 50");
    sales.get(path + "?automation=999999999999").problem(404);
    RecordRef foreign = lead(city, Map.of("owner", workshop.person("manager")));
    sales.get("/leads/" + foreign.id() + "/automations").problem(404);
  }
}
