package io.leadloom.platform.company;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** Settings in memory are at most a second old, and never those before a change. */
class FreshMemoryTest {

  private final MutableClock clock = new MutableClock();
  private final FreshMemory<String> memory = new FreshMemory<>(clock, this::look);
  private final List<@Nullable String> looks = new ArrayList<>();
  private String stored = "old";
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void theClockStands() {
    clock.setTo(Instant.parse("2026-03-01T12:00:00Z"));
  }

  private String look(@Nullable String known) {
    looks.add(known);
    String read = stored;
    Runnable once = meanwhile;
    meanwhile = () -> {};
    once.run();
    return read;
  }

  private void inTransaction(int outcome, Runnable work) {
    TransactionSynchronizationManager.initSynchronization();
    try {
      work.run();
      memory.forgetAfterTransaction();
      TransactionSynchronizationUtils.invokeAfterCompletion(
          TransactionSynchronizationManager.getSynchronizations(), outcome);
    } finally {
      TransactionSynchronizationManager.clearSynchronization();
    }
  }

  private void change(String wanted) {
    inTransaction(TransactionSynchronization.STATUS_COMMITTED, () -> stored = wanted);
  }

  @Test
  void itIsLookedAtOnceASecondWithWhatWasKnown() {
    assertThat(memory.get()).isEqualTo("old");
    stored = "new";
    clock.advance(Duration.ofMillis(999));
    assertThat(memory.get()).isEqualTo("old");
    assertThat(looks).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(memory.get()).isEqualTo("new");
    assertThat(looks).containsExactly(null, "old");
  }

  @Test
  void aChangeHereCountsAtOnce() {
    memory.get();
    change("new");
    assertThat(memory.get()).isEqualTo("new");
  }

  @Test
  void aLookThatBeganBeforeAChangeDoesNotPutTheOldValueBack() {
    meanwhile = () -> change("new");
    assertThat(memory.get()).isEqualTo("old");
    assertThat(memory.get()).isEqualTo("new");
    assertThat(looks).hasSize(2);
  }

  @Test
  void aLookThatBeganBeforeAnotherOneDoesNotPutTheOldValueBack() {
    meanwhile =
        () -> {
          stored = "new";
          assertThat(memory.get()).isEqualTo("new");
        };
    assertThat(memory.get()).isEqualTo("old");
    assertThat(memory.get()).isEqualTo("new");
    assertThat(looks).hasSize(2);
  }

  @Test
  void whatWasReadInATransactionThatIsTakenBackIsReadAgain() {
    memory.get();
    inTransaction(
        TransactionSynchronization.STATUS_ROLLED_BACK,
        () -> {
          stored = "never";
          clock.advance(Duration.ofSeconds(2));
          assertThat(memory.get()).isEqualTo("never");
          stored = "old";
        });
    assertThat(memory.get()).isEqualTo("old");
  }

  @Test
  void aClockThatIsSetBackDoesNotKeepTheOldValueUntilItHasCaughtUp() {
    memory.get();
    stored = "new";
    clock.advance(Duration.ofHours(-1));
    assertThat(memory.get()).isEqualTo("new");
    // And the value of now is kept, although the one before claims to be of later.
    clock.advance(Duration.ofMillis(500));
    assertThat(memory.get()).isEqualTo("new");
    assertThat(looks).hasSize(2);
  }
}
