package io.leadloom.identity;

import io.leadloom.identity.factor.RememberedDevices;
import io.leadloom.identity.oidc.SignOnLinks;
import io.leadloom.identity.password.PasswordRules;
import io.leadloom.identity.password.Passwords;
import io.leadloom.identity.recovery.Invitations;
import io.leadloom.identity.recovery.PasswordLinks;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The passwords of users, and what ends when one changes. */
@Component
class StaffPasswords {

  private final StaffRows rows;
  private final Passwords passwords;
  private final Attempts attempts;
  private final BrowserSessions sessions;
  private final PasswordLinks links;
  private final RememberedDevices devices;
  private final Invitations invitations;
  private final SignOnLinks people;
  private final AuditTrail trail;

  StaffPasswords(
      StaffRows rows,
      Passwords passwords,
      Attempts attempts,
      BrowserSessions sessions,
      PasswordLinks links,
      RememberedDevices devices,
      Invitations invitations,
      SignOnLinks people,
      AuditTrail trail) {
    this.people = people;
    this.trail = trail;
    this.rows = rows;
    this.passwords = passwords;
    this.attempts = attempts;
    this.sessions = sessions;
    this.links = links;
    this.devices = devices;
    this.invitations = invitations;
  }

  /** The hash of a password that keeps the rules. */
  String hash(String text, String login, String name, @Nullable String email) {
    PasswordRules.check("password", text, Arrays.asList(login, name, email));
    return passwords.hash(text);
  }

  String hash(String text, Account account) {
    return hash(text, account.login(), account.name(), account.email());
  }

  /** A hash that takes little time, of a password that need not keep the rules. */
  String lightHash(String text) {
    return passwords.lightHash(text);
  }

  /** Refuses a present password that is wrong. A session that somebody has got hold of is no way to guess it. */
  void verify(Account account, String present) {
    Attempts.Attempt attempt = new Attempts.Attempt(account.login(), null);
    if (attempts.begin(attempt).isPresent()) {
      throw RefusedException.invalid(
          "Too many wrong passwords",
          Violation.of("current", null, "another try in a few minutes"));
    }
    String stored =
        rows.password(account.id())
            .orElseThrow(
                () ->
                    RefusedException.invalid(
                        "You have no password yet",
                        Violation.of(
                            "current", null, "a link by mail, which sets the first password")));
    if (!passwords.matches(present, stored)) {
      trail.recordApart(StaffEvents.presentPasswordWrong(account));
      throw RefusedException.invalid(
          "The present password is wrong", Violation.of("current", null, "your present password"));
    }
    attempts.succeeded(attempt);
  }

  /**
   * Keeps a new password, in the current transaction.
   *
   * @return how often all sessions of the user have been ended, this time included
   */
  long set(long id, String hash) {
    rows.setPassword(id, hash);
    invitations.forget(id);
    devices.forgetAll(id);
    signOut(id);
    return sessions.ends(id);
  }

  /**
   * Keeps a new password that somebody else gave or a link by mail has set, in the current transaction. The account may
   * have been in strange hands, so that nobody whom a provider vouched for opens it any more.
   */
  void replace(long id, String hash) {
    // Before the sessions: a sign-in under way looks after opening one whether it is still linked.
    people.forget(id);
    set(id, hash);
  }

  /**
   * Ends what must not outlive a change of a user, in the current transaction: of somebody inactive everything that opens
   * the account; with another e-mail address what was sent to the old one. Who is linked to the user at a provider stays
   * so when the user has changed the address himself: that took the password, and another person at the provider would be
   * somebody else.
   *
   * @param confirmed whether somebody vouches for another address
   */
  void follow(Account before, Account after, boolean confirmed) {
    long id = after.id();
    boolean moved = StaffChecks.moved(before.email(), after.email());
    if (moved) {
      rows.confirmEmail(id, confirmed);
    }
    if (!after.active()) {
      people.forget(id);
      signOut(id);
      invitations.forget(id);
    } else if (moved) {
      forgetLinks(id);
      if (confirmed) {
        people.forget(id);
      }
      if (LinkMails.address(after) == null) {
        invitations.forget(id);
      } else {
        invitations.askAgain(id);
      }
    }
  }

  /**
   * Vouches for the e-mail address of a user, in the current transaction.
   *
   * @param seen the address as whoever vouches has seen it
   */
  Account confirm(Account account, String seen) {
    StaffChecks.checkConfirmed(account, seen);
    if (account.email() != null && rows.withUnconfirmedEmail().contains(account.id())) {
      rows.confirmEmail(account.id(), true);
      trail.record(StaffEvents.emailConfirmed(account));
    }
    return account;
  }

  /** Ends all sessions of a user and makes links in mails worthless, in the current transaction. */
  void signOut(long id) {
    sessions.endAll(id);
    forgetLinks(id);
  }

  /** Makes links in mails worthless, in the current transaction: they may have gone to an old address. */
  void forgetLinks(long id) {
    links.forget(id);
  }
}
