package io.leadloom.identity;

import io.leadloom.identity.tree.Moves;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes many users in at once, in any order of superiors; what must hold over all of them is checked once. */
@Component
class StaffIntake {

  /** The hash of no password at all: nothing that is typed has it. */
  static final String NO_PASSWORD = "";

  private final StaffRows rows;
  private final StaffPasswords passwords;
  private final Moves moves;
  private final AuditTrail trail;
  private final Ids ids;
  private final Clock clock;

  StaffIntake(
      StaffRows rows,
      StaffPasswords passwords,
      Moves moves,
      AuditTrail trail,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.passwords = passwords;
    this.moves = moves;
    this.trail = trail;
    this.ids = ids;
    this.clock = clock;
  }

  /** Must run while nobody else changes users. */
  List<Account> bring(List<Account> people) {
    Map<Long, Account> all = new LinkedHashMap<>();
    rows.accounts().forEach(account -> all.put(account.id(), account));
    Map<Long, Account> before = new HashMap<>(all);
    Map<Long, Long> given = new HashMap<>();
    people.stream()
        .map(Account::id)
        .filter(id -> id < 0)
        .forEach(id -> given.put(id, ids.next("user")));
    Set<String> logins = new HashSet<>();
    before.values().forEach(account -> logins.add(String.valueOf(Folded.of(account.login()))));
    Instant now = clock.instant();
    List<Account> brought = new ArrayList<>();
    for (Account person : people) {
      Account known = before.get(person.id());
      if (known == null && !logins.add(String.valueOf(Folded.of(person.login())))) {
        throw RefusedException.invalid(
            "The login is taken",
            Violation.of("login", person.login(), "a login that no other user has"));
      }
      Account after = settled(person, known, given, now);
      all.put(after.id(), after);
      brought.add(after);
    }
    checkHierarchy(brought, all);
    checkAdministrators(before, all);
    write(brought, before, all);
    return brought;
  }

  private static Account settled(
      Account person, @Nullable Account known, Map<Long, Long> given, Instant now) {
    if (known == null && person.id() > 0) {
      throw RefusedException.notFound("user", person.id());
    }
    if (known != null && known.version() != person.version()) {
      throw RefusedException.outdated(known.name(), person.version(), known.version());
    }
    Long superior = person.reportsTo();
    return new Account(
        known == null ? Objects.requireNonNull(given.get(person.id())) : known.id(),
        known == null ? person.login().strip() : known.login(),
        StaffTexts.name("name", person.name()),
        StaffTexts.email(person.email()),
        StaffTexts.blankToNull(person.phone()),
        person.roles(),
        person.active(),
        StaffTexts.timeZone(person.timeZone()),
        StaffTexts.blankToNull(person.locale()),
        superior == null ? null : given.getOrDefault(superior, superior),
        known == null ? 1 : known.version() + 1,
        known == null ? now : known.createdAt(),
        now);
  }

  private static void checkHierarchy(List<Account> brought, Map<Long, Account> all) {
    Set<Long> fine = new HashSet<>();
    for (Account start : brought) {
      Set<Long> way = new HashSet<>();
      Account at = start;
      while (at != null && at.reportsTo() != null && !fine.contains(at.id())) {
        if (!way.add(at.id())) {
          throw RefusedException.invalid(
              "Nobody can be above themselves",
              Violation.of("reportsTo", at.name(), "a superior who does not report to this user"));
        }
        Account superior = all.get(at.reportsTo());
        if (superior == null) {
          throw RefusedException.invalid(
              "There is no such superior",
              Violation.of("reportsTo", at.reportsTo(), "the id of an existing user"));
        }
        at = superior;
      }
      fine.addAll(way);
    }
  }

  private static void checkAdministrators(Map<Long, Account> before, Map<Long, Account> all) {
    boolean had = before.values().stream().anyMatch(StaffIntake::administers);
    if (had && all.values().stream().noneMatch(StaffIntake::administers)) {
      throw RefusedException.invalid(
          "The installation needs an administrator",
          Violation.of("roles", null, "another active administrator before this one can go"));
    }
  }

  private static boolean administers(Account account) {
    return account.active() && account.administrator();
  }

  private void write(List<Account> brought, Map<Long, Account> before, Map<Long, Account> all) {
    // Superiors may come later in the list: first everybody is there, then they report.
    for (Account account : brought) {
      if (!before.containsKey(account.id())) {
        rows.insert(account, null, NO_PASSWORD);
      }
    }
    for (Account account : brought) {
      Account known = before.get(account.id());
      if (known == null) {
        rows.report(account.id(), account.reportsTo());
        trail.record(StaffEvents.created(account, all.values()));
      } else {
        rows.update(account);
        AuditEvent event = StaffEvents.changed(known, account, false, all.values());
        if (!event.unchanged()) {
          trail.record(event);
        }
        passwords.follow(known, account, true);
      }
      moves.note(account.id(), known == null ? null : known.reportsTo(), account.reportsTo());
    }
  }
}
