package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users and teams: everybody sees them; who may change them gives nobody more than he has himself. */
@RestController
@RequestMapping("/api/v1")
class UserController {

  private static final int MAX_LIMIT = 200;

  private final Staff staff;
  private final TransactionTemplate transaction;

  UserController(Staff staff, TransactionTemplate transaction) {
    this.staff = staff;
    this.transaction = transaction;
  }

  record UserInput(
      @Nullable Integer version,
      @Nullable String login,
      @Nullable String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String password,
      @Nullable List<String> roles,
      @Nullable Boolean active,
      @Nullable String timeZone,
      @Nullable String locale,
      @Nullable Long reportsTo,
      @Nullable List<Long> teams) {}

  record TeamJson(long id, String name, List<Long> members) {}

  record TeamInput(@Nullable String name, @Nullable List<Long> members) {}

  record RoleJson(String key, String label) {}

  @GetMapping("/users")
  Page<UserJson> all(
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable Boolean active,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    List<Account> matching =
        staff.accounts().stream()
            .filter(account -> active == null || account.active() == active)
            .filter(account -> matches(account, search))
            .toList();
    List<Account> page = page(matching, cursor, limit, Account::id);
    List<Users.Team> teams = staff.teams();
    return new Page<>(
        page.stream().map(account -> UserJson.of(account, teams)).toList(),
        next(matching, page, Account::id),
        (long) matching.size());
  }

  private static boolean matches(Account account, @Nullable String search) {
    String wanted = search == null ? null : Folded.of(search);
    return wanted == null
        || String.valueOf(Folded.of(account.login())).contains(wanted)
        || String.valueOf(Folded.of(account.name())).contains(wanted)
        || (account.email() != null && String.valueOf(Folded.of(account.email())).contains(wanted));
  }

  /** The items after the one whose id is the cursor. */
  private static <T> List<T> page(
      List<T> all, @Nullable String cursor, int limit, java.util.function.ToLongFunction<T> id) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw RefusedException.invalid(
          "The limit is out of range",
          Violation.of("limit", limit, "a number from 1 to " + MAX_LIMIT));
    }
    int start = 0;
    if (cursor != null) {
      List<String> ids = all.stream().map(item -> Long.toString(id.applyAsLong(item))).toList();
      start = ids.indexOf(cursor) + 1;
      if (start == 0) {
        throw RefusedException.invalid(
            "The cursor is malformed",
            Violation.of("cursor", cursor, "the 'next' of the page before"));
      }
    }
    return all.subList(start, Math.min(all.size(), start + limit));
  }

  private static <T> @Nullable String next(
      List<T> all, List<T> page, java.util.function.ToLongFunction<T> id) {
    if (page.isEmpty()
        || id.applyAsLong(page.get(page.size() - 1)) == id.applyAsLong(all.get(all.size() - 1))) {
      return null;
    }
    return Long.toString(id.applyAsLong(page.get(page.size() - 1)));
  }

  @GetMapping("/users/{id}")
  UserJson one(@PathVariable long id) {
    return UserJson.of(staff.account(id), staff.teams());
  }

  @PostMapping("/users")
  @Needs(section = Section.USERS, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  UserJson create(@RequestBody UserInput input) {
    Set<Role> roles = Role.ofKeys(Objects.requireNonNullElse(input.roles(), List.of()));
    Staff.NewAccount wanted =
        new Staff.NewAccount(
            Objects.requireNonNullElse(input.login(), ""),
            Objects.requireNonNullElse(input.name(), ""),
            input.email(),
            input.phone(),
            Objects.requireNonNullElse(input.password(), ""),
            roles,
            input.timeZone(),
            input.locale(),
            input.reportsTo());
    return inOneTransaction(() -> staff.create(wanted), input.teams());
  }

  private UserJson inOneTransaction(Supplier<Account> change, @Nullable List<Long> teams) {
    Account changed =
        transaction.execute(
            status -> {
              Account account = change.get();
              if (teams != null) {
                staff.setTeams(account.id(), new LinkedHashSet<>(teams));
              }
              return account;
            });
    return UserJson.of(Objects.requireNonNull(changed), staff.teams());
  }

  @PatchMapping("/users/{id}")
  @Needs(section = Section.USERS, value = Action.EDIT)
  UserJson change(@PathVariable long id, @RequestBody UserInput input) {
    if (input.login() != null && !input.login().equals(staff.account(id).login())) {
      throw RefusedException.invalid(
          "A login never changes", Violation.of("login", input.login(), staff.account(id).login()));
    }
    List<String> roles = input.roles();
    Staff.AccountChange change =
        new Staff.AccountChange(
            input.version(),
            input.name(),
            input.email(),
            input.phone(),
            input.password(),
            roles == null ? null : Role.ofKeys(roles),
            input.active(),
            input.timeZone(),
            input.locale(),
            input.reportsTo());
    return inOneTransaction(() -> staff.change(id, change), input.teams());
  }

  @GetMapping("/roles")
  List<RoleJson> roles() {
    return Arrays.stream(Role.values())
        .map(role -> new RoleJson(role.key(), role.label()))
        .toList();
  }

  @GetMapping("/teams")
  Page<TeamJson> teams(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    List<Users.Team> all = staff.teams();
    List<Users.Team> page = page(all, cursor, limit, Users.Team::id);
    return new Page<>(
        page.stream().map(UserController::json).toList(),
        next(all, page, Users.Team::id),
        (long) all.size());
  }

  @PostMapping("/teams")
  @Needs(section = Section.USERS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.CREATED)
  TeamJson createTeam(@RequestBody TeamInput input) {
    return json(
        staff.createTeam(
            Objects.requireNonNullElse(input.name(), ""),
            Objects.requireNonNullElse(input.members(), List.of())));
  }

  @PatchMapping("/teams/{id}")
  @Needs(section = Section.USERS, value = Action.EDIT)
  TeamJson changeTeam(@PathVariable long id, @RequestBody TeamInput input) {
    return json(staff.changeTeam(id, input.name(), input.members()));
  }

  @DeleteMapping("/teams/{id}")
  @Needs(section = Section.USERS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteTeam(@PathVariable long id) {
    staff.deleteTeam(id);
  }

  private static TeamJson json(Users.Team team) {
    return new TeamJson(team.id(), team.name(), team.members());
  }
}
