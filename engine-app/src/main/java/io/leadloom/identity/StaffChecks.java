package io.leadloom.identity;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** Refuses a change of a user as somebody saw it before somebody else changed it; null is any. */
  static void checkVersion(Account before, @Nullable Integer seen) {
    if (seen != null && seen != before.version()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "Somebody else changed the user meanwhile",
          List.of(Violation.of("version", seen, "the present version " + before.version())));
    }
  }
}
