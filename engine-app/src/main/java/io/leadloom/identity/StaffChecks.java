package io.leadloom.identity;

import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.ActingPrincipal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold over all users. */
final class StaffChecks {

  private StaffChecks() {}

  static Account find(long id, List<Account> all) {
    return all.stream()
        .filter(account -> account.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("user", id));
  }

  static void checkHierarchy(Account changed, List<Account> all) {
    Map<Long, @Nullable Long> superiors = new HashMap<>();
    all.forEach(account -> superiors.put(account.id(), account.reportsTo()));
    superiors.put(changed.id(), changed.reportsTo());
    Long superior = changed.reportsTo();
    if (superior != null && !superiors.containsKey(superior)) {
      throw RefusedException.invalid(
          "There is no such superior",
          Violation.of("reportsTo", superior, "the id of an existing user"));
    }
    Set<Long> seen = new HashSet<>(Set.of(changed.id()));
    while (superior != null) {
      if (!seen.add(superior)) {
        throw RefusedException.invalid(
            "Nobody can be above themselves",
            Violation.of(
                "reportsTo", changed.reportsTo(), "a user who does not report to this one"));
      }
      superior = superiors.get(superior);
    }
  }

  static void checkAdministrators(Account before, Account after, List<Account> all) {
    boolean leaves =
        before.active() && before.administrator() && !(after.active() && after.administrator());
    boolean others =
        all.stream()
            .anyMatch(other -> other.id() != after.id() && other.active() && other.administrator());
    if (leaves && !others) {
      throw RefusedException.invalid(
          "The installation needs an administrator",
          Violation.of("roles", null, "another active administrator before this one can go"));
    }
  }

  static Users.Team team(long id, List<Users.Team> all) {
    return all.stream()
        .filter(team -> team.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("team", id));
  }

  static void checkTeams(Set<Long> wanted, List<Users.Team> all) {
    for (Long id : wanted) {
      if (all.stream().noneMatch(team -> Objects.equals(team.id(), id))) {
        throw RefusedException.invalid(
            "There is no such team", Violation.of("teams", id, "ids of existing teams"));
      }
    }
  }

  static String teamName(String name, long id, List<Users.Team> all) {
    return StaffTexts.nameOfItsOwn(
        name, "team", all.stream().filter(team -> team.id() != id).map(Users.Team::name));
  }

  /** Tells a guard of a change of a user; rights are made of the roles, being active, and the place in the hierarchy. */
  static void tell(Staff.Guard guard, Account before, Account after) {
    if (before.roles().equals(after.roles())
        && before.active() == after.active()
        && Objects.equals(before.reportsTo(), after.reportsTo())) {
      guard.changingDetails(before);
    } else {
      guard.changing();
    }
  }

  /** Refuses a change of a user as somebody saw it before somebody else changed it; null is any. */
  static void checkVersion(Account before, @Nullable Integer seen) {
    checkVersion("the user", before.version(), seen);
  }

  /** The same for a team. */
  static void checkVersion(Users.Team before, @Nullable Integer seen) {
    checkVersion("the team", before.version(), seen);
  }

  private static void checkVersion(String what, int present, @Nullable Integer seen) {
    if (seen != null && seen != present) {
      throw RefusedException.outdated(what, seen, present);
    }
  }

  /** The members of a team in their order, each once; refuses ids of nobody. */
  static List<Long> members(List<Long> wanted, List<Account> all) {
    Set<Long> known = new HashSet<>();
    all.forEach(account -> known.add(account.id()));
    for (Long member : wanted) {
      if (!known.contains(member)) {
        throw RefusedException.invalid(
            "There is no such user", Violation.of("members", member, "ids of existing users"));
      }
    }
    return new ArrayList<>(new LinkedHashSet<>(wanted));
  }

  /**
   * Refuses that somebody vouches for the own e-mail address, or sets the own password, with the permission to change
   * users: whoever has got hold of an open session or a key has that as well. The own profile asks for the present
   * password.
   *
   * @param others whether the change is made by the permission to change users
   */
  static void checkInPerson(Account before, Staff.AccountChange change, boolean others) {
    String email = change.email();
    if (others && email != null && moved(before.email(), email) && own(before)) {
      throw notInPerson("email", email);
    }
    if (others && change.password() != null && own(before)) {
      throw notInPerson("password", null);
    }
  }

  /** Refuses that somebody vouches for another address than the present one, or for the own. */
  static void checkConfirmed(Account account, String seen) {
    if (own(account)) {
      throw RefusedException.invalid(
          "Nobody confirms the own e-mail address",
          Violation.of("email", seen, "a link by mail to it, which sets a password"));
    }
    if (moved(account.email(), seen)) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "The e-mail address was changed meanwhile",
          List.of(Violation.of("email", seen, "the present address")));
    }
  }

  private static boolean own(Account account) {
    return ActingPrincipal.current()
        .filter(acting -> !acting.account() && acting.id() == account.id())
        .isPresent();
  }

  private static RefusedException notInPerson(String field, @Nullable String value) {
    return RefusedException.invalid(
        "The own account is changed in the own profile",
        Violation.of(field, value, "your own profile, which asks for your present password"));
  }

  /** Whether two e-mail addresses are not the same; the letter case does not count. */
  static boolean moved(@Nullable String before, @Nullable String after) {
    return !Objects.equals(Folded.of(before), Folded.of(after));
  }
}
