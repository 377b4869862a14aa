package io.leadloom.journal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.log.JdbcJournalErasure;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What events tell of records that are erased comes back from nowhere. */
@Tag("database")
class ErasedEventsTest {

  private static final RecordRef LEAD = RecordRef.lead(7);

  private JournalWorkshop workshop;
  private JdbcJournalErasure erasure;

  @BeforeEach
  void open() {
    workshop = new JournalWorkshop();
    erasure = new JdbcJournalErasure(workshop.jdbc);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private void erase() {
    erasure.ofRoots(EntityType.LEAD, List.of(LEAD.id()));
  }

  @Test
  void whatIsErasedWhileAConsumerHasItInHandsIsParkedWithoutWhatItTold() {
    workshop.node(
        workshop.consumer(
            "slow",
            events -> {
              CompletableFuture.runAsync(
                      () -> workshop.transaction.executeWithoutResult(status -> erase()))
                  .join();
              throw new IllegalArgumentException("cannot digest");
            }));
    workshop.append(workshop.entry(LEAD, "secret"));
    await().until(() -> parked().size() == 1);
    assertThat(parked().get(0)).doesNotContain("secret");
  }

  private List<String> parked() {
    return workshop.jdbc.queryForList("select payload from journal_parked", String.class);
  }

  @Test
  void retentionKeepsNothingThatIsBeingErased() throws Exception {
    workshop.append(workshop.entry(LEAD, "secret"));
    workshop.clock.advance(Duration.ofDays(91));
    List<JournalEvent> archived = Collections.synchronizedList(new ArrayList<>());
    JournalRetention retention =
        new JournalRetention(workshop.store, archived::addAll, Duration.ofDays(90), workshop.clock);
    AtomicReference<CompletableFuture<Long>> started = new AtomicReference<>();
    workshop.transaction.executeWithoutResult(
        status -> {
          erase();
          CompletableFuture<Long> run = CompletableFuture.supplyAsync(retention::run);
          started.set(run);
          assertThatThrownBy(() -> run.get(300, TimeUnit.MILLISECONDS))
              .isInstanceOf(TimeoutException.class);
        });
    assertThat(started.get().get(30, TimeUnit.SECONDS)).isOne();
    assertThat(archived).hasSize(1);
    assertThat(archived.get(0).entry().changes()).isEmpty();
  }
}
