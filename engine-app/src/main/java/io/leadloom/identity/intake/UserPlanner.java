package io.leadloom.identity.intake;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Roster;
import io.leadloom.identity.StaffTexts;
import io.leadloom.identity.Users;
import io.leadloom.identity.access.PermissionTemplate;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes of the rows of a file what is to become of each; writes nothing. Row after row, then all of them together. */
final class UserPlanner {

  private final Roster roster;
  private final List<PermissionTemplate> templates;
  private final Map<Long, Set<Long>> templatesOf;
  private final Rights caller;
  private final boolean update;
  private final UsersThere there;
  private final Map<String, UserPlan> inFile = new HashMap<>();
  private final Set<String> newLogins = new HashSet<>();
  private final List<UserPlan> plans = new ArrayList<>();

  UserPlanner(
      Roster roster,
      List<PermissionTemplate> templates,
      Map<Long, Set<Long>> templatesOf,
      Rights caller,
      Set<Long> withUnconfirmedEmail,
      boolean update) {
    this.roster = roster;
    this.templates = templates;
    this.templatesOf = templatesOf;
    this.caller = caller;
    this.update = update;
    this.there = new UsersThere(roster.accounts(), withUnconfirmedEmail);
  }

  private static String folded(String text) {
    return String.valueOf(Folded.of(text));
  }

  List<UserPlan> plan(List<UserFile.Line> lines) {
    lines.forEach(line -> plans.add(plan(line)));
    plans.forEach(this::superior);
    refuseCycles();
    refuseThoseBelowRefused();
    return plans;
  }

  private UserPlan plan(UserFile.Line line) {
    String email = line.cell(Column.EMAIL);
    List<Account> known = there.at(email);
    String refusal = there.refusal(email);
    UserPlan plan =
        known.size() == 1
            ? new UserPlan(line, known.get(0), known.get(0))
            : new UserPlan(line, null, newcomer(line));
    if (line.extra() > 0) {
      plan.refuse(Column.EMAIL, email, "a row with no more cells than the header");
    }
    if (email.isEmpty()) {
      plan.refuse(Column.EMAIL, null, "an address such as name@example.com");
    } else if (refusal != null) {
      plan.refuse(Column.EMAIL, email, refusal);
    } else if (!known.isEmpty() && !update) {
      plan.refuse(
          Column.EMAIL,
          email,
          "a new address, or the choice to update: " + known.get(0).name() + " has this one");
    }
    UserPlan twin = inFile.putIfAbsent(folded(email), plan);
    if (twin != null && !email.isEmpty()) {
      plan.refuse(
          Column.EMAIL, email, "each address once: line " + twin.line.number() + " has it too");
    }
    if (refusal == null) {
      // Of somebody unknown nobody can say whether the rest of the row does.
      fill(plan, twin != null);
    }
    return plan;
  }

