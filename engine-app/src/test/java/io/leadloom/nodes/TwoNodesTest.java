package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.automation.Bpmn;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import io.leadloom.simulators.webhook.Received;
import io.leadloom.simulators.webhook.WebhookReceiver;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two living nodes: they share the work, and everything happens once. */
@Tag("database")
@Tag("nodes")
class TwoNodesTest {

  private static Installation installation;
  private static Node first;
  private static Node second;

  @BeforeAll
  static void start() {
    installation = new Installation();
    first = installation.start();
    second = installation.start();
    installation.awaitShared(2);
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  private static Bpmn card(String key, String city, String type, String settings) {
    return Bpmn.automation(key)
        .trigger(Bpmn.created(city))
        .card("act", type, settings)
        .end("done")
        .path("start", "act", "done");
  }

  private static Map<Integer, Long> allDone(long count) {
    return Map.of(RunStatus.DONE.code(), count);
  }

  @Test
  void eachEventHasItsEffectOnceAndBothNodesDoSome() {
    int leads = 2_000;
    // What is published on one node counts for the very next event on the other.
    AutomationVersion tasks =
        installation.publish(
            first,
            card(
                "share-tasks",
                "Sharing",
                "task.create",
                "{\"taskType\":\"call\",\"title\":\"Call {{lead.email}}\"}"));
    AutomationVersion points =
        installation.publish(
            second,
            card("share-points", "Sharing", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}"));
    long before1 = first.written("journal-automation");
    long before2 = second.written("journal-automation");
    CompletableFuture.allOf(
            CompletableFuture.runAsync(
                () -> installation.createLeads(first, "Sharing", 0, leads / 2)),
            CompletableFuture.runAsync(
                () -> installation.createLeads(second, "Sharing", leads / 2, leads)))
        .join();
    installation.settle();

    assertThat(installation.count("select count(*) from leads where city = 'Sharing'"))
        .isEqualTo(leads);
    assertThat(
            installation.count("select count(*) from leads where city = 'Sharing' and score = 1"))
        .isEqualTo(leads);
    assertThat(
            installation.count(
                "select count(*) from tasks t join leads l on l.id = t.lead_id where l.city = 'Sharing'"))
        .isEqualTo(leads);
    assertThat(
            installation.count(
                "select count(distinct t.lead_id) from tasks t join leads l on l.id = t.lead_id"
                    + " where l.city = 'Sharing'"))
        .isEqualTo(leads);
    for (AutomationVersion version : List.of(tasks, points)) {
      assertThat(installation.runs(version)).isEqualTo(allDone(leads));
      assertThat(installation.figures(version, "act"))
          .isEqualTo(new RunHistory.Figures("act", leads, 0, leads, 0));
    }
    assertThat(first.written("journal-automation") - before1).isGreaterThan(leads / 10);
    assertThat(second.written("journal-automation") - before2).isGreaterThan(leads / 10);
  }

  @Test
  void timersThatAreDueAtOnceFireOnceInTotal() {
    int leads = 500;
    AutomationVersion version =
        installation.publish(
            first,
            Bpmn.automation("share-timers")
                .trigger(Bpmn.created("Waiting"))
                .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
                .card("act", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
                .end("done")
                .path("start", "day", "act", "done"));
    installation.createLeads(second, "Waiting", 0, leads);
    installation.settle();
    assertThat(installation.runs(version))
        .isEqualTo(Map.of(RunStatus.WAITING.code(), (long) leads));

    LocalDateTime past = LocalDateTime.ofInstant(Instant.now().minusSeconds(60), ZoneOffset.UTC);
    installation.change("update run_wait set due = ? where due is not null", past);
    await()
        .atMost(Installation.PATIENCE)
        .untilAsserted(() -> assertThat(installation.runs(version)).isEqualTo(allDone(leads)));
    installation.settle();
    assertThat(
            installation.count("select count(*) from leads where city = 'Waiting' and score = 1"))
        .isEqualTo(leads);
    assertThat(installation.figures(version, "day"))
        .isEqualTo(new RunHistory.Figures("day", leads, 0, leads, 0));
    assertThat(installation.count("select count(*) from run_wait")).isZero();
    assertThat(installation.count("select count(*) from run_state")).isZero();
  }

  @Test
  void deliveriesAreSentOnceByTwoNodes() {
    int leads = 1_000;
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      AutomationVersion version =
          installation.publish(
              second,
              card(
                  "share-deliveries",
                  "Calling",
                  "webhook.call",
                  "{\"url\":\""
                      + receiver.url("/hook")
                      + "\",\"body\":{\"email\":\"{{lead.email}}\"},\"waitForResponse\":true}"));
      long before1 = first.written("delivery-results");
      long before2 = second.written("delivery-results");
      installation.createLeads(first, "Calling", 0, leads);
      await()
          .atMost(Installation.PATIENCE)
          .untilAsserted(() -> assertThat(installation.runs(version)).isEqualTo(allDone(leads)));
      assertThat(receiver.offences()).isEmpty();
      assertThat(receiver.received()).hasSize(leads);
      assertThat(receiver.received().stream().map(Received::key).distinct()).hasSize(leads);
      assertThat(receiver.received().stream().map(Received::body).distinct()).hasSize(leads);
      assertThat(first.written("delivery-results") - before1).isPositive();
      assertThat(second.written("delivery-results") - before2).isPositive();
    }
  }

  @Test
  void theOtherNodeLosesNoValueOfAFieldThatWasMadeAMomentAgo() {
    field("echo");
    installation.publish(
        second,
        card(
            "share-fields",
            "Fresh",
            "lead.set-fields",
            "{\"values\":{\"echo\":\"{{lead.lastName}}\"}}"));
    List<RecordRef> leads = new ArrayList<>();
    for (int round = 1; round <= 4; round++) {
      field("fresh" + round);
      List<RecordCommand> commands = new ArrayList<>();
      for (int n = 0; n < 50; n++) {
        commands.add(
            new RecordCommand.Create(
                EntityType.LEAD,
                Values.copyOf(Map.of("lastName", "L", "city", "Fresh", "fresh" + round, "kept"))));
      }
      first
          .get(Records.class)
          .write(commands, Cause.system("test"))
          .forEach(result -> leads.add(((WriteResult.Written) result).ref()));
    }
    installation.settle();
    for (int i = 0; i < leads.size(); i++) {
      Values values = first.get(Records.class).find(leads.get(i)).orElseThrow().values();
      assertThat(values.text("fresh" + (1 + i / 50))).as("lead %d", i).isEqualTo("kept");
      assertThat(values.text("echo")).as("lead %d", i).isEqualTo("L");
    }
  }

  private static void field(String label) {
    first
        .get(FieldDefinitions.class)
        .create(EntityType.LEAD, null, FieldDefinitions.NewField.of(label, FieldType.TEXT));
  }
}
