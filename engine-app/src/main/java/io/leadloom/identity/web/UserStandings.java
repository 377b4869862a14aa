package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.identity.recovery.Invitations;
import io.leadloom.identity.recovery.Invitations.Invitation;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.identity.signin.LastSignIns;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out how it stands with users: a few statements for however many. */
@Component
class UserStandings {

  private final Staff staff;
  private final Invitations invitations;
  private final LastSignIns signIns;
  private final Attempts attempts;
  private final Clock clock;

  UserStandings(
      Staff staff, Invitations invitations, LastSignIns signIns, Attempts attempts, Clock clock) {
    this.staff = staff;
    this.invitations = invitations;
    this.signIns = signIns;
    this.attempts = attempts;
    this.clock = clock;
  }

  Map<Long, UserStanding> of(Collection<Account> accounts) {
    Set<Long> ids = accounts.stream().map(Account::id).collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return Map.of();
    }
    Set<Long> without = staff.withoutPassword(ids);
    Set<Long> unconfirmed = staff.withUnconfirmedEmail();
    Map<Long, Invitation> invited = invitations.open(ids);
    Map<Long, Instant> signedIn = signIns.of(ids);
    Set<String> locked = attempts.locked(accounts.stream().map(Account::login).toList());
    Instant now = clock.instant();
    Map<Long, UserStanding> standings = new HashMap<>();
    for (Account account : accounts) {
      Invitation invitation = invited.get(account.id());
      Instant sent = invitation == null ? null : invitation.sentAt();
      Instant until = sent == null ? null : sent.plus(Invitations.LASTS);
      standings.put(
          account.id(),
          new UserStanding(
              state(
                  account,
                  locked.contains(account.login()),
                  // Whom a provider vouches for needs no password.
                  without.contains(account.id()) && !signedIn.containsKey(account.id()),
                  invitation,
                  until != null && !until.isAfter(now)),
              account.email() == null ? null : !unconfirmed.contains(account.id()),
              signedIn.get(account.id()),
              invitation == null ? null : invitation.askedAt(),
              until));
    }
    return standings;
  }

  private static UserStanding.State state(
      Account account,
      boolean locked,
      boolean withoutPassword,
      @Nullable Invitation invitation,
      boolean ended) {
    if (!account.active()) {
      return UserStanding.State.INACTIVE;
    }
    if (locked) {
      return UserStanding.State.LOCKED;
    }
    if (invitation != null) {
      return ended || invitation.failed()
          ? UserStanding.State.INVITATION_FAILED
          : UserStanding.State.INVITED;
    }
    return withoutPassword ? UserStanding.State.NOT_INVITED : UserStanding.State.ACTIVE;
  }
}
