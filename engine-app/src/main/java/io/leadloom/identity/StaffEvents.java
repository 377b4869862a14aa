package io.leadloom.identity;

import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the audit trail says about changes of users and teams. */
final class StaffEvents {

  private StaffEvents() {}

  static AuditEvent created(Account account, Collection<Account> all) {
    return about("user.created", account)
        .fact("login", account.login())
        .fact("name", account.name())
        .fact("email", account.email())
        .fact("phone", account.phone())
        .fact("roles", roles(account.roles()))
        .fact("timeZone", account.timeZone())
        .fact("locale", account.locale())
        .fact("reportsTo", login(account.reportsTo(), all))
        .secret("password", false, true);
  }

  static AuditEvent changed(
      Account before, Account after, boolean password, Collection<Account> all) {
    AuditEvent event =
        about("user.changed", after)
            .change("name", before.name(), after.name())
            .change("email", before.email(), after.email())
            .change("phone", before.phone(), after.phone())
            .change("roles", roles(before.roles()), roles(after.roles()))
            .change("active", before.active(), after.active())
            .change("timeZone", before.timeZone(), after.timeZone())
            .change("locale", before.locale(), after.locale())
            .change("reportsTo", login(before.reportsTo(), all), login(after.reportsTo(), all));
    return password ? event.secret("password", true, true) : event;
  }

  static AuditEvent passwordChanged(Account account) {
    return about("user.password-changed", account).secret("password", true, true);
  }

  static AuditEvent emailConfirmed(Account account) {
    return about("user.email-confirmed", account).fact("email", account.email());
  }

  /** Somebody who is signed in did not know the own password. */
  static AuditEvent presentPasswordWrong(Account account) {
    return about("user.password-refused", account);
  }

  /** A program that sends login and password signs in. */
  static AuditEvent byPassword(Account account, @Nullable String address) {
    return about("session.by-program", account)
        .by(new AuditActor(AuditActor.Kind.USER, account.id(), account.login(), null, address));
  }

  /** A wrong sign-in. The text that was typed as the login is not repeated: it may be somebody's password. */
  static AuditEvent refused(Optional<Account> account, @Nullable String address) {
    AuditActor unknown = new AuditActor(AuditActor.Kind.SYSTEM, null, "unknown", null, address);
    return account
        .map(known -> AuditEvent.of("session.refused", "user", known.id(), known.login()))
        .orElseGet(() -> AuditEvent.of("session.refused", "user", "", "(unknown login)"))
        .by(unknown);
  }

  private static AuditEvent about(String action, Account account) {
    return AuditEvent.of(action, "user", account.id(), account.login());
  }

  /** A team that came, went or changed; null stands for no team. */
  static AuditEvent team(
      Users.@Nullable Team before, Users.@Nullable Team after, Collection<Account> all) {
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    Users.Team shown = after == null ? before : after;
    if (shown == null) {
      throw new IllegalArgumentException("A team that neither was nor is has no history");
    }
    return AuditEvent.of("team." + what, "team", shown.id(), shown.name())
        .change("name", before == null ? null : before.name(), after == null ? null : after.name())
        .change("members", members(before, all), members(after, all));
  }

  private static @Nullable List<String> members(
      Users.@Nullable Team team, Collection<Account> all) {
    if (team == null) {
      return null;
    }
    Map<Long, String> logins = all.stream().collect(Collectors.toMap(Account::id, Account::login));
    return team.members().stream().map(id -> logins.getOrDefault(id, "#" + id)).toList();
  }

  private static @Nullable String login(@Nullable Long id, Collection<Account> all) {
    return id == null
        ? null
        : all.stream()
            .filter(account -> account.id() == id)
            .map(Account::login)
            .findFirst()
            .orElse("#" + id);
  }

  private static Set<String> roles(Set<Role> roles) {
    return roles.stream().map(Role::key).collect(Collectors.toCollection(TreeSet::new));
  }
}
