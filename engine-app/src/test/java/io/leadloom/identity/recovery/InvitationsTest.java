package io.leadloom.identity.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest
class InvitationsTest {

  @Autowired private Invitations invitations;
  @Autowired private Staff staff;
  @Autowired private TransactionTemplate transaction;
  @Autowired private MutableClock clock;

  @Test
  void anInvitationThatWasAskedForAgainIsNotSentByAnEarlierTry() {
    String login = "i" + UUID.randomUUID();
    long id =
        staff
            .enroll(
                List.of(
                    new Staff.NewAccount(
                        login,
                        "Invited",
                        login + "@example.com",
                        null,
                        "leadloom",
                        Set.of(Role.SALES),
                        null,
                        null,
                        null)))
            .get(0)
            .id();
    // The longest waiting of all, and nobody else's before the end.
    clock.setTo(Instant.parse("2020-01-01T00:00:00Z"));
    transaction.executeWithoutResult(
        status -> {
          invitations.ask(List.of(id));
          Invitations.Taken first = invitations.take().orElseThrow();
          assertThat(first.userId()).isEqualTo(id);
          clock.advance(Duration.ofMillis(1));
          invitations.askAgain(id);
          Invitations.Taken second = invitations.take().orElseThrow();
          assertThat(second.userId()).isEqualTo(id);
          invitations.sent(first);
          assertThat(invitations.open(Set.of(id)).get(id).sentAt()).isNull();
          invitations.sent(second);
          assertThat(invitations.open(Set.of(id)).get(id).sentAt()).isEqualTo(clock.instant());
          status.setRollbackOnly();
        });
  }
}
