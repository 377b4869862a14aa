package io.leadloom.identity;

import io.leadloom.platform.Folded;
import io.leadloom.platform.audit.ActingPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** All users and teams in memory, read again when the state in the database has moved on. */
@Component
class Directory implements Users, Hierarchy, StaffState {

  /** How old an answer may be, so that other nodes' changes arrive within two seconds. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final StaffRows rows;
  private final Clock clock;
  private volatile @Nullable Snapshot snapshot;

  /** How often the copy was thrown away: whoever began to read before that does not put it back. */
  private final AtomicLong forgets = new AtomicLong();

  Directory(StaffRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** One state of users and teams. */
  private record Snapshot(
      long version, Instant checkedAt, Roster roster, Map<String, Account> byLogin) {

    Snapshot checked(Instant now) {
      return new Snapshot(version, now, roster, byLogin);
    }
  }

  private Snapshot snapshot() {
    Changing changing = (Changing) TransactionSynchronizationManager.getResource(this);
    if (changing != null) {
      return changing.before;
    }
    Instant now = clock.instant();
    Snapshot known = snapshot;
    if (known != null
        && !known.checkedAt().isAfter(now)
        && known.checkedAt().plus(FRESH).isAfter(now)) {
      return known;
    }
    long forgotten = forgets.get();
    long version = rows.version();
    Snapshot fresh =
        known != null && known.version() == version ? known.checked(now) : read(version, now);
    return remembered(fresh, forgotten);
  }

  /** What was read while somebody else changed users is good for its reader alone. */
  private synchronized Snapshot remembered(Snapshot fresh, long forgotten) {
    Snapshot known = snapshot;
    if (forgets.get() == forgotten && (known == null || known.version() <= fresh.version())) {
      snapshot = fresh;
    }
    return fresh;
  }

  private synchronized void forget() {
    forgets.incrementAndGet();
    snapshot = null;
  }

  private Snapshot read(long version, Instant now) {
    Roster roster = new Roster(rows.accounts(), rows.teams());
    Map<String, Account> byLogin = new HashMap<>();
    roster
        .accounts()
        .forEach(account -> byLogin.put(String.valueOf(Folded.of(account.login())), account));
    return new Snapshot(version, now, roster, byLogin);
  }

  @Override
  public long version() {
    return snapshot().version();
  }

  @Override
  public void changing() {
    if (TransactionSynchronizationManager.getResource(this) != null) {
      rows.lock();
      return;
    }
    rows.lock();
    Changing changing = new Changing(lastCommitted());
    // First what takes it off the thread again, which needs a transaction.
    TransactionSynchronizationManager.registerSynchronization(changing);
    TransactionSynchronizationManager.bindResource(this, changing);
  }

  /** What stands now that nobody else can change it: another node may have done so since the last look. */
  private Snapshot lastCommitted() {
    // The lock itself has raised the version.
    long version = rows.version() - 1;
    Snapshot known = snapshot;
    return known != null && known.version() == version ? known : read(version, clock.instant());
  }

  @Override
  public boolean inChange() {
    return TransactionSynchronizationManager.getResource(this) != null;
  }

  /**
   * A transaction that changes users. To its end it is answered from what stood before: what it would read itself is not
   * yet so, and may never be, and nobody else is to see it.
   */
  private final class Changing implements TransactionSynchronization {

    private final Snapshot before;

    Changing(Snapshot before) {
      this.before = before;
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(Directory.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(Directory.this, this);
    }

    /** Also after a rollback: what was read meanwhile may show what never came to be. */
    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(Directory.this);
      forget();
    }
  }

  /** Users and teams with the version that they are of. */
  Staff.Known known() {
    Snapshot now = snapshot();
    return new Staff.Known(now.version(), now.roster());
  }

  Collection<Account> accounts() {
    return snapshot().roster().accounts();
  }

  Optional<Account> account(long id) {
    return snapshot().roster().account(id);
  }

  Optional<Account> accountByLogin(String login) {
    String folded = Folded.of(login);
    return folded == null
        ? Optional.empty()
        : Optional.ofNullable(snapshot().byLogin().get(folded));
  }

  Collection<Team> teams() {
    return snapshot().roster().teams();
  }

  /** The signed-in user, if the account is still active. */
  Optional<Account> signedIn(@Nullable Authentication authentication) {
    if (authentication == null
        || !authentication.isAuthenticated()
        || !(authentication.getPrincipal() instanceof ActingPrincipal principal)
        || principal.account()) {
      return Optional.empty();
    }
    return ofSession(principal.id());
  }

  /**
   * The user of a session or key, if the account is still active. Such a user is there: one who is not known has been
   * made on another node a moment ago.
   */
  Optional<Account> ofSession(long id) {
    return named(id).filter(Account::active);
  }

  /**
   * A user whom somebody names who has seen that user. One who is not known may have been made on another node a moment
   * ago, or in the change at hand; that costs a look at the version, and reading all users only when they have changed.
   */
  Optional<Account> named(long id) {
    Optional<Account> account = account(id);
    if (account.isPresent()) {
      return account;
    }
    if (inChange()) {
      return rows.accounts().stream().filter(one -> one.id() == id).findFirst();
    }
    lookAgain();
    return account(id);
  }

  private synchronized void lookAgain() {
    Snapshot known = snapshot;
    snapshot = known == null ? null : known.checked(Instant.EPOCH);
  }

  @Override
  public Optional<Person> find(long id) {
    return account(id).map(Directory::person);
  }

  @Override
  public Optional<Person> byLogin(String login) {
    return accountByLogin(login).map(Directory::person);
  }

  @Override
  public Optional<Team> team(String nameOrId) {
    String wanted = Folded.of(nameOrId);
    return teams().stream()
        .filter(
            team ->
                Long.toString(team.id()).equals(wanted)
                    || String.valueOf(Folded.of(team.name())).equals(wanted))
        .findFirst();
  }

  @Override
  public Optional<Person> current() {
    return signedIn(SecurityContextHolder.getContext().getAuthentication()).map(Directory::person);
  }

  @Override
  public Set<Role> roles(long id) {
    return account(id).map(Account::roles).orElse(Set.of());
  }

  private static Person person(Account account) {
    return new Person(
        account.id(),
        account.login(),
        account.name(),
        account.email(),
        account.active(),
        account.administrator());
  }

  @Override
  public Set<Long> below(long userId) {
    return snapshot().roster().below(userId);
  }

  @Override
  public List<Long> above(long userId) {
    return snapshot().roster().above(userId);
  }

  @Override
  public Optional<Long> superior(long userId) {
    return snapshot().roster().superior(userId);
  }

  @Override
  public Set<Long> withoutReminderMail(Collection<Long> users) {
    return rows.withoutReminderMail(users);
  }

  @Override
  public Optional<Reader> reader(long userId) {
    return account(userId).map(account -> new Reader(account.locale(), account.timeZone()));
  }
}
