package io.leadloom.journal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.journal.JournalArchive;
import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.log.Places;
import io.leadloom.platform.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

@Tag("database")
class JournalConsumingTest {

  private JournalWorkshop workshop;

  @BeforeEach
  void open() {
    workshop = new JournalWorkshop();
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  @Test
  void everyEventHasItsEffectExactlyOnceAndInOrderThoughHandlersFailAtRandom() throws Exception {
    Random random = new Random(42);
    JournalConsumer consumer =
        new JournalConsumer() {
          @Override
          public String name() {
            return "flaky";
          }

          @Override
          public void handle(List<JournalEvent> events) {
            events.forEach(event -> workshop.effect("flaky", event));
            double dice = random.nextDouble();
            if (dice < 0.05) {
              throw new IllegalStateException("bad luck");
            }
            if (dice < 0.15) {
              throw new CannotAcquireLockException("deadlock");
            }
          }

          @Override
          public int batchSize() {
            return 40;
          }
        };
    workshop.node(consumer);
    int total = write(2_000, 60);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              workshop.clock.advance(Duration.ofSeconds(2));
              return workshop.effects("flaky") == total;
            });
    assertThat(workshop.store.parked().waiting("flaky")).isEmpty();
  }

  /** Appends events of the given number of leads in transactions of different sizes. */
  private int write(int events, int leads) {
    Random random = new Random(7);
    int written = 0;
    while (written < events) {
      int size = 1 + random.nextInt(30);
      JournalEntry[] entries = new JournalEntry[size];
      for (int i = 0; i < size; i++) {
        entries[i] = workshop.entry(random.nextInt(leads));
      }
      workshop.append(entries);
      written += size;
    }
    return written;
  }

  @Test
  void aPoisonEventIsParkedAloneItsRecordWaitsAndAllOthersGoOn() {
    RecordRef sick = RecordRef.lead(13);
    AtomicBoolean ill = new AtomicBoolean(true);
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    JournalConsumer consumer =
        workshop.consumer(
            "poison",
            events -> {
              if (ill.get() && events.stream().anyMatch(event -> text(event).equals("poison"))) {
                throw new IllegalArgumentException("cannot digest");
              }
              events.stream()
                  .filter(event -> event.entry().root().equals(sick))
                  .forEach(e -> handled.add(text(e)));
            });
    workshop.clock.setTo(java.time.Instant.parse("2026-03-01T10:00:00Z"));
    JournalNode node = workshop.node(consumer);
    JdbcJournalConsumers administration = workshop.administration(node);
    JournalEntry[] entries = new JournalEntry[200];
    for (int i = 0; i < 200; i++) {
      entries[i] = workshop.entry(i);
    }
    entries[13] = workshop.entry(sick, "poison");
    entries[150] = workshop.entry(sick, "second");
    entries[199] = workshop.entry(sick, "third");
    workshop.append(entries);
    await().until(() -> status(administration).lag() == 0);
    assertThat(workshop.effects("poison")).isEqualTo(197);
    assertThat(status(administration).parked()).isEqualTo(3);

    // Newer events of the record queue behind it; tries come after 1, 4, 16, 60 and 300 seconds.
    workshop.append(workshop.entry(sick, "fourth"), workshop.entry(14));
    await().until(() -> workshop.effects("poison") == 198);
    assertThat(handled).isEmpty();
    for (int seconds : new int[] {1, 4, 16, 60}) {
      int attempts = attempts();
      workshop.clock.advance(Duration.ofSeconds(seconds));
      await().until(() -> attempts() == attempts + 1);
      assertThat(status(administration).dead()).isZero();
    }
    workshop.clock.advance(Duration.ofMinutes(5));
    await().until(() -> status(administration).dead() == 1);
    await().until(() -> status(administration).parked() == 0);
    assertThat(handled).containsExactly("second", "third", "fourth");

    JournalConsumers.DeadLetter letter = administration.deadLetters(null, null, 10).items().get(0);
    assertThat(letter.error()).contains("cannot digest");
    assertThat(letter.event().entry().root()).isEqualTo(sick);
    ill.set(false);
    administration.replay(letter.id());
    await().until(() -> workshop.effects("poison") == 202);
    assertThat(status(administration).dead()).isZero();
  }

  private int attempts() {
    Integer most =
        workshop.jdbc.queryForObject("select max(attempts) from journal_parked", Integer.class);
    return most == null ? 0 : most;
  }

  private static JournalConsumers.Status status(JdbcJournalConsumers administration) {
    return administration.all().get(0);
  }

  private static String text(JournalEvent event) {
    return String.valueOf(event.entry().changes().get("city").after());
  }

  @Test
  void deadLettersOfARecordAreReplayedInTheirOrderAndOthersCanBeDiscarded() {
    AtomicBoolean ill = new AtomicBoolean(true);
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    JournalConsumer consumer =
        workshop.consumer(
            "dead",
            events -> {
              if (ill.get()) {
                throw new IllegalStateException("ill");
              }
              events.forEach(event -> handled.add(text(event)));
            });
    JournalNode node = workshop.node(consumer);
    JdbcJournalConsumers administration = workshop.administration(node);
    RecordRef lead = RecordRef.lead(5);
    for (String text : List.of("a", "b", "c", "d")) {
      workshop.append(workshop.entry(lead, text));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              workshop.clock.advance(Duration.ofMinutes(6));
              return status(administration).dead() == 4;
            });
    List<JournalConsumers.DeadLetter> letters =
        administration.deadLetters("dead", null, 10).items();
    assertThat(letters)
        .extracting(letter -> text(letter.event()))
        .containsExactly("a", "b", "c", "d");
    assertThat(administration.deadLetters("dead", null, 3).next()).isNotNull();
    administration.discard(letters.get(1).id());
    administration.pause("dead");
    administration.replay(letters.get(3).id());
    administration.replay(letters.get(0).id());
    administration.replay(letters.get(2).id());
    workshop.append(workshop.entry(lead, "new"));
    assertThat(handled).isEmpty();
    // A worker that had the record in hand when it was paused may have tried one of them once more.
    ill.set(false);
    administration.resume("dead");
    await()
        .until(
            () -> {
              workshop.clock.advance(Duration.ofMinutes(6));
              return handled.size() == 4;
            });
    assertThat(handled).containsExactly("a", "c", "d", "new");
  }

  @Test
  void twoNodesShareThePartitionsAndOneTakesOverWithinFifteenSecondsWhenTheOtherDies()
      throws Exception {
    Set<String> served = ConcurrentHashMap.newKeySet();
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean stall = new AtomicBoolean();
    JournalNode first =
        workshop.node(
            workshop.consumer(
                "shared",
                events -> {
                  served.add("first");
                  if (stall.get()) {
                    stalled.countDown();
                    waitFor(go);
                  }
                }));
    JournalNode second =
        workshop.strangerNode(workshop.consumer("shared", events -> served.add("second")));
    await().until(() -> advanceOneSecond() && owned(first) == 8 && owned(second) == 8);

    int total = write(600, 100);
    await().until(() -> workshop.effects("shared") == total);
    assertThat(served).containsExactlyInAnyOrder("first", "second");

    // The first node stalls in the middle of a batch, as a long garbage collection would make it.
    stall.set(true);
    int more = total + write(400, 100);
    assertThat(stalled.await(10, TimeUnit.SECONDS)).isTrue();
    first.die();
    workshop.clock.advance(Duration.ofSeconds(1));
    second.tick();
    workshop.clock.advance(Duration.ofSeconds(13));
    second.tick();
    assertThat(owned(second)).isEqualTo(16);
    await().until(() -> workshop.effects("shared") == more);

    // When it wakes up, its batch does not count: the partitions are another node's.
    go.countDown();
    workshop.append(workshop.entry(1));
    await().until(() -> workshop.effects("shared") == more + 1);
    assertThat(workshop.store.parked().waiting("shared")).isEmpty();
    Map<Integer, Long> counts = new HashMap<>();
    workshop.jdbc.query(
        "select partition_id, count(*), max(seq) from effect group by partition_id",
        row -> {
          assertThat(row.getLong(2)).isEqualTo(row.getLong(3));
          counts.put(row.getInt(1), row.getLong(2));
        });
    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(more + 1);
  }

  private boolean advanceOneSecond() {
    workshop.clock.advance(Duration.ofSeconds(1));
    return true;
  }

  private int owned(JournalNode node) {
    Integer count =
        workshop.jdbc.queryForObject(
            "select count(*) from journal_cursor where owner = ?", Integer.class, node.id());
    return count == null ? 0 : count;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aNodeThatStopsInOrderGivesItsPartitionsBackAndTheNextOneGoesOnWhereItEnded() {
    JournalNode first = workshop.node(workshop.consumer("restart", events -> {}));
    int total = write(300, 50);
    first.stop();
    assertThat(owned(first)).isZero();
    int more = total + write(300, 50);
    workshop.node(workshop.consumer("restart", events -> {}));
    await().until(() -> workshop.effects("restart") == more);
  }

  @Test
  void aNewConsumerStartsAtTheEndUnlessItWantsTheBeginning() {
    write(100, 10);
    JournalConsumer late = workshop.consumer("late", events -> {});
    JournalConsumer historian =
        new JournalConsumer() {
          @Override
          public String name() {
            return "historian";
          }

          @Override
          public void handle(List<JournalEvent> events) {
            events.forEach(event -> workshop.effect("historian", event));
          }

          @Override
          public boolean fromBeginning() {
            return true;
          }
        };
    Long before = workshop.jdbc.queryForObject("select count(*) from journal", Long.class);
    workshop.node(late, historian);
    workshop.append(workshop.entry(1), workshop.entry(2));
    await().until(() -> workshop.effects("historian") == before + 2);
    await().until(() -> workshop.effects("late") == 2);
  }

  @Test
  void aPausedConsumerReadsNothingAndItsLagGrows() {
    JournalNode node = workshop.node(workshop.consumer("pausing", events -> {}));
    JdbcJournalConsumers administration = workshop.administration(node);
    administration.pause("pausing");
    workshop.append(workshop.entry(1), workshop.entry(2), workshop.entry(3));
    await().until(() -> advanceOneSecond() && node.lastLag("pausing") == 3);
    assertThat(status(administration)).matches(status -> status.paused() && status.lag() == 3);
    assertThat(workshop.effects("pausing")).isZero();
    administration.resume("pausing");
    await().until(() -> status(administration).lag() == 0);
    assertThat(workshop.effects("pausing")).isEqualTo(3);
  }

  @Test
  void retentionDeletesOldEventsInOrderButNeverUnreadOnes() {
    JournalNode node = workshop.node(workshop.consumer("reader", events -> {}));
    JdbcJournalConsumers administration = workshop.administration(node);
    int old = write(300, 50);
    await().until(() -> workshop.effects("reader") == old);
    administration.pause("reader");
    write(100, 50);
    workshop.clock.advance(Duration.ofDays(91));
    List<JournalEvent> archived = new ArrayList<>();
    JournalArchive archive = archived::addAll;
    JournalRetention retention =
        new JournalRetention(workshop.store, archive, Duration.ofDays(90), workshop.clock);
    assertThat(retention.run()).isEqualTo(old);
    assertThat(archived).hasSize(old);
    administration.resume("reader");
    await().until(() -> status(administration).lag() == 0);
    assertThat(workshop.effects("reader")).isGreaterThanOrEqualTo(old + 100);
    assertThat(retention.run()).isEqualTo(workshop.effects("reader") - old);
    assertThat(workshop.jdbc.queryForObject("select count(*) from journal", Long.class)).isZero();
    assertThat(Places.partition(RecordRef.lead(1))).isBetween(0, 15);
  }
}
