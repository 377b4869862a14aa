package io.leadloom.identity.intake;

import io.leadloom.identity.Account;
import io.leadloom.identity.intake.ImportedUser.Outcome;
import io.leadloom.platform.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row on its way: which user it means, what that user is to be, and what is wrong. */
final class UserPlan {

  final UserFile.Line line;
  final List<Violation> violations = new ArrayList<>();

  /** Null for a row that makes a user. */
  final @Nullable Account before;

  /** The user as wanted; with a negative id when it is to be made. */
  Account after;

  /** Null leaves the teams, or the templates, as they are. */
  @Nullable Set<Long> teams;

  @Nullable Set<Long> templates;

  /** Whether teams or templates change. */
  boolean moreChanges;

  UserPlan(UserFile.Line line, @Nullable Account before, Account after) {
    this.line = line;
    this.before = before;
    this.after = after;
  }

  void refuse(Column column, @Nullable Object value, String expectation) {
    violations.add(Violation.of(column.header(), value, expectation));
  }

  boolean refused() {
    return !violations.isEmpty();
  }

  Outcome outcome() {
    if (refused()) {
      return Outcome.REFUSED;
    }
    if (before == null) {
      return Outcome.CREATED;
    }
    return changesAccount() || moreChanges ? Outcome.UPDATED : Outcome.UNCHANGED;
  }

  boolean changesAccount() {
    Account known = before;
    return known == null
        || !known.name().equals(after.name())
        || !Objects.equals(known.phone(), after.phone())
        || !Objects.equals(known.email(), after.email())
        || !known.roles().equals(after.roles())
        || known.active() != after.active()
        || !Objects.equals(known.reportsTo(), after.reportsTo());
  }

  ImportedUser shown(@Nullable Long id) {
    return new ImportedUser(
        line.number(), outcome(), id, after.name(), line.cell(Column.EMAIL), violations);
  }

  /** The parts of a cell with several values. */
  static Set<String> several(String cell) {
    Set<String> parts = new java.util.LinkedHashSet<>();
    for (String part : cell.split("[;|]", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }
}
