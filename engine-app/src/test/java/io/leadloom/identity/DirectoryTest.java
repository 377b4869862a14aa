package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/** What another node has changed counts here within two seconds: it is looked for once a second. */
class DirectoryTest {

  private final StaffRows rows = mock();
  private final MutableClock clock = new MutableClock();
  private final Directory directory = new Directory(rows, clock);

  @BeforeEach
  void theClockStands() {
    clock.setTo(Instant.parse("2026-03-01T12:00:00Z"));
    stored(1, null);
  }

  /** The user 2 reports to this one. */
  private void stored(long version, @Nullable Long superior) {
    when(rows.version()).thenReturn(version);
    List<Account> accounts = List.of(account(1, null), account(2, superior));
    when(rows.accounts()).thenReturn(accounts);
    when(rows.teams()).thenReturn(List.of());
  }

  private static Account account(long id, @Nullable Long superior) {
    return new Account(
        id,
        "u" + id,
        "U" + id,
        null,
        null,
        Set.of(Role.SALES),
        true,
        null,
        null,
        superior,
        1,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Test
  void anotherNodesMoveCountsASecondAfterTheLastLook() {
    assertThat(directory.below(1)).isEmpty();
    stored(2, 1L);
    clock.advance(Duration.ofMillis(999));
    assertThat(directory.below(1)).isEmpty();
    verify(rows, times(1)).version();
    clock.advance(Duration.ofMillis(1));
    assertThat(directory.below(1)).containsExactly(2L);
  }

  @Test
  void usersAreReadAgainOnlyWhenTheyHaveChanged() {
    directory.below(1);
    clock.advance(Duration.ofSeconds(1));
    directory.below(1);
    verify(rows, times(2)).version();
    verify(rows, times(1)).accounts();
    verify(rows, never()).lock();
  }

  @Test
  void aClockThatIsSetBackDoesNotKeepTheOldStateUntilItHasCaughtUp() {
    directory.below(1);
    stored(2, 1L);
    clock.advance(Duration.ofHours(-1));
    assertThat(directory.below(1)).containsExactly(2L);
  }

  @Test
  void whoChangesUsersBeginsWithWhatAnotherNodeHasCommittedSinceTheLastLook() {
    assertThat(directory.below(1)).isEmpty();
    stored(2, 1L);
    doAnswer(
            locked -> {
              when(rows.version()).thenReturn(3L);
              return null;
            })
        .when(rows)
        .lock();
    TransactionSynchronizationManager.initSynchronization();
    try {
      directory.changing();
      assertThat(directory.below(1)).containsExactly(2L);
      assertThat(directory.version()).isEqualTo(2);
      // What it changes itself counts when it is over.
      stored(3, null);
      assertThat(directory.below(1)).containsExactly(2L);
      TransactionSynchronizationUtils.invokeAfterCompletion(
          TransactionSynchronizationManager.getSynchronizations(),
          TransactionSynchronization.STATUS_COMMITTED);
    } finally {
      TransactionSynchronizationManager.clearSynchronization();
    }
    assertThat(directory.below(1)).isEmpty();
    assertThat(directory.version()).isEqualTo(3);
  }
}