  private Account newcomer(UserFile.Line line) {
    String login = line.cell(Column.LOGIN);
    return new Account(
        -line.number(),
        login.isEmpty() ? line.cell(Column.EMAIL) : login,
        name(line),
        line.cell(Column.EMAIL),
        null,
        Set.of(),
        true,
        null,
        null,
        null,
        0,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private void fill(UserPlan plan, boolean twin) {
    UserFile.Line line = plan.line;
    Account from = plan.after;
    if (plan.before == null) {
      checkLogin(plan, twin);
      attempt(plan, Column.EMAIL, line.cell(Column.EMAIL), StaffTexts::email);
    } else if (!line.cell(Column.LOGIN).isEmpty()
        && !folded(line.cell(Column.LOGIN)).equals(folded(from.login()))) {
      plan.refuse(Column.LOGIN, line.cell(Column.LOGIN), from.login() + ": a login never changes");
    }
    String name = name(line);
    if (!name.isEmpty() || plan.before == null) {
      Column shown = line.cells().containsKey(Column.NAME) ? Column.NAME : Column.LAST_NAME;
      attempt(plan, shown, name, text -> StaffTexts.name("name", text));
    }
    if (line.cell(Column.PHONE).length() > 50) {
      plan.refuse(Column.PHONE, line.cell(Column.PHONE), "at most 50 characters");
    }
    plan.after =
        new Account(
            from.id(),
            from.login(),
            name.isEmpty() ? from.name() : name,
            from.email(),
            line.cell(Column.PHONE).isEmpty() ? from.phone() : line.cell(Column.PHONE),
            roles(plan),
            active(plan),
            from.timeZone(),
            from.locale(),
            from.reportsTo(),
            from.version(),
            from.createdAt(),
            from.updatedAt());
    teams(plan);
    templates(plan);
  }

  /**
   * A new user's login, which is the address where none is given.
   *
   * @param twin whether another line has the address too, which has been said
   */
  private void checkLogin(UserPlan plan, boolean twin) {
    String login = plan.after.login();
    if (login.isEmpty()) {
      return;
    }
    Column column = plan.line.cell(Column.LOGIN).isEmpty() ? Column.EMAIL : Column.LOGIN;
    attempt(plan, column, login, StaffTexts::login);
    Account holder = there.withLogin(login);
    if (holder != null) {
      plan.refuse(column, login, "a login that no other user has: it is that of " + holder.name());
    } else if (!newLogins.add(folded(login)) && !twin) {
      plan.refuse(column, login, "each login once: another line has it too");
    }
  }

  private static String name(UserFile.Line line) {
    String whole = line.cell(Column.NAME);
    return whole.isEmpty()
        ? (line.cell(Column.FIRST_NAME) + " " + line.cell(Column.LAST_NAME)).strip()
        : whole;
  }

  private static void attempt(UserPlan plan, Column column, String value, Consumer<String> check) {
    try {
      check.accept(value);
    } catch (RefusedException e) {
      plan.refuse(column, value.isEmpty() ? null : value, e.violations().get(0).expectation());
    }
  }

  private Set<Role> roles(UserPlan plan) {
    String cell = plan.line.cell(Column.ROLES);
    if (cell.isEmpty()) {
      return plan.after.roles();
    }
    Set<Role> roles = new LinkedHashSet<>();
    // No role has a comma in its name.
    for (String wanted : UserPlan.several(cell.replace(',', ';'))) {
      Role role =
          Arrays.stream(Role.values())
              .filter(
                  each ->
                      each.key().equalsIgnoreCase(wanted) || each.label().equalsIgnoreCase(wanted))
              .findFirst()
              .orElse(null);
      if (role == null) {
        plan.refuse(
            Column.ROLES,
            wanted,
            Arrays.stream(Role.values()).map(Role::key).collect(Collectors.joining(", ")));
      } else if (role == Role.ADMINISTRATOR
          && !caller.everything()
          && !plan.after.administrator()) {
        plan.refuse(Column.ROLES, wanted, "roles that do not give more than you may do yourself");
      } else {
        roles.add(role);
      }
    }
    return roles;
  }

  private static boolean active(UserPlan plan) {
    String cell = plan.line.cell(Column.ACTIVE).toLowerCase(java.util.Locale.ROOT);
    return switch (cell) {
      case "" -> plan.after.active();
      case "yes", "true", "1", "active", "y", "ja", "aktiv" -> true;
      case "no", "false", "0", "inactive", "n", "nein", "inaktiv" -> false;
      default -> {
        plan.refuse(Column.ACTIVE, plan.line.cell(Column.ACTIVE), "yes or no");
        yield true;
      }
    };
  }

  private void teams(UserPlan plan) {
    String cell = plan.line.cell(Column.TEAMS);
    if (cell.isEmpty()) {
      return;
    }
    Set<Long> wanted = new HashSet<>();
    for (String name : UserPlan.several(cell)) {
      Optional<Users.Team> team =
          roster.teams().stream().filter(each -> same(each.name(), name)).findFirst();
      team.ifPresentOrElse(
          found -> wanted.add(found.id()),
          () -> plan.refuse(Column.TEAMS, name, "names of existing teams, with semicolons"));
    }
    Set<Long> present =
        roster.teams().stream()
            .filter(team -> team.members().contains(plan.after.id()))
            .map(Users.Team::id)
            .collect(Collectors.toSet());
    plan.teams = wanted;
    plan.moreChanges |= !present.equals(wanted);
  }

  private void templates(UserPlan plan) {
    String cell = plan.line.cell(Column.TEMPLATES);
    if (cell.isEmpty()) {
      return;
    }
    if (!caller.may(Section.PERMISSIONS, Action.EDIT)) {
      plan.refuse(Column.TEMPLATES, cell, "nothing: your permissions do not include permissions");
      return;
    }
    Set<Long> wanted = new HashSet<>();
    for (String name : UserPlan.several(cell)) {
      Optional<PermissionTemplate> template =
          templates.stream()
              .filter(each -> !each.ofAdministrators() && same(each.name(), name))
              .findFirst();
      template.ifPresentOrElse(
          found -> wanted.add(found.id()),
          () ->
              plan.refuse(
                  Column.TEMPLATES, name, "names of permission templates, with semicolons"));
    }
    plan.templates = wanted;
    plan.moreChanges |= !wanted.equals(templatesOf.getOrDefault(plan.after.id(), Set.of()));
  }

  private static boolean same(String one, String other) {
    return folded(one).equals(folded(other));
  }

  private void superior(UserPlan plan) {
    String wanted = plan.line.cell(Column.SUPERIOR);
    if (wanted.isEmpty()) {
      return;
    }
    UserPlan row = inFile.get(folded(wanted));
    List<Account> known = there.at(wanted);
    Account login = there.withLogin(wanted);
    Long superior =
        row != null
            ? Long.valueOf(row.after.id())
            : known.size() == 1
                ? Long.valueOf(known.get(0).id())
                : login == null ? null : login.id();
    if (superior == null) {
      plan.refuse(
          Column.SUPERIOR,
          wanted,
          Objects.requireNonNullElse(
              there.refusal(wanted), "the e-mail address of a user or of another row"));
      return;
    }
    Account a = plan.after;
    plan.after =
        new Account(
            a.id(),
            a.login(),
            a.name(),
            a.email(),
            a.phone(),
            a.roles(),
            a.active(),
            a.timeZone(),
            a.locale(),
            superior,
            a.version(),
            a.createdAt(),
            a.updatedAt());
  }

  /** Everybody on a way that leads back is named, for each of them could be the one who is wrong. */
  private void refuseCycles() {
    Map<Long, @Nullable Long> above = new HashMap<>();
    roster.accounts().forEach(account -> above.put(account.id(), account.reportsTo()));
    plans.forEach(plan -> above.put(plan.after.id(), plan.after.reportsTo()));
    Set<Long> fine = new HashSet<>();
    Set<Long> circling = new HashSet<>();
    for (UserPlan plan : plans) {
      Set<Long> way = new LinkedHashSet<>();
      Long at = plan.after.id();
      while (at != null && !fine.contains(at) && !circling.contains(at) && way.add(at)) {
        at = above.get(at);
      }
      if (at != null && way.contains(at)) {
        Long end = at;
        way.stream().dropWhile(id -> !Objects.equals(id, end)).forEach(circling::add);
      }
      way.stream().filter(id -> !circling.contains(id)).forEach(fine::add);
    }
    for (UserPlan plan : plans) {
      if (circling.contains(plan.after.id()) && !plan.line.cell(Column.SUPERIOR).isEmpty()) {
        plan.refuse(
            Column.SUPERIOR,
            plan.line.cell(Column.SUPERIOR),
            "somebody who does not report to this user, directly or through others");
      }
    }
  }

  /** A user who is not made can be nobody's superior. */
  private void refuseThoseBelowRefused() {
    Map<Long, UserPlan> byId = new HashMap<>();
    plans.forEach(plan -> byId.putIfAbsent(plan.after.id(), plan));
    boolean more = true;
    while (more) {
      more = false;
      for (UserPlan plan : plans) {
        Long superior = plan.after.reportsTo();
        UserPlan above = superior == null || superior > 0 ? null : byId.get(superior);
        if (above != null && above.refused() && !plan.refused()) {
          plan.refuse(
              Column.SUPERIOR,
              plan.line.cell(Column.SUPERIOR),
              "a superior who can be made: line " + above.line.number() + " is refused");
          more = true;
        }
      }
    }
  }
}
