package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is in memory is a second old at most, and somebody who is named by what is stored is there in that second, too. */
@LeadloomTest
class UsersOfOtherNodesTest {

  @Autowired private Staff staff;
  @Autowired private Directory directory;
  @Autowired private Ids ids;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private MutableClock clock;

  /** As another node would: nothing in this one hears of it. */
  private long madeElsewhere() {
    long id = ids.next("user");
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("update identity_state set version = version + 1 where id = 1");
          jdbc.update(
              "insert into app_user (id, login, name, password, active, version, created_at, updated_at)"
                  + " values (?, ?, 'Elsewhere', '', true, 1, '2026-01-01', '2026-01-01')",
              id,
              "elsewhere" + id);
        });
    return id;
  }

  @Test
  void somebodyWhomAnotherNodeHasMadeAMomentAgoIsKnownByName() {
    // Memory stays fresh, as far as this node knows.
    clock.setTo(clock.instant());
    assertThat(staff.accounts()).isNotEmpty();
    long id = madeElsewhere();
    assertThat(directory.account(id)).isEmpty();
    assertThat(staff.account(id).login()).isEqualTo("elsewhere" + id);
    long another = madeElsewhere();
    assertThat(directory.ofSession(another)).isPresent();
    long third = madeElsewhere();
    staff.alone(() -> assertThat(staff.account(third).id()).isEqualTo(third));
    assertThatThrownBy(() -> staff.account(999_999_999_999L))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusedException.Reason.NOT_FOUND));
  }

  @Test
  void aChangeThatCannotBeginLeavesNothingBehindOnItsThread() {
    try {
      assertThatThrownBy(directory::changing).isInstanceOf(IllegalStateException.class);
      assertThat(directory.inChange()).isFalse();
    } finally {
      TransactionSynchronizationManager.unbindResourceIfPossible(directory);
    }
  }
}
