package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.definition.LiveVersions;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What becomes of automations when the account no longer has what they were published with. */
@LeadloomTest
@Import(Workshop.class)
class DeletedFieldsTest {

  @Autowired Workshop workshop;
  @Autowired LiveVersions versions;
  @LocalServerPort int port;

  private Api admin;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
  }

  /** A new custom field of leads; returns its key. */
  private String field(String type) {
    String label = workshop.unique("Plan");
    return admin
        .post("/schema/lead/fields", Map.of("label", label, "type", type))
        .is(201)
        .json()
        .path("key")
        .asText();
  }

  private static Bpmn choosing(String city, String key) {
    return Bpmn.automation(city)
        .trigger(Bpmn.created(city))
        .firstOf("first")
        .event("tagged", "{\"type\":\"tag.added\",\"tag\":\"go\"}")
        .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
        .choice("which")
        .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Yes\"}}")
        .end("done")
        .path("start", "first", "tagged", "which")
        .path("first", "day", "done")
        .when("which", "yes", Bpmn.lead(key, "equals", "gold"))
        .otherwise("which", "done")
        .path("yes", "done");
  }

  private static Bpmn setting(String city) {
    return Bpmn.automation(city)
        .trigger(Bpmn.created(city))
        .card("set", "lead.set-fields", "{\"values\":{\"jobTitle\":\"Set\"}}")
        .end("done")
        .path("start", "set", "done");
  }

  private long publish(Bpmn bpmn) {
    long id = admin.post("/automations", Map.of("bpmn", bpmn.xml())).is(201).id();
    admin.post("/automations/" + id + "/publish").ok();
    return id;
  }

  private JsonNode automation(long id) {
    return admin.get("/automations/" + id).ok().json();
  }

  private RecordRef lead(String city) {
    RecordRef lead = workshop.lead(Map.of("lastName", "Lead", "city", city));
    workshop.settle();
    return lead;
  }

  private static Bpmn using(String how, String id, String key) {
    Bpmn bpmn = Bpmn.automation(id);
    return switch (how) {
      case "condition" ->
          bpmn.trigger(
                  "{\"type\":\"lead.created\",\"condition\":" + Bpmn.lead(key, "notEmpty") + "}")
              .end("done")
              .path("start", "done");
      case "rule" ->
          bpmn.trigger("{\"type\":\"called\"}")
              .choice("which")
              .end("yes")
              .end("no")
              .path("start", "which")
              .when("which", "yes", "{\"drl\":\"Lead(" + key + " != null)\"}")
              .otherwise("which", "no");
      case "trigger" ->
          bpmn.trigger("{\"type\":\"lead.updated\",\"fields\":[\"" + key + "\"]}")
              .end("done")
              .path("start", "done");
      case "date" ->
          bpmn.trigger(
                  "{\"type\":\"date.reached\",\"field\":\"" + key + "\",\"timeOfDay\":\"09:00\"}")
              .end("done")
              .path("start", "done");
      case "schedule" ->
          bpmn.trigger(
                  "{\"type\":\"schedule\",\"cron\":\"0 9 * * *\",\"filter\":\"city = \\\"x\\\" and not "
                      + key
                      + " is empty\"}")
              .end("done")
              .path("start", "done");
      case "wait" ->
          bpmn.trigger("{\"type\":\"called\"}")
              .pause("until", "{\"kind\":\"untilField\",\"field\":\"" + key + "\"}")
              .end("done")
              .path("start", "until", "done");
      case "value" ->
          bpmn.trigger("{\"type\":\"called\"}")
              .card("set", "lead.set-fields", "{\"values\":{\"" + key + "\":\"\"}}")
              .end("done")
              .path("start", "set", "done");
      default ->
          bpmn.trigger("{\"type\":\"called\"}")
              .card(
                  "tell",
                  "user.notify",
                  "{\"to\":\"owner\",\"subject\":\"On {{lead." + key + "}}\",\"text\":\"x\"}")
              .end("done")
              .path("start", "tell", "done");
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"condition", "rule", "trigger", "date", "schedule", "wait", "value", "text"})
  void aFieldThatAPublishedAutomationUsesIsNotDeletedAndTheAutomationNamed(String how) {
    String key = field("date");
    String name = workshop.unique("uses-" + how);
    long id = publish(using(how, name, key));
    Api.Answer refused = admin.delete("/schema/lead/fields/" + key).problem(409);
    assertThat(refused.json().path("detail").asText()).contains("automation '" + name + "'");
    refused.says("automation/" + id, "force=true");
    assertThat(admin.get("/schema/lead").ok().text()).contains("\"" + key + "\"");
    assertThat(automation(id).path("state").asText()).isEqualTo("published");
    admin.post("/automations/" + id + "/unpublish").ok();
    admin.delete("/schema/lead/fields/" + key).is(204);
  }

  @Test
  void aFieldThatIsOnlyMentionedIsDeleted() {
    String key = field("text");
    long id =
        publish(
            Bpmn.automation(workshop.unique("mentions"))
                .trigger("{\"type\":\"called\"}")
                .card("tag", "tag.add", "{\"tags\":[\"" + key + "\"]}")
                .end("done")
                .path("start", "tag", "done"));
    admin.delete("/schema/lead/fields/" + key).is(204);
    assertThat(automation(id).path("incident").isNull()).isTrue();
  }

  @Test
  void aForcedDeletionPausesTheAutomationTellsItsAuthorAndLeavesOthersAlone() {
    admin.post("/notices/read", Map.of("all", true)).ok();
    String city = workshop.unique("forced");
    String key = field("text");
    long broken = publish(choosing(city, key));
    long other = publish(setting(city));
    RecordRef waiting = lead(city);
    admin.delete("/schema/lead/fields/" + key + "?force=true").is(204);

    JsonNode paused = automation(broken);
    assertThat(paused.path("state").asText()).isEqualTo("paused");
    assertThat(paused.path("incident").asText())
        .isEqualTo(
            "The field '%s' (%s) of leads, which it uses, was deleted".formatted(label(key), key));
    assertThat(automation(other).path("state").asText()).isEqualTo("published");
    JsonNode notice = admin.get("/notices").ok().json().path("items").path(0);
    assertThat(notice.path("title").asText()).isEqualTo("'" + city + "' was paused");
    assertThat(notice.path("ref").asText()).isEqualTo("automation/" + broken);

    admin
        .post("/automations/" + broken + "/resume")
        .problem(422)
        .says("f6.criteria[0].field", "field");
    RecordRef later = lead(city);
    assertThat(workshop.get(later).values().text("jobTitle")).isEqualTo("Set");
    assertThat(workshop.runs(later)).hasSize(1);

    workshop.tag(waiting, "go");
    workshop.settle();
    RunHistory.Summary stopped =
        workshop.runs(waiting).stream()
            .filter(run -> run.automationId() == broken)
            .findFirst()
            .orElseThrow();
    assertThat(stopped.status()).isEqualTo(RunStatus.STOPPED);
    assertThat(stopped.incident()).startsWith("The version no longer fits: ").contains(key);

    int version = automation(broken).path("version").asInt();
    admin
        .put(
            "/automations/" + broken + "/draft",
            Map.of("version", version, "bpmn", choosing(city, "company").xml()))
        .ok();
    admin.post("/automations/" + broken + "/publish").ok();
    assertThat(automation(broken).path("incident").isNull()).isTrue();
    assertThat(automation(broken).path("state").asText()).isEqualTo("published");
    assertThat(workshop.runs(lead(city))).hasSize(2);
  }

  private static String label(String key) {
    return "Plan-" + key.substring(key.lastIndexOf('_') + 1);
  }

  @Test
  void aPausedAutomationGoesOnWhenTheFieldIsThereAgain() {
    String city = workshop.unique("again");
    String key = field("text");
    long id = publish(choosing(city, key));
    RecordRef waiting = lead(city);
    admin.delete("/schema/lead/fields/" + key + "?force=true").is(204);
    admin
        .post("/schema/lead/fields", Map.of("label", label(key), "key", key, "type", "text"))
        .is(201);
    assertThat(admin.post("/automations/" + id + "/resume").ok().json().path("incident").isNull())
        .isTrue();
    workshop.update(waiting, key, "gold");
    workshop.tag(waiting, "go");
    workshop.settle();
    assertThat(workshop.get(waiting).values().text("company")).isEqualTo("Yes");
  }

  @Test
  void aVersionThatCannotBeReadIsPausedWhileOthersStartOnTheSameEvents() {
    String city = workshop.unique("unreadable");
    long unreadable = publish(setting(city).settings("{\"description\":\"x\"}"));
    long other = publish(setting(city));
    long waits =
        publish(
            Bpmn.automation(city)
                .trigger(Bpmn.created(city))
                .hour("hour")
                .end("done")
                .path("start", "hour", "done"));
    RecordRef waiting = lead(city);
    workshop.transactions.executeWithoutResult(
        status ->
            workshop.jdbc.update(
                "update automation_version set bpmn = '<no/>' where automation_id in (?, ?)",
                unreadable,
                waits));
    versions.forget(Set.of(unreadable, waits));

    RecordRef lead = lead(city);
    assertThat(workshop.runs(lead))
        .extracting(RunHistory.Summary::automationId)
        .containsExactly(other);
    for (long id : new long[] {unreadable, waits}) {
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                JsonNode paused = automation(id);
                assertThat(paused.path("state").asText()).isEqualTo("paused");
                assertThat(paused.path("incident").asText()).startsWith("It no longer fits: ");
              });
    }
    workshop.pass(Duration.ofHours(2));
    RunHistory.Summary held =
        workshop.runs(waiting).stream()
            .filter(run -> run.automationId() == waits)
            .findFirst()
            .orElseThrow();
    assertThat(held.status()).isEqualTo(RunStatus.WAITING);
    assertThat(admin.post("/runs/" + held.id() + "/cancel").ok().json().path("status").asText())
        .isEqualTo("cancelled");
  }
}
