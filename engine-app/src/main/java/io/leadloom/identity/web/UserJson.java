package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Users;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user as JSON.
 *
 * @param state null for readers who do not administer users, like what follows from it
 */
record UserJson(
    long id,
    int version,
    String login,
    String name,
    @Nullable String email,
    @Nullable String phone,
    List<String> roles,
    boolean active,
    @Nullable String timeZone,
    @Nullable String locale,
    @Nullable Long reportsTo,
    List<Long> teams,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String state,
    @Nullable Boolean emailConfirmed,
    @Nullable Instant lastSignInAt,
    @Nullable Instant invitedAt,
    @Nullable Instant invitationUntil) {

  static UserJson of(Account account, List<Users.Team> teams) {
    return of(account, teams, null);
  }

  /** Without addresses and what else is the person's own. */
  UserJson named() {
    return new UserJson(
        id, version, login, name, null, null, roles, active, null, null, null, teams, createdAt,
        updatedAt, null, null, null, null, null);
  }

  static UserJson of(Account account, List<Users.Team> teams, @Nullable UserStanding standing) {
    return new UserJson(
        account.id(),
        account.version(),
        account.login(),
        account.name(),
        account.email(),
        account.phone(),
        account.roles().stream().sorted().map(Role::key).toList(),
        account.active(),
        account.timeZone(),
        account.locale(),
        account.reportsTo(),
        teams.stream()
            .filter(team -> team.members().contains(account.id()))
            .map(Users.Team::id)
            .toList(),
        account.createdAt(),
        account.updatedAt(),
        standing == null ? null : standing.state().key(),
        standing == null ? null : standing.emailConfirmed(),
        standing == null ? null : standing.lastSignInAt(),
        standing == null ? null : standing.invitedAt(),
        standing == null ? null : standing.invitationUntil());
  }
}
