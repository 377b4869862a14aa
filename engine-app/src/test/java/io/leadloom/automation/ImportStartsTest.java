package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Whether and how fast an import starts automations. */
@LeadloomTest
@Import(Workshop.class)
class ImportStartsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired Workshop workshop;
  @Autowired TestRestTemplate http;

  private String city = "";
  private long automation;

  /** Each test has an automation of its own, for leads of its own city. */
  @BeforeEach
  void publish() {
    city = workshop.unique("import-starts");
    automation =
        workshop.publish(starting(workshop.unique("imported"), Bpmn.created(city))).automationId();
  }

  private static Bpmn starting(String key, String trigger) {
    return Bpmn.automation(key)
        .trigger(trigger)
        .card("act", "lead.set-fields", "{\"values\":{\"company\":\"Started\"}}")
        .end("done")
        .path("start", "act", "done");
  }

  private TestRestTemplate admin() {
    return http.withBasicAuth("admin", "leadloom");
  }

  private JsonNode job(long id) {
    return Objects.requireNonNull(admin().getForObject("/api/v1/imports/" + id, JsonNode.class));
  }

  private long imported(String how, int rows) {
    StringBuilder csv = new StringBuilder("lastName,phone,city\n");
    for (int row = 0; row < rows; row++) {
      csv.append("L")
          .append(row)
          .append(",+493012345")
          .append(10 + row)
          .append(',')
          .append(city)
          .append('\n');
    }
    return imported(how, csv.toString(), "created", rows);
  }

  private long imported(String how, String csv, String count, int rows) {
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    ResponseEntity<JsonNode> answer =
        admin()
            .postForEntity(
                URI.create(admin().getRootUri() + "/api/v1/imports?entity=lead" + how),
                new HttpEntity<>(csv, headers),
                JsonNode.class);
    assertThat(answer.getStatusCode()).as("%s", answer.getBody()).isEqualTo(HttpStatus.ACCEPTED);
    long id = Objects.requireNonNull(answer.getBody()).path("id").asLong();
    await().atMost(PATIENCE).until(() -> job(id).path("status").asText().equals("done"));
    assertThat(job(id).path(count).asInt()).isEqualTo(rows);
    workshop.settle();
    return id;
  }

  private List<RecordRef> leads() {
    return workshop
        .jdbc
        .queryForList("select id from leads where city = ? order by id", Long.class, city)
        .stream()
        .map(RecordRef::lead)
        .toList();
  }

  /** For how many leads the automation has started. */
  private long started() {
    return leads().stream().filter(lead -> !workshop.runs(lead).isEmpty()).count();
  }

  private void awaitStarted(long wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(started()).isEqualTo(wanted));
  }

  private String figures(long id) {
    JsonNode starts = job(id).path("starts");
    return starts.path("state").asText()
        + ": "
        + starts.path("waiting").asLong()
        + " wait, "
        + starts.path("started").asLong()
        + " started, "
        + starts.path("dropped").asLong()
        + " dropped";
  }

  private ResponseEntity<JsonNode> change(long id, Map<String, ?> wanted) {
    return admin().postForEntity("/api/v1/imports/" + id + "/starts", wanted, JsonNode.class);
  }

  @Test
  void withoutAWordItsRowsStartAutomations() {
    imported("", 2);
    awaitStarted(2);
  }

  @Test
  void noneStartWhenNoneAreWantedButTheirTimelineKnowsOfTheImport() {
    long id = imported("&startAutomations=no", 2);
    assertThat(started()).isZero();
    assertThat(job(id).path("startAutomations").asText()).isEqualTo("no");
    assertThat(job(id).path("starts").isNull()).isTrue();
    workshop.update(leads().get(0), "jobTitle", "Later");
    workshop.settle();
    String timeline = "/api/v1/leads/" + leads().get(0).id() + "/timeline";
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(admin().getForObject(timeline, String.class)).contains("Lead created"));
  }

  @Test
  void soManyAMinuteStartAndTheOthersWait() {
    long id = imported("&startAutomations=throttled&perMinute=1", 3);
    awaitStarted(1);
    assertThat(figures(id)).isEqualTo("held: 2 wait, 1 started, 0 dropped");
    workshop.clock.advance(Duration.ofSeconds(61));
    awaitStarted(2);
    assertThat(change(id, Map.of("state", "held", "perMinute", 0)).getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(change(id, Map.of("state", "open")).getStatusCode()).isEqualTo(HttpStatus.OK);
    awaitStarted(3);
    assertThat(workshop.get(leads().get(2)).values().get("company")).isEqualTo("Started");
    assertThat(job(id).path("starts").path("waiting").asLong()).isZero();
  }

  @Test
  void theRestIsDroppedOnceAndForAll() {
    long id = imported("&startAutomations=throttled&perMinute=1", 3);
    awaitStarted(1);
    assertThat(change(id, Map.of("state", "dropped")).getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(figures(id)).isEqualTo("dropped: 0 wait, 1 started, 2 dropped");
    assertThat(change(id, Map.of("state", "open")).getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
    workshop.clock.advance(Duration.ofMinutes(5));
    await().atMost(PATIENCE).until(() -> kept(id) == 0);
    workshop.settle();
    assertThat(started()).isEqualTo(1);
  }

  @Test
  void whoeverTakesTheImportBackDropsWhatWaits() {
    long id = imported("&startAutomations=throttled&perMinute=1", 3);
    awaitStarted(1);
    assertThat(
            admin()
                .postForEntity(
                    "/api/v1/imports/" + id + "/undo", Map.of("changed", "keep"), JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.ACCEPTED);
    assertThat(job(id).path("starts").path("state").asText()).isEqualTo("dropped");
    await().atMost(PATIENCE).until(() -> kept(id) == 0);
    assertThat(started()).isEqualTo(1);
  }

  @Test
  void whatTakesBackAnImportWithoutAutomationsStartsNoneEither() {
    long id = imported("&startAutomations=no", 1);
    RecordRef lead = leads().get(0);
    assertThat(
            admin()
                .postForEntity(
                    "/api/v1/imports/" + id + "/undo", Map.of("changed", "keep"), JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.ACCEPTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        workshop.jdbc.queryForList(
                            "select coalesce(payload_long, payload) from journal where root_id = ? and root_type = ?",
                            String.class,
                            lead.id(),
                            lead.type().code()))
                    .filteredOn(payload -> payload.contains("bulk action"))
                    .isNotEmpty()
                    .allMatch(payload -> payload.contains("\"h\":2")));
  }

  @Test
  void thoseOfAPausedAutomationWaitUntilItGoesOn() {
    long id = imported("&startAutomations=throttled&perMinute=1", 3);
    awaitStarted(1);
    workshop.publishing.pause(automation);
    LocalDateTime before = turn(id);
    workshop.clock.advance(Duration.ofMinutes(5));
    await().atMost(PATIENCE).until(() -> !turn(id).equals(before));
    workshop.settle();
    assertThat(figures(id)).isEqualTo("held: 2 wait, 1 started, 0 dropped");
    workshop.publishing.resume(automation);
    workshop.clock.advance(Duration.ofSeconds(61));
    awaitStarted(2);
    workshop.clock.advance(Duration.ofSeconds(61));
    awaitStarted(3);
    assertThat(figures(id)).isEqualTo("held: 0 wait, 3 started, 0 dropped");
  }

  /** Changes when somebody has looked whether some may start. */
  private LocalDateTime turn(long id) {
    return Objects.requireNonNull(
        workshop.jdbc.queryForObject(
            "select next_at from import_start where import_id = ?", LocalDateTime.class, id));
  }

  @Test
  void thoseThatWereLetGoBeforeTheirAutomationWasPausedWaitAgain() {
    long id = imported("&startAutomations=throttled&perMinute=1", 3);
    awaitStarted(1);
    workshop.consumers.pause("automation");
    try {
      assertThat(change(id, Map.of("state", "open")).getStatusCode()).isEqualTo(HttpStatus.OK);
      await().atMost(PATIENCE).until(() -> kept(id) == 0);
      workshop.publishing.pause(automation);
    } finally {
      workshop.consumers.resume("automation");
    }
    workshop.settle();
    assertThat(figures(id)).isEqualTo("open: 2 wait, 1 started, 0 dropped");
    workshop.publishing.resume(automation);
    workshop.clock.advance(Duration.ofSeconds(10));
    awaitStarted(3);
  }

  @Test
  void nothingOfAnErasedLeadWaits() {
    long id = imported("&startAutomations=throttled&perMinute=1", 3);
    awaitStarted(1);
    long lead = leads().get(2).id();
    admin().delete("/api/v1/leads/" + lead);
    Map<String, Object> order =
        Map.of(
            "operation",
            "erase",
            "name",
            "Erase for good",
            "settings",
            Map.of("confirm", "DELETE"),
            "ids",
            List.of(lead));
    assertThat(
            admin()
                .postForEntity("/api/v1/leads/bulk-actions", order, JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.ACCEPTED);
    await().atMost(PATIENCE).until(() -> leads().size() == 2);
    assertThat(kept(id)).isEqualTo(1);
    assertThat(figures(id)).isEqualTo("held: 1 wait, 1 started, 0 dropped");
    workshop.clock.advance(Duration.ofSeconds(61));
    awaitStarted(2);
    assertThat(figures(id)).isEqualTo("held: 0 wait, 2 started, 0 dropped");
  }

  @Test
  void aStartThatWaitsComesToNothingWhenItsAutomationStartsOnOtherFieldsByThen() {
    RecordRef first = mailed("first");
    RecordRef second = mailed("second");
    String key = workshop.unique("changed");
    long other =
        workshop
            .publish(starting(key, "{\"type\":\"lead.updated\",\"fields\":[\"jobTitle\"]}"))
            .automationId();
    long id =
        imported(
            "&startAutomations=throttled&perMinute=1&match=email",
            "email,jobTitle\n" + mail("first") + ",Later\n" + mail("second") + ",Later\n",
            "updated",
            2);
    await().atMost(PATIENCE).until(() -> workshop.runs(first).size() == 1);
    int seen = workshop.publishing.find(other).lockVersion();
    String another = "{\"type\":\"lead.updated\",\"fields\":[\"zip\"]}";
    workshop.publishing.saveDraft(other, seen, starting(key, another).xml(), null, null);
    workshop.publishing.publish(other);
    assertThat(kept(id)).isEqualTo(1);
    assertThat(change(id, Map.of("state", "open")).getStatusCode()).isEqualTo(HttpStatus.OK);
    await().atMost(PATIENCE).until(() -> kept(id) == 0);
    workshop.settle();
    assertThat(workshop.runs(second)).isEmpty();
  }

  private String mail(String who) {
    return who + "-" + city + "@example.com";
  }

  private RecordRef mailed(String who) {
    return workshop.lead(Map.of("lastName", "L", "city", "elsewhere", "email", mail(who)));
  }

  @Test
  void manyImportsThatWaitForTheirMinuteKeepNoOtherFromItsTurn() {
    for (long waiting = -120; waiting < 0; waiting++) {
      workshop.jdbc.update(
          "insert into import_start (import_id, state, per_minute, next_at, held, started, created_at)"
              + " values (?, 'held', 1, '2999-01-01', 1, 0, '2026-01-01')",
          waiting);
      workshop.jdbc.update(
          "insert into held_start (id, import_id, happened_at, record_type, record_id, subject_type,"
              + " subject_id, automation_id, event) values (?, ?, '2026-01-01', 1, 0, 1, 0, 0, '')",
          waiting,
          waiting);
    }
    try {
      imported("&startAutomations=throttled&perMinute=1", 1);
      awaitStarted(1);
    } finally {
      workshop.jdbc.update("delete from held_start where import_id < 0");
      workshop.jdbc.update("delete from import_start where import_id < 0");
    }
  }

  private long kept(long id) {
    return Objects.requireNonNull(
        workshop.jdbc.queryForObject(
            "select count(*) from held_start where import_id = ?", Long.class, id));
  }
}
