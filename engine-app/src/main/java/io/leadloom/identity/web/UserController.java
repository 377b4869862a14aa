package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.PasswordByMail;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.StaffTexts;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users: everybody sees them; who may change them gives nobody more than he has himself. */
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1")
class UserController {

  private final Staff staff;
  private final TransactionTemplate transaction;
  private final UserSearch searching;
  private final PasswordByMail passwords;

  UserController(
      Staff staff,
      TransactionTemplate transaction,
      UserSearch searching,
      PasswordByMail passwords) {
    this.staff = staff;
    this.transaction = transaction;
    this.searching = searching;
    this.passwords = passwords;
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
      @Nullable List<Long> teams,
      @Nullable Boolean invite) {}

  record ConfirmedEmail(@Nullable String email) {}

  record RoleJson(String key, String label) {}

  @Operation(
      summary = "Users, a page of them",
      description =
          "Filters add up. 'state', 'lastSignInAt' and invitations are shown to those who administer users; 'below'"
              + " are all who report to a user, directly or through others; 'partner' are the employees of a partner"
              + " company, for those who see leads.")
  @GetMapping("/users")
  Page<UserJson> all(
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable Boolean active,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String role,
      @RequestParam(required = false) @Nullable Long team,
      @RequestParam(required = false) @Nullable Long group,
      @RequestParam(required = false) @Nullable Long below,
      @RequestParam(required = false) @Nullable Long partner,
      @RequestParam(required = false) @Nullable String sort,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return searching.find(
        new UserSearch.Wanted(
            search, active, state, role, team, group, below, partner, sort, cursor, limit));
  }

  @Operation(summary = "One user")
  @GetMapping("/users/{id}")
  UserJson one(@PathVariable long id) {
    return searching.one(staff.account(id));
  }

  @Operation(
      summary = "Makes a user",
      description =
          "With 'invite' the user gets a mail with a link that sets the first password (72 hours, once), and no password"
              + " is given here; without it a password is needed.")
  @PostMapping("/users")
  @Needs(section = Section.USERS, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  UserJson create(@RequestBody UserInput input) {
    Set<Role> roles = Role.ofKeys(Objects.requireNonNullElse(input.roles(), List.of()));
    String login = Objects.requireNonNullElse(input.login(), "");
    String name = Objects.requireNonNullElse(input.name(), "");
    if (Boolean.TRUE.equals(input.invite())) {
      return inOneTransaction(() -> invited(input, login, name, roles), input.teams());
    }
    Staff.NewAccount wanted =
        new Staff.NewAccount(
            login,
            name,
            input.email(),
            input.phone(),
            Objects.requireNonNullElse(input.password(), ""),
            roles,
            input.timeZone(),
            input.locale(),
            input.reportsTo());
    return inOneTransaction(() -> staff.create(wanted), input.teams());
  }

  private Account invited(UserInput input, String login, String name, Set<Role> roles) {
    Instant later = Instant.EPOCH;
    Account wanted =
        new Account(
            -1,
            StaffTexts.login(login),
            name,
            input.email(),
            input.phone(),
            roles,
            true,
            input.timeZone(),
            input.locale(),
            input.reportsTo(),
            0,
            later,
            later);
    Account made = staff.bring(List.of(wanted)).get(0);
    passwords.invite(List.of(made));
    return made;
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
    return searching.one(Objects.requireNonNull(changed));
  }

  @Operation(
      summary = "Changes a user; what is left out stays, and the login always does",
      description =
          "The own e-mail address and the own password are changed in the own profile, which asks for the present"
              + " password.")
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

  @Operation(
      summary = "Confirms the e-mail address that a user has entered in the own profile",
      description =
          "The body names the address that is meant. Providers of single sign-on and imports know a user by a confirmed"
              + " address only. A link by mail that sets a password confirms it as well.")
  @PutMapping("/users/{id}/confirmed-email")
  @Needs(administrator = true)
  UserJson confirm(@PathVariable long id, @RequestBody ConfirmedEmail confirmed) {
    return searching.one(staff.confirmEmail(id, Objects.requireNonNullElse(confirmed.email(), "")));
  }

  @Operation(summary = "The roles that users can hold")
  @GetMapping("/roles")
  List<RoleJson> roles() {
    return Arrays.stream(Role.values())
        .map(role -> new RoleJson(role.key(), role.label()))
        .toList();
  }
}
