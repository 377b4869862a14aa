package io.leadloom.identity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All users and teams as they were at one moment, and who was above and below whom. Immutable. */
public final class Roster implements Hierarchy {

  private final Map<Long, Account> accounts = new LinkedHashMap<>();
  private final Map<Long, List<Long>> reports = new HashMap<>();
  private final List<Users.Team> teams;

  Roster(List<Account> accounts, List<Users.Team> teams) {
    for (Account account : accounts) {
      this.accounts.put(account.id(), account);
      Long superior = account.reportsTo();
      if (superior != null) {
        reports.computeIfAbsent(superior, id -> new ArrayList<>()).add(account.id());
      }
    }
    this.teams = List.copyOf(teams);
  }

  /** All users by login, inactive ones too. */
  public Collection<Account> accounts() {
    return Collections.unmodifiableCollection(accounts.values());
  }

  public Optional<Account> account(long id) {
    return Optional.ofNullable(accounts.get(id));
  }

  public List<Users.Team> teams() {
    return teams;
  }

  @Override
  public Set<Long> below(long userId) {
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
