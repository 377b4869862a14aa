package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.automation.Bpmn;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.simulators.webhook.Received;
import io.leadloom.simulators.webhook.WebhookReceiver;
import io.leadloom.testing.ApplicationProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed with its hands full: events, timers, deliveries and an import. The other one finishes all of it. */
@Tag("database")
@Tag("nodes")
class DeadNodeTest {

  private static final int ROWS = 5_000;
  private static final int BAD_EVERY = 100;
  private static final int LEADS = ROWS - ROWS / BAD_EVERY;
  private static final String LOGIN = "dead-node-tester";
  private static final String PASSWORD = "long enough for a test";

  /** What a node may take to get a dead one's partitions is 15 s; a busy machine may need a little more. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(22);

  @TempDir private Path folder;
  private Installation installation;
  private WebhookReceiver receiver;

  @BeforeEach
  void open() {
    installation = new Installation();
    receiver = WebhookReceiver.start();
  }

  @AfterEach
  void close() {
    receiver.close();
    installation.close();
  }

  private Map<String, Object> settings() {
    return Map.of(
        "leadloom.imports.folder",
        folder.resolve("imports"),
        "leadloom.imports.chunk",
        50,
        "leadloom.deliveries.lease",
        "12s");
  }

  @Test
  void theOtherNodeFinishesWhatADeadOneHadInHandAndNothingIsLostOrDoubled() throws Exception {
    Node survivor =
        installation.start(
            settings().entrySet().stream().map(setting -> "--" + setting).toArray(String[]::new));
    survivor
        .get(Staff.class)
        .create(
            new Staff.NewAccount(
                LOGIN,
                "Tester",
                "tester@nodes.example",
                null,
                PASSWORD,
                Set.of(Role.ADMINISTRATOR),
                null,
                null,
                null));
    Map<String, Object> others = new HashMap<>(settings());
    others.put("leadloom.webhooks.protection", false);
    others.putAll(installation.database.propertiesForOthers());
    try (ApplicationProcess victim =
        ApplicationProcess.start(folder, List.of("-Xmx512m"), others)) {
      await().atMost(Duration.ofSeconds(120)).until(victim::answers);
      installation.awaitShared(2);
      AutomationVersion tasks = publishTasks(survivor);
      AutomationVersion calls = publishCalls(survivor);

      long importId = upload(victim);
      await()
          .atMost(Installation.PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  installation.count("select position from import_job where id = ?", importId) > 600
                      && receiver.received().size() > 50);
      victim.kill();
      assertThat(
              installation.count(
                  "select count(*) from import_job where id = ? and status = 'running'", importId))
          .as("the import is in the middle")
          .isOne();
      await()
          .atMost(TAKE_OVER)
          .until(
              () ->
                  installation.count("select count(distinct owner) from journal_cursor") == 1
                      && installation.count(
                              "select count(*) from journal_cursor where owner is null")
                          == 0);

      await()
          .atMost(Installation.PATIENCE)
          .until(
              () ->
                  installation.count(
                          "select count(*) from import_job where id = ? and status = 'done'",
                          importId)
                      == 1);
      await()
          .atMost(Installation.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.runs(calls))
                      .isEqualTo(Map.of(RunStatus.DONE.code(), (long) LEADS)));
      installation.settle();
      checkImport(importId);
      checkEffects(tasks);
      await()
          .atMost(Installation.PATIENCE)
          .until(
              () -> installation.count("select count(*) from delivery where status = 3") == LEADS);
      checkCalls();
    }
  }

  private AutomationVersion publishTasks(Node node) {
    return installation.publish(
        node,
        Bpmn.automation("dead-tasks")
            .trigger("{\"type\":\"lead.created\"}")
            .card("points", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
            .card(
                "task", "task.create", "{\"taskType\":\"call\",\"title\":\"Call {{lead.email}}\"}")
            .end("done")
            .path("start", "points", "task", "done"));
  }

  private AutomationVersion publishCalls(Node node) {
    return installation.publish(
        node,
        Bpmn.automation("dead-calls")
            .trigger("{\"type\":\"lead.created\"}")
            .card(
                "hook",
                "webhook.call",
                "{\"url\":\""
                    + receiver.url("/hook")
                    + "\",\"body\":{\"email\":\"{{lead.email}}\"},\"waitForResponse\":false}")
            .pause("second", "{\"kind\":\"duration\",\"iso\":\"PT1S\"}")
            .card("company", "lead.set-fields", "{\"values\":{\"jobTitle\":\"Waited\"}}")
            .end("done")
            .path("start", "hook", "second", "company", "done"));
  }

  private static long upload(ApplicationProcess node) throws IOException, InterruptedException {
    StringBuilder csv = new StringBuilder("email,lastName,city\n");
    for (int n = 1; n <= ROWS; n++) {
      String mail = n % BAD_EVERY == 0 ? "not an address" : Installation.mail("dead", n);
      csv.append(mail).append(",L").append(n).append(",Dead\n");
    }
    String credentials = LOGIN + ":" + PASSWORD;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + "/api/v1/imports?entity=lead"))
            .header("Content-Type", "text/csv")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.ofString(csv.toString()))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return Long.parseLong(
        answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""));
  }

  private void checkImport(long id) {
    assertThat(
            installation
                .jdbc()
                .queryForMap(
                    "select handled_rows, created_rows, updated_rows, unchanged_rows, refused_rows"
                        + " from import_job where id = ?",
                    id)
                .values()
                .stream()
                .map(count -> ((Number) count).intValue()))
        .containsExactly(ROWS, LEADS, 0, 0, ROWS / BAD_EVERY);
    assertThat(installation.count("select count(*) from leads")).isEqualTo(LEADS);
    assertThat(installation.count("select count(distinct email) from leads")).isEqualTo(LEADS);
  }

  private void checkEffects(AutomationVersion tasks) {
    assertThat(installation.runs(tasks)).isEqualTo(Map.of(RunStatus.DONE.code(), (long) LEADS));
    assertThat(
            installation.count(
                "select count(*) from leads where score = 1 and job_title = 'Waited'"))
        .isEqualTo(LEADS);
    assertThat(installation.count("select count(*) from tasks")).isEqualTo(LEADS);
    assertThat(installation.count("select count(distinct lead_id) from tasks")).isEqualTo(LEADS);
    assertThat(installation.count("select count(*) from run_state")).isZero();
    assertThat(installation.count("select count(*) from journal_parked")).isZero();
  }

  private void checkCalls() {
    assertThat(receiver.offences()).isEmpty();
    assertThat(receiver.received().stream().map(Received::key).distinct()).hasSize(LEADS);
    assertThat(receiver.received().stream().map(Received::body).distinct()).hasSize(LEADS);
  }
}
