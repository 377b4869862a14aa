package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Hierarchy;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.identity.group.SalesGroups;
import io.leadloom.identity.partner.PartnerEmployees;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds users by what is known about them. All users are in memory; a page of them goes out. */
@Component
class UserSearch {

  private static final int MOST = 200;

  private final Staff staff;
  private final Hierarchy hierarchy;
  private final UserStandings standings;
  private final SalesGroups groups;
  private final Access access;
  private final PartnerEmployees partners;

  UserSearch(
      Staff staff,
      Hierarchy hierarchy,
      UserStandings standings,
      SalesGroups groups,
      Access access,
      PartnerEmployees partners) {
    this.staff = staff;
    this.hierarchy = hierarchy;
    this.standings = standings;
    this.groups = groups;
    this.access = access;
    this.partners = partners;
  }

  /**
   * Which users, in which order.
   *
   * @param below the superior of all of them, directly or through others
   * @param partner the partner company that all of them work for; answered to those who see leads
   * @param sort {@code name}, {@code login}, {@code lastSignInAt} or {@code createdAt}, with a minus for the other way
   */
  record Wanted(
      @Nullable String search,
      @Nullable Boolean active,
      @Nullable String state,
      @Nullable String role,
      @Nullable Long team,
      @Nullable Long group,
      @Nullable Long below,
      @Nullable Long partner,
      @Nullable String sort,
      @Nullable String cursor,
      int limit) {}

  Page<UserJson> find(Wanted wanted) {
    boolean administers = administers();
    List<Users.Team> teams = staff.teams();
    List<Account> accounts = staff.accounts();
    // Only these look at how it stands with everybody; otherwise the page is enough.
    boolean everybody = wanted.state() != null || byLastSignIn(wanted.sort());
    Map<Long, UserStanding> known = administers && everybody ? standings.of(accounts) : Map.of();
    boolean named = onlyNames();
    UserStanding.State state = wanted.state() == null ? null : state(wanted.state(), administers);
    Role role =
        wanted.role() == null ? null : Role.ofKeys(List.of(wanted.role())).iterator().next();
    Set<Long> members = members(wanted, teams);
    Set<Long> employees = employees(wanted.partner());
    Set<Long> below = wanted.below() == null ? null : hierarchy.below(wanted.below());
    String text = wanted.search() == null ? null : Folded.of(wanted.search());
    List<Account> matching =
        accounts.stream()
            .filter(account -> wanted.active() == null || account.active() == wanted.active())
            .filter(
                account ->
                    state == null
                        || Objects.requireNonNull(known.get(account.id())).state() == state)
            .filter(account -> role == null || account.roles().contains(role))
            .filter(account -> members == null || members.contains(account.id()))
            .filter(account -> employees == null || employees.contains(account.id()))
            .filter(account -> below == null || below.contains(account.id()))
            .filter(account -> matches(account, text, named))
            .sorted(order(wanted.sort(), known))
            .toList();
    return Pages.of(
        matching,
        Account::id,
        wanted.cursor(),
        wanted.limit(),
        MOST,
        page -> {
          Map<Long, UserStanding> shown = administers && !everybody ? standings.of(page) : known;
          return page.stream()
              .map(account -> UserJson.of(account, teams, shown.get(account.id())))
              .map(user -> named ? user.named() : user)
              .toList();
        });
  }

  private @Nullable Set<Long> employees(@Nullable Long partner) {
    if (partner == null) {
      return null;
    }
    Rights rights = access.current();
    boolean others = rights.partner() != null && !rights.partner().equals(partner);
    return others || !rights.may(Section.LEAD, Action.VIEW)
        ? Set.of()
        : partners.employees(partner);
  }

  /** A program with the account's key needs to name users, not to write to them (SET-009). */
  private static boolean onlyNames() {
    return ActingPrincipal.current().filter(ActingPrincipal::account).isPresent();
  }

  private static boolean byLastSignIn(@Nullable String sort) {
    return sort != null && sort.endsWith("lastSignInAt");
  }

  UserJson one(Account account) {
    Map<Long, UserStanding> known = administers() ? standings.of(List.of(account)) : Map.of();
    return UserJson.of(account, staff.teams(), known.get(account.id()));
  }

  private boolean administers() {
    return access.current().may(Section.USERS, Action.EDIT);
  }

  private @Nullable Set<Long> members(Wanted wanted, List<Users.Team> teams) {
    Set<Long> members = null;
    if (wanted.team() != null) {
      members =
          teams.stream()
              .filter(team -> team.id() == wanted.team())
              .flatMap(team -> team.members().stream())
              .collect(Collectors.toSet());
    }
    if (wanted.group() != null) {
      Set<Long> ofGroup = Set.copyOf(groups.get(wanted.group()).members());
      if (members == null) {
        return ofGroup;
      }
      members.retainAll(ofGroup);
    }
    return members;
  }

  private static UserStanding.State state(String key, boolean administers) {
    if (!administers) {
      throw RefusedException.forbidden("Only those who administer users see their states");
    }
    return UserStanding.State.of(key)
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "There is no such state",
                    Violation.of(
                        "state",
                        key,
                        Arrays.stream(UserStanding.State.values())
                            .map(UserStanding.State::key)
                            .collect(Collectors.joining(", ")))));
  }

  private static boolean matches(Account account, @Nullable String wanted, boolean named) {
    return wanted == null
        || String.valueOf(Folded.of(account.login())).contains(wanted)
        || String.valueOf(Folded.of(account.name())).contains(wanted)
        || (!named
            && account.email() != null
            && String.valueOf(Folded.of(account.email())).contains(wanted));
  }

  private static Comparator<Account> order(@Nullable String sort, Map<Long, UserStanding> known) {
    String key = sort == null ? "login" : sort.startsWith("-") ? sort.substring(1) : sort;
    Comparator<Account> order =
        switch (key) {
          case "login" -> Comparator.comparing(account -> folded(account.login()));
          case "name" -> Comparator.comparing(account -> folded(account.name()));
          case "createdAt" -> Comparator.comparing(Account::createdAt);
          case "lastSignInAt" -> Comparator.comparing(account -> lastSignIn(account, known));
          default ->
              throw RefusedException.invalid(
                  "Users cannot be sorted by this",
                  Violation.of("sort", sort, "name, login, lastSignInAt or createdAt"));
        };
    Comparator<Account> turned = sort != null && sort.startsWith("-") ? order.reversed() : order;
    return turned.thenComparing(Account::id);
  }

  private static String folded(String text) {
    return String.valueOf(Folded.of(text));
  }

  /** Whoever never signed in comes first: they have been away the longest. */
  private static Instant lastSignIn(Account account, Map<Long, UserStanding> known) {
    UserStanding standing = known.get(account.id());
    Instant at = standing == null ? null : standing.lastSignInAt();
    return at == null ? Instant.MIN : at;
  }
}
