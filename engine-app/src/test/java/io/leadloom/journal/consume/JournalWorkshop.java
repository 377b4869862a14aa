package io.leadloom.journal.consume;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.log.PartitionedJournal;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.TestMigrations;
import io.leadloom.testing.MutableClock;
import io.leadloom.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A migrated database with a journal on it, and as many nodes as a test wants. */
final class JournalWorkshop implements AutoCloseable {

  final MutableClock clock = new MutableClock();
  final TestDatabase database = TestDatabase.fresh();
  final HikariDataSource pool = pool(database);
  final JdbcTemplate jdbc = new JdbcTemplate(pool);
  final JdbcTransactionManager transactions = new JdbcTransactionManager(pool);
  final TransactionTemplate transaction = new TransactionTemplate(transactions);
  final BatchedRows batched = TestDatabase.batched(jdbc);
  final JournalStore store = JournalStore.on(jdbc, batched, transactions);
  final PartitionedJournal journal = new PartitionedJournal(jdbc, batched, null);
  private final List<JournalNode> nodes = new ArrayList<>();

  JournalWorkshop() {
    TestMigrations.migrate(pool);
    transaction.executeWithoutResult(
        status ->
            jdbc.execute(
                "create table effect (consumer varchar(60), partition_id int, seq bigint, root varchar(40),"
                    + " primary key (consumer, partition_id, seq))"));
  }

  private static HikariDataSource pool(TestDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername((String) database.properties().get("spring.datasource.username"));
    config.setPassword((String) database.properties().get("spring.datasource.password"));
    config.setMaximumPoolSize(24);
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(config);
  }

  JournalNode node(JournalConsumer... consumers) {
    return node(journal, clock, consumers);
  }

  /** A node with a clock of its own. */
  JournalNode node(Clock own, JournalConsumer... consumers) {
    return node(journal, own, consumers);
  }

  /** A node with a journal of its own does not hear of the commits of other nodes. */
  JournalNode strangerNode(JournalConsumer... consumers) {
    return node(new PartitionedJournal(jdbc, batched, null), clock, consumers);
  }

  private JournalNode node(PartitionedJournal of, Clock own, JournalConsumer... consumers) {
    JournalSettings settings =
        new JournalSettings(
            Duration.ofDays(90),
            2,
            true,
            Duration.ofMillis(20),
            Duration.ofSeconds(3),
            Duration.ofSeconds(12));
    JournalNode node = new JournalNode(of, store, settings, () -> Arrays.asList(consumers), own);
    nodes.add(node);
    node.start();
    return node;
  }

  JdbcJournalConsumers administration(JournalNode node) {
    return new JdbcJournalConsumers(store, node, clock);
  }

  void append(JournalEntry... entries) {
    transaction.executeWithoutResult(status -> journal.append(List.of(entries)));
  }

  JournalEntry entry(long lead) {
    return entry(RecordRef.lead(lead), "x");
  }

  JournalEntry created(RecordRef root) {
    return new JournalEntry(
        clock.instant(), JournalKind.CREATED, root, root, Map.of(), Map.of(), Cause.system("test"));
  }

  JournalEntry entry(RecordRef root, String after) {
    return new JournalEntry(
        clock.instant(),
        JournalKind.UPDATED,
        root,
        root,
        Map.of("city", new FieldChange("Pune", after)),
        Map.of(),
        Cause.system("test"));
  }

  /** Writes down which event had its effect; a second effect of the same event breaks the primary key. */
  void effect(String consumer, JournalEvent event) {
    jdbc.update(
        "insert into effect (consumer, partition_id, seq, root) values (?, ?, ?, ?)",
        consumer,
        event.partition(),
        event.sequence(),
        event.entry().root().toString());
  }

  JournalConsumer consumer(String name, Consumer<List<JournalEvent>> before) {
    return new JournalConsumer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void handle(List<JournalEvent> events) {
        before.accept(events);
        events.forEach(event -> effect(name, event));
      }

      @Override
      public int batchSize() {
        return 50;
      }
    };
  }

  long effects(String consumer) {
    Long count =
        jdbc.queryForObject("select count(*) from effect where consumer = ?", Long.class, consumer);
    return count == null ? 0 : count;
  }

  @Override
  public void close() {
    nodes.forEach(JournalNode::stop);
    pool.close();
    database.close();
  }
}
