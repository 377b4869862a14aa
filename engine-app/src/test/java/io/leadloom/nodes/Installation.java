package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.automation.Bpmn;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty database with nodes on it, and the questions that tests ask of it through one of them. */
final class Installation implements AutoCloseable {

  /** Slow machines run the tests too; only the take-over of a dead node is a matter of time. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int LEADS_AT_ONCE = 20;

  final TestDatabase database = TestDatabase.forNodes();
  private final List<Node> nodes = new ArrayList<>();

  Node start(String... settings) {
    Node node = Node.start(database, settings);
    nodes.add(node);
    return node;
  }

  private Node any() {
    return nodes.get(0);
  }

  /** Waits until so many nodes share the partitions of the automations' consumer evenly. */
  void awaitShared(int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select count(*) from journal_cursor where consumer = 'automation'"
                                    + " and owner is not null group by owner",
                                Long.class))
                    .hasSize(count)
                    .allMatch(partitions -> partitions == 16 / count));
  }

  JdbcTemplate jdbc() {
    return any().get(JdbcTemplate.class);
  }

  void change(String sql, Object... arguments) {
    any()
        .get(TransactionTemplate.class)
        .executeWithoutResult(status -> jdbc().update(sql, arguments));
  }

  AutomationVersion publish(Node node, Bpmn bpmn) {
    Publishing publishing = node.get(Publishing.class);
    return publishing.publish(publishing.create(null, null, bpmn.xml()).id());
  }

  /** Creates leads of a city through a node, in transactions of twenty. */
  void createLeads(Node node, String city, int from, int to) {
    for (int first = from; first < to; first += LEADS_AT_ONCE) {
      List<RecordCommand> commands = new ArrayList<>();
      for (int n = first; n < Math.min(to, first + LEADS_AT_ONCE); n++) {
        commands.add(
            new RecordCommand.Create(
                EntityType.LEAD,
                Values.copyOf(Map.of("lastName", "L" + n, "city", city, "email", mail(city, n)))));
      }
      assertThat(node.get(Records.class).write(commands, Cause.system("test")))
          .allMatch(WriteResult.Written.class::isInstance);
    }
  }

  static String mail(String city, int n) {
    return city + n + "@nodes.example";
  }

  /** Waits until the automations have seen everything; nothing may have failed. */
  void settle() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JournalConsumers.Status status =
                  any().get(JournalConsumers.class).find("automation").orElseThrow();
              assertThat(status.parked()).as("parked events").isZero();
              assertThat(status.dead()).as("dead letters").isZero();
              assertThat(status.lag()).as("events to come").isZero();
            });
  }

  long count(String sql, Object... arguments) {
    Long count = jdbc().queryForObject(sql, Long.class, arguments);
    return count == null ? 0 : count;
  }

  /** The runs of a version by their status. */
  Map<Integer, Long> runs(AutomationVersion version) {
    Map<Integer, Long> runs = new java.util.TreeMap<>();
    jdbc()
        .query(
            "select status, count(*) from run where version_id = ? group by status",
            row -> {
              runs.put(row.getInt(1), row.getLong(2));
            },
            version.id());
    return runs;
  }

  /** What the figures of a version say of one card. */
  RunHistory.Figures figures(AutomationVersion version, String card) {
    return any().get(RunHistory.class).figures(version.id()).stream()
        .filter(figures -> figures.card().equals(card))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    database.close();
  }
}
