package io.leadloom.identity;

import io.leadloom.platform.Folded;
import io.leadloom.platform.audit.ActingPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** All users and teams in memory, read again when the state in the database has moved on. */
@Component
class Directory implements Users, Hierarchy {

  /** How old an answer may be, so that other nodes' changes arrive within two seconds. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final StaffRows rows;
  private final Clock clock;
  private volatile @Nullable Snapshot snapshot;

  Directory(StaffRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** One state of users and teams. */
  private record Snapshot(
      long version,
      Instant checkedAt,
      Map<Long, Account> accounts,
      Map<String, Account> byLogin,
      Map<Long, Team> teams,
      Map<Long, List<Long>> reports) {

    Snapshot checked(Instant now) {
      return new Snapshot(version, now, accounts, byLogin, teams, reports);
    }
  }

  private Snapshot snapshot() {
    Instant now = clock.instant();
    Snapshot known = snapshot;
    if (known != null
        && !known.checkedAt().isAfter(now)
        && known.checkedAt().plus(FRESH).isAfter(now)) {
      return known;
    }
    long version = rows.version();
    Snapshot fresh =
        known != null && known.version() == version ? known.checked(now) : read(version, now);
    snapshot = fresh;
    return fresh;
  }

  private Snapshot read(long version, Instant now) {
    Map<Long, Account> accounts = new LinkedHashMap<>();
    Map<String, Account> byLogin = new HashMap<>();
    Map<Long, List<Long>> reports = new HashMap<>();
    for (Account account : rows.accounts()) {
      accounts.put(account.id(), account);
      byLogin.put(String.valueOf(Folded.of(account.login())), account);
      Long superior = account.reportsTo();
      if (superior != null) {
        reports.computeIfAbsent(superior, id -> new ArrayList<>()).add(account.id());
      }
    }
    Map<Long, Team> teams = new LinkedHashMap<>();
    rows.teams().forEach(team -> teams.put(team.id(), team));
    return new Snapshot(version, now, accounts, byLogin, teams, reports);
  }

  /** Forgets what is in memory, after this node has changed something. */
  void changed() {
    snapshot = null;
  }

  /** Another number after each change of users, passwords or teams. */
  long version() {
    return snapshot().version();
  }

  Collection<Account> accounts() {
    return snapshot().accounts().values();
  }

  Optional<Account> account(long id) {
    return Optional.ofNullable(snapshot().accounts().get(id));
  }

  Optional<Account> accountByLogin(String login) {
    String folded = Folded.of(login);
    return folded == null
        ? Optional.empty()
        : Optional.ofNullable(snapshot().byLogin().get(folded));
  }

  Collection<Team> teams() {
    return snapshot().teams().values();
  }

  /** The signed-in user, if the account is still active. */
  Optional<Account> signedIn(@Nullable Authentication authentication) {
    if (authentication == null
        || !authentication.isAuthenticated()
        || !(authentication.getPrincipal() instanceof ActingPrincipal principal)) {
      return Optional.empty();
    }
    return account(principal.id()).filter(Account::active);
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
    Map<Long, List<Long>> reports = snapshot().reports();
    Set<Long> below = new LinkedHashSet<>();
    Deque<Long> open = new ArrayDeque<>(reports.getOrDefault(userId, List.of()));
    while (!open.isEmpty()) {
      Long next = open.poll();
      if (below.add(next)) {
        open.addAll(reports.getOrDefault(next, List.of()));
      }
    }
    return below;
  }

  @Override
  public List<Long> above(long userId) {
    List<Long> above = new ArrayList<>();
    Optional<Long> next = superior(userId);
    while (next.isPresent() && !above.contains(next.get())) {
      above.add(next.get());
      next = superior(next.get());
    }
    return above;
  }

  @Override
  public Optional<Long> superior(long userId) {
    return account(userId).map(Account::reportsTo);
  }
}
