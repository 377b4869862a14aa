package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.leadloom.automation.Bpmn;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.PublishedAutomations;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What one of two nodes does counts on the other at once. */
@Tag("database")
class NewsOfOtherNodesTest {

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

  private static List<RecordRef> leads(Node node, String city, int count) {
    List<RecordCommand> commands = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      commands.add(
          new RecordCommand.Create(
              EntityType.LEAD, Values.copyOf(Map.of("lastName", "L" + n, "city", city))));
    }
    return node.get(Records.class).write(commands, Cause.system("test")).stream()
        .map(result -> ((WriteResult.Written) result).ref())
        .toList();
  }

  @Test
  void aFieldDeletedByForceStopsItsAutomationOnTheOtherNodeWithoutAStormOfErrors() {
    FieldDefinitions definitions = first.get(FieldDefinitions.class);
    String key =
        definitions
            .create(EntityType.LEAD, null, FieldDefinitions.NewField.of("Plan", FieldType.TEXT))
            .key();
    String condition = "{\"type\":\"lead.created\",\"condition\":" + Bpmn.lead(key, "empty") + "}";
    AutomationVersion version =
        installation.publish(
            first,
            Bpmn.automation("forced")
                .trigger(condition)
                .card("act", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
                .end("done")
                .path("start", "act", "done"));
    leads(second, "Before", 40);
    installation.settle();
    assertThat(installation.runs(version)).isEqualTo(Map.of(RunStatus.DONE.code(), 40L));

    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    root.addAppender(lines);
    try {
      definitions.delete(EntityType.LEAD, null, key, 0L, true);
      // The other node has not looked around yet when these are created on it.
      leads(second, "After", 200);
      leads(first, "After", 200);
      installation.settle();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(second.get(PublishedAutomations.class).current().paused())
                      .contains(version.automationId()));
      leads(second, "Later", 40);
      installation.settle();
    } finally {
      root.detachAppender(lines);
    }
    assertThat(installation.runs(version)).isEqualTo(Map.of(RunStatus.DONE.code(), 40L));
    assertThat(installation.count("select count(*) from journal_parked")).isZero();
    assertThat(
            List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage))
        .hasSizeLessThanOrEqualTo(2);
  }
}
