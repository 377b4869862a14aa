package io.leadloom.identity.oidc;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Roster;
import io.leadloom.identity.Staff;
import io.leadloom.identity.StaffTexts;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Digests;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimAccessor;
import org.springframework.security.oauth2.core.oidc.StandardClaimAccessor;
import org.springframework.stereotype.Component;

/**
 * Finds out who a person at a provider is here: by what was linked before, the first time by an e-mail address that the
 * provider has verified, or makes a user where the provider is set up for that.
 */
@Component
class People {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_EMAIL = 320;

  private final ProviderRows rows;
  private final Staff staff;
  private final AuditTrail trail;
  private final Clock clock;

  People(ProviderRows rows, Staff staff, AuditTrail trail, Clock clock) {
    this.rows = rows;
    this.staff = staff;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * The active user that a person is here.
   *
   * @throws SignOnRefusal when there is none who could sign in
   */
  Account find(SignOnProvider provider, IdTokenClaimAccessor person) {
    if (!provider.issuer().equals(person.getClaimAsString("iss"))) {
      // The provider was changed while the person was there.
      throw new SignOnRefusal(
          SignOnRefusal.Reason.INVALID,
          "Another issuer vouches for this person than the provider's");
    }
    String subject = hash(provider.issuer(), Objects.requireNonNull(person.getSubject()));
    checkDomain(provider, person);
    OptionalLong linked = rows.linked(provider.id(), subject);
    Account account =
        linked.isPresent()
            ? active(staff.account(linked.getAsLong()))
            : firstTime(provider, person, subject);
    rows.used(provider.id(), subject, shown(person.getEmail()), clock.instant());
    return account;
  }

  /** The address for administrators to look at, verified or not. */
  private static @Nullable String shown(@Nullable String email) {
    return email == null || email.length() <= LONGEST_EMAIL
        ? email
        : email.substring(0, LONGEST_EMAIL);
  }

  /**
   * Whether a person whom {@link #find} has found is still linked to the user. Waits for whoever is removing the link, and
   * must run in a transaction.
   */
  boolean linked(SignOnProvider provider, IdTokenClaimAccessor person, Account account) {
    String subject = hash(provider.issuer(), Objects.requireNonNull(person.getSubject()));
    OptionalLong linked = rows.lockLinked(provider.id(), subject);
    return linked.isPresent() && linked.getAsLong() == account.id();
  }

  private Account firstTime(SignOnProvider provider, StandardClaimAccessor person, String subject) {
    // Whoever is refused holds up nobody who changes users.
    known(provider, verified(person), staff.accounts());
    return staff.alone(() -> first(provider, person, subject));
  }

  /** The first sign-in of a person; nobody else changes users meanwhile. */
  private Account first(SignOnProvider provider, StandardClaimAccessor person, String subject) {
    // Not from memory, which may be a second behind.
    Roster now = staff.roster();
    OptionalLong meanwhile = rows.linked(provider.id(), subject);
    if (meanwhile.isPresent()) {
      return active(now.account(meanwhile.getAsLong()).orElseThrow());
    }
    String email = verified(person);
    Optional<Account> known = known(provider, email, now.accounts());
    Account account = known.isPresent() ? known.get() : newcomer(provider, person, email);
    rows.link(provider.id(), subject, account.id(), clock.instant());
    trail.record(
        AuditEvent.of("user.linked", "user", account.id(), account.login())
            .fact("provider", provider.name())
            .fact("email", email)
            .by(AuditActor.system("single sign-on")));
    return account;
  }

  /**
   * The user with this address; empty when there is none and the provider makes users.
   *
   * @throws SignOnRefusal when there are several, an inactive one, or none; also when one would be made and somebody has
   *     entered the address without anybody confirming it: most likely that is who wants to sign in
   */
  private Optional<Account> known(
      SignOnProvider provider, String email, Collection<Account> accounts) {
    Set<Long> unconfirmed = staff.withUnconfirmedEmail();
    List<Account> all =
        accounts.stream()
            .filter(account -> Objects.equals(Folded.of(account.email()), Folded.of(email)))
            .toList();
    // With an address that anybody can enter, anybody could be let in, or keep others out.
    List<Account> same =
        all.stream().filter(account -> !unconfirmed.contains(account.id())).toList();
    List<Account> active = same.stream().filter(Account::active).toList();
    if (active.size() > 1) {
      throw new SignOnRefusal(
          SignOnRefusal.Reason.SEVERAL_USERS, "Several users have this e-mail address");
    }
    if (same.isEmpty() && provider.newcomers() == null) {
      throw new SignOnRefusal(
          SignOnRefusal.Reason.UNKNOWN_PERSON, "Nobody here has this e-mail address");
    }
    if (same.isEmpty() && !all.isEmpty()) {
      throw new SignOnRefusal(
          SignOnRefusal.Reason.EMAIL_NOT_CONFIRMED,
          "The user "
              + all.get(0).login()
              + " has entered this e-mail address, and nobody has confirmed it");
    }
    return same.isEmpty()
        ? Optional.empty()
        : Optional.of(active(active.isEmpty() ? same.get(0) : active.get(0)));
  }

  private Account newcomer(SignOnProvider provider, StandardClaimAccessor person, String email) {
    Role role = Objects.requireNonNull(provider.newcomers());
    try {
      Account wanted =
          new Account(
              -1,
              StaffTexts.login(email),
              name(person, email),
              email,
              null,
              Set.of(role),
              true,
              null,
              null,
              null,
              0,
              Instant.EPOCH,
              Instant.EPOCH);
      return staff.bring(List.of(wanted)).get(0);
    } catch (RefusedException e) {
      throw new SignOnRefusal(
          SignOnRefusal.Reason.UNKNOWN_PERSON,
          "No user can be made of this address: " + e.getMessage(),
          e);
    }
  }

  private static String name(StandardClaimAccessor person, String email) {
    String both =
        line(
            Objects.requireNonNullElse(person.getGivenName(), "")
                + " "
                + Objects.requireNonNullElse(person.getFamilyName(), ""));
    String name =
        Optional.ofNullable(person.getFullName())
            .map(People::line)
            .filter(text -> !text.isEmpty())
            .orElse(both.isEmpty() ? email.substring(0, email.indexOf('@')) : both);
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /** A name on one line, whatever the provider has put into it. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cc}+", " ").strip();
  }

  private static Account active(Account account) {
    if (!account.active()) {
      throw new SignOnRefusal(
          SignOnRefusal.Reason.INACTIVE, "The user " + account.login() + " is inactive");
    }
    return account;
  }

  private static void checkDomain(SignOnProvider provider, StandardClaimAccessor person) {
    if (provider.domains().isEmpty()) {
      return;
    }
    String email = verified(person);
    String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    if (!provider.domains().contains(domain)) {
      throw new SignOnRefusal(
          SignOnRefusal.Reason.OTHER_DOMAIN, "The e-mail address is of the domain " + domain);
    }
  }

  private static String verified(StandardClaimAccessor person) {
    String email = person.getEmail();
    if (email == null
        || email.indexOf('@') < 1
        || !Boolean.TRUE.equals(person.getEmailVerified())) {
      throw new SignOnRefusal(
          SignOnRefusal.Reason.EMAIL_NOT_VERIFIED,
          "The provider gives no e-mail address that it has verified");
    }
    return email.strip();
  }

  /** Another issuer at the same place has other people, even when their subjects are the same. */
  private static String hash(String issuer, @Nullable String subject) {
    return Digests.hex(issuer + '\0' + subject);
  }
}
