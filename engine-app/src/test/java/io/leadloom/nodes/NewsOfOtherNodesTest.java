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
import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.LoggerFactory;

/**
 * What one of two nodes does counts on the other at once. The page comes first: of the many leads of the other test it
 * would only be told that there are some.
 */
@Tag("database")
@Tag("nodes")
@TestMethodOrder(OrderAnnotation.class)
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
  @Order(2)
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

  @Test
  @Order(1)
  void aPageThatIsOpenOnOneNodeHearsOfLeadsThatTheOtherChanges() throws Exception {
    first
        .get(Staff.class)
        .enroll(
            List.of(
                new Staff.NewAccount(
                    "reader",
                    "Reader",
                    "reader@example.com",
                    null,
                    "leadloom",
                    // Which records changed is told to those who see all of them.
                    Set.of(Role.ADMINISTRATOR),
                    null,
                    null,
                    null)));
    HttpRequest open =
        HttpRequest.newBuilder(URI.create("http://localhost:" + second.port() + "/api/v1/stream"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString("reader:leadloom".getBytes(StandardCharsets.UTF_8)))
            .build();
    HttpResponse<Stream<String>> stream =
        HttpClient.newHttpClient().send(open, HttpResponse.BodyHandlers.ofLines());
    assertThat(stream.statusCode()).isEqualTo(200);
    List<String> heard = new CopyOnWriteArrayList<>();
    Thread reader = new Thread(() -> read(stream.body(), heard));
    reader.setDaemon(true);
    reader.start();
    // The first change comes right after the page has opened, before the node looks again.
    for (int round = 0; round < 3; round++) {
      RecordRef lead = leads(first, "News", 1).get(0);
      await()
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> hears(heard, lead));
    }
    RecordRef own = leads(second, "Own", 1).get(0);
    await().until(() -> hears(heard, own));
    heard.clear();
    leads(first, "Many", 600);
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> heard.stream().anyMatch(line -> line.matches(".*lead\\.changed.*null.*")));
  }

  private static long hire(Staff staff, String login, Role role, @Nullable Long superior) {
    Account made =
        staff
            .enroll(
                List.of(
                    new Staff.NewAccount(
                        login, login, null, null, "leadloom", Set.of(role), null, null, null)))
            .get(0);
    if (superior != null) {
      move(staff, made.id(), superior);
    }
    return made.id();
  }

  private static void move(Staff staff, long id, long superior) {
    staff.change(
        id,
        new Staff.AccountChange(null, null, null, null, null, null, null, null, null, superior));
  }

  private static boolean sees(Node node, long manager, long owner) {
    return node.get(Access.class).of(manager).owners(EntityType.LEAD, Action.VIEW).reach(owner);
  }

  @Test
  @Order(3)
  void aMoveInTheHierarchyOnOneNodeCountsForRequestsOnTheOther() {
    Staff staff = first.get(Staff.class);
    long north = hire(staff, "north", Role.MANAGER, null);
    long south = hire(staff, "south", Role.MANAGER, null);
    long sales = hire(staff, "sales", Role.SALES, north);
    await().atMost(Duration.ofSeconds(5)).until(() -> sees(second, north, sales));
    assertThat(sees(second, south, sales)).isFalse();
    move(staff, sales, south);
    // The node that moved knows at once, the other when it looks again: DirectoryTest knows when.
    assertThat(sees(first, south, sales)).isTrue();
    assertThat(sees(first, north, sales)).isFalse();
    await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> sees(second, south, sales) && !sees(second, north, sales));
  }

  private static void read(Stream<String> lines, List<String> heard) {
    try {
      lines.forEach(heard::add);
    } catch (UncheckedIOException e) {
      heard.add("the node was closed");
    }
  }

  private static boolean hears(List<String> heard, RecordRef lead) {
    return heard.stream()
        .anyMatch(
            line -> line.contains("lead.changed") && line.contains("\"id\":" + lead.id() + "}"));
  }
}
