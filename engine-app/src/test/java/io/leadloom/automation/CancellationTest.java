package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.cancel.Cancellations;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;

/** All runs of a version are cancelled in the background. */
@LeadloomTest
@Import(Workshop.class)
class CancellationTest {

  @Autowired Workshop workshop;
  @Autowired Cancellations cancellations;

  @Autowired
  @Qualifier("cancellationWorker")
  SmartLifecycle worker;

  @LocalServerPort int port;

  private Api admin;
  private Api sales;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
    sales = new Api(port, "sales");
  }

  @AfterEach
  void workAgain() {
    worker.start();
  }

  private AutomationVersion waiting(String city) {
    return workshop.publish(
        Bpmn.automation(city)
            .trigger(Bpmn.created(city))
            .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
            .end("done")
            .path("start", "day", "done"));
  }

  private void leads(String city, int count) {
    List<RecordCommand> leads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leads.add(
          new RecordCommand.Create(
              EntityType.LEAD, Values.copyOf(Map.of("lastName", "L" + i, "city", city))));
    }
    workshop.records.write(leads, Cause.system("test"));
    workshop.settle();
  }

  private static String path(AutomationVersion version) {
    return "/automations/" + version.automationId();
  }

  private JsonNode order(AutomationVersion version) {
    return admin.post(path(version) + "/versions/1/cancel-runs").is(202).json();
  }

  private JsonNode job(AutomationVersion version, JsonNode job) {
    return sales.get(path(version) + "/cancellations/" + job.path("id").asLong()).ok().json();
  }

  private JsonNode finished(AutomationVersion version, JsonNode job) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(job(version, job).path("status").asText()).isNotEqualTo("running"));
    return job(version, job);
  }

  private RunHistory.Figures runs(AutomationVersion version) {
    return workshop.history.figures(version.id()).stream()
        .filter(figures -> figures.card().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allRunsOfTheVersionAreCancelledAndCountedAndOthersGoOn() {
    String city = workshop.unique("cancel-all");
    AutomationVersion version = waiting(city);
    AutomationVersion other = waiting(city);
    leads(city, 1_200);
    JsonNode done = finished(version, order(version));
    assertThat(done.path("status").asText()).isEqualTo("done");
    assertThat(done.path("total").asInt()).isEqualTo(1_200);
    assertThat(done.path("cancelled").asInt()).isEqualTo(1_200);
    assertThat(done.path("failed").asInt()).isZero();
    assertThat(done.path("requestedBy").asText()).isEqualTo("Test admin");
    assertThat(done.path("endedAt").asText()).isNotBlank();
    assertThat(runs(version).waiting()).isZero();
    assertThat(runs(other).waiting()).isEqualTo(1_200);
    JsonNode run = admin.get(path(version) + "/runs?limit=1").ok().json().path("items").path(0);
    assertThat(run.path("status").asText()).isEqualTo("cancelled");
    assertThat(run.path("incident").asText())
        .isEqualTo("All runs of the version cancelled by Test admin");
    // What is said about leads out of reach stays with those who reach them.
    JsonNode seen = sales.get(path(version) + "/runs?limit=1").ok().json().path("items").path(0);
    assertThat(seen.path("status").asText()).isEqualTo("cancelled");
    assertThat(seen.path("incident").isNull()).isTrue();
    assertThat(finished(version, order(version)).path("total").asInt()).isZero();
    assertThat(sales.get(path(version) + "/cancellations").ok().json().path("items")).hasSize(2);
  }

  @Test
  void aStoppedJobLeavesTheRestAndAnInterruptedOneGoesOnWhereItWas() {
    String city = workshop.unique("cancel-some");
    AutomationVersion version = waiting(city);
    leads(city, 1_200);
    worker.stop();

    JsonNode ordered = order(version);
    long id = ordered.path("id").asLong();
    assertThat(ordered.path("status").asText()).isEqualTo("running");
    assertThat(ordered.path("total").isNull()).isTrue();
    assertThat(order(version).path("id").asLong()).as("asked twice").isEqualTo(id);
    assertThat(cancellations.page(id)).isTrue();
    assertThat(job(version, ordered).path("cancelled").asInt()).isEqualTo(500);
    assertThat(job(version, ordered).path("total").asInt()).isEqualTo(1_200);
    String stop = path(version) + "/cancellations/" + id + "/cancel";
    sales.post(stop).problem(403);
    assertThat(admin.post(stop).ok().json().path("status").asText()).isEqualTo("cancelled");
    admin.post(stop).ok();
    assertThat(cancellations.page(id)).isFalse();
    assertThat(runs(version).waiting()).isEqualTo(700);

    JsonNode again = order(version);
    assertThat(cancellations.page(again.path("id").asLong())).isTrue();
    leads(city, 3);
    worker.start();
    JsonNode done = finished(version, again);
    assertThat(done.path("status").asText()).isEqualTo("done");
    assertThat(done.path("total").asInt()).isEqualTo(700);
    assertThat(done.path("cancelled").asInt()).isEqualTo(700);
    assertThat(runs(version).waiting()).as("started after the order").isEqualTo(3);
  }

  @Test
  void aJobThatIsNotThereIsSaidToBeNotThere() {
    AutomationVersion version = waiting(workshop.unique("cancel-none"));
    admin.post(path(version) + "/versions/2/cancel-runs").problem(404);
    admin.get(path(version) + "/cancellations/999999999").problem(404);
    admin.post(path(version) + "/cancellations/999999999/cancel").problem(404);
    admin.get("/automations/999999999/cancellations").problem(404);
    sales.post(path(version) + "/versions/1/cancel-runs").problem(403);
  }
}
