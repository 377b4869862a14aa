package io.leadloom.journal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.Wanted;
import io.leadloom.journal.log.JdbcJournalHistory;
import io.leadloom.journal.log.JournalRows;
import io.leadloom.journal.log.Places;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class JournalOrderTest {

  private static JournalWorkshop workshop;

  @BeforeAll
  static void open() {
    workshop = new JournalWorkshop();
  }

  @AfterAll
  static void close() {
    workshop.close();
  }

  @Test
  void sequencesHaveNoGapsAndFollowTheOrderOfEachRecordUnderEightWriters() throws Exception {
    int writers = 8;
    int transactions = 60;
    long before = count();
    Map<RecordRef, List<String>> written = new ConcurrentHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    List<Future<Integer>> results = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int me = writer;
      results.add(
          pool.submit(
              () -> {
                Random random = new Random(me);
                int committed = 0;
                for (int i = 0; i < transactions; i++) {
                  int number = i;
                  int size = 1 + random.nextInt(40);
                  boolean rollback = random.nextInt(5) == 0;
                  workshop.transaction.executeWithoutResult(
                      status -> {
                        for (int entry = 0; entry < size; entry++) {
                          // Each writer has leads of its own, so that the order of each is known.
                          RecordRef lead =
                              RecordRef.lead(5_000_000 + 1_000L * me + random.nextInt(30));
                          String text = number + "/" + entry;
                          workshop.journal.append(List.of(workshop.entry(lead, text)));
                          if (!rollback) {
                            written.computeIfAbsent(lead, ref -> new ArrayList<>()).add(text);
                          }
                        }
                        if (rollback) {
                          status.setRollbackOnly();
                        }
                      });
                  committed += rollback ? 0 : size;
                }
                return committed;
              }));
    }
    long expected = before;
    for (Future<Integer> result : results) {
      expected += result.get(120, TimeUnit.SECONDS);
    }
    pool.shutdown();

    assertThat(count()).isEqualTo(expected);
    Map<RecordRef, List<String>> read = new HashMap<>();
    for (int partition = 0; partition < Places.PARTITIONS; partition++) {
      Long next =
          workshop.jdbc.queryForObject(
              "select next_seq from journal_partition where id = ?", Long.class, partition);
      List<JournalEvent> events =
          new JournalRows(workshop.jdbc, workshop.batched)
              .read(
                  List.of(new JournalRows.Range(partition, 1, Long.MAX_VALUE >>> 20)),
                  Wanted.EVERYTHING);
      assertThat(next).isEqualTo(events.size() + 1L);
      for (int i = 0; i < events.size(); i++) {
        JournalEvent event = events.get(i);
        assertThat(event.sequence()).isEqualTo(i + 1);
        if (written.containsKey(event.entry().root())) {
          read.computeIfAbsent(event.entry().root(), ref -> new ArrayList<>())
              .add((String) event.entry().changes().get("city").after());
        }
      }
    }
    assertThat(read).isEqualTo(written);
  }

  private static long count() {
    Long count = workshop.jdbc.queryForObject("select count(*) from journal", Long.class);
    return count == null ? 0 : count;
  }

  @Test
  void nothingCanBeAppendedOutsideATransaction() {
    assertThatThrownBy(() -> workshop.journal.append(List.of(workshop.entry(1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInnerTransactionKeepsItsEntriesWhenTheOuterOneRollsBack() {
    RecordRef outer = RecordRef.contact(71);
    RecordRef inner = RecordRef.contact(72);
    workshop.transaction.executeWithoutResult(
        status -> {
          workshop.journal.append(List.of(workshop.entry(outer, "a")));
          var own =
              new org.springframework.transaction.support.TransactionTemplate(
                  workshop.transactions);
          own.setPropagationBehavior(
              org.springframework.transaction.TransactionDefinition.PROPAGATION_REQUIRES_NEW);
          own.executeWithoutResult(
              ignored -> workshop.journal.append(List.of(workshop.entry(inner, "b"))));
          workshop.journal.append(List.of(workshop.entry(outer, "c")));
          status.setRollbackOnly();
        });
    JdbcJournalHistory history = new JdbcJournalHistory(workshop.jdbc);
    assertThat(history.ofRoot(outer, List.of(), null, 10).items()).isEmpty();
    assertThat(history.ofRoot(inner, List.of(), null, 10).items()).hasSize(1);
  }

  @Test
  void anEventReadsBackAsItWasWritten() {
    RecordRef root = RecordRef.lead(900_001);
    Map<String, FieldChange> changes =
        Map.of(
            "text", new FieldChange(null, "a \"quoted\" \u00e9 \uD83D\uDE00 text"),
            "long", new FieldChange("x".repeat(50_000), "y"),
            "number", new FieldChange(1L, Long.MAX_VALUE),
            "decimal", new FieldChange(new BigDecimal("1.50"), new BigDecimal("-0.000001")),
            "flag", new FieldChange(true, false),
            "list", new FieldChange(List.of("a", "b"), List.of()),
            "money",
                new FieldChange(
                    null, Map.of("amount", new BigDecimal("12.50"), "currency", "EUR")));
    Cause cause =
        new Cause(
            Cause.Kind.AUTOMATION,
            5L,
            "ref",
            List.of(new Cause.Step(1, 2, "card-a"), new Cause.Step(3, 4, "card-b")));
    JournalEntry entry =
        new JournalEntry(
            workshop.clock.instant(),
            JournalKind.CREATED,
            RecordRef.activity(7),
            root,
            changes,
            Map.of("type", "phone-call"),
            cause);
    workshop.append(entry);
    JournalEntry read =
        new JdbcJournalHistory(workshop.jdbc)
            .ofRoot(root, List.of(), null, 1)
            .items()
            .get(0)
            .entry();
    assertThat(read).isEqualTo(entry);
  }

  @Test
  void theHistoryOfARecordIsPagedNewestFirst() {
    RecordRef lead = RecordRef.lead(800_001);
    for (int i = 0; i < 5; i++) {
      workshop.append(workshop.entry(lead, "v" + i));
    }
    JournalEntry task =
        new JournalEntry(
            workshop.clock.instant(),
            JournalKind.CREATED,
            RecordRef.task(3),
            lead,
            Map.of(),
            Map.of(),
            Cause.user(1));
    workshop.append(task);
    JdbcJournalHistory history = new JdbcJournalHistory(workshop.jdbc);
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<JournalEvent> page = history.ofSubject(lead, lead, cursor, 2);
      page.items().forEach(event -> seen.add((String) event.entry().changes().get("city").after()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).containsExactly("v4", "v3", "v2", "v1", "v0");
    assertThat(history.ofRoot(lead, List.of(), null, 10).items())
        .hasSize(6)
        .first()
        .extracting(e -> e.entry())
        .isEqualTo(task);
    assertThatThrownBy(() -> history.ofRoot(lead, List.of(), "nonsense", 10))
        .isInstanceOf(RefusedException.class);
  }
}
