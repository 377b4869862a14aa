package io.leadloom.identity;

import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of users and teams. */
@Component
class StaffRows {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  StaffRows(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  long version() {
    Long version =
        jdbc.queryForObject("select version from identity_state where id = 1", Long.class);
    return version == null ? 0 : version;
  }

  /** Makes this the only transaction that changes users or teams, until it ends. */
  void lock() {
    jdbc.update("update identity_state set version = version + 1 where id = 1");
  }

  List<Account> accounts() {
    Map<Long, Set<Role>> roles = new HashMap<>();
    jdbc.query(
        "select user_id, role from user_role",
        row -> {
          Set<Role> held = roles.computeIfAbsent(row.getLong(1), id -> EnumSet.noneOf(Role.class));
          Role.of(row.getString(2)).ifPresent(held::add);
        });
    return jdbc.query(
        "select id, login, name, email, phone, active, time_zone, locale, reports_to, version, created_at, updated_at"
            + " from app_user order by login",
        (row, number) ->
            new Account(
                row.getLong("id"),
                row.getString("login"),
                row.getString("name"),
                row.getString("email"),
                row.getString("phone"),
                roles.getOrDefault(row.getLong("id"), Set.of()),
                row.getBoolean("active"),
                row.getString("time_zone"),
                row.getString("locale"),
                row.getObject("reports_to", Long.class),
                row.getInt("version"),
                moment(row.getObject("created_at", LocalDateTime.class)),
                moment(row.getObject("updated_at", LocalDateTime.class))));
  }

  private static Instant moment(LocalDateTime column) {
    return Objects.requireNonNull(Utc.moment(column));
  }

  /** The hash of a user's password; empty when the user has none yet. */
  Optional<String> password(long id) {
    return jdbc
        .queryForList(
            "select password from app_user where id = ? and password <> ''", String.class, id)
        .stream()
        .findFirst();
  }

  /** Which of these users, of whom there is one at least, have no password yet. */
  Set<Long> withoutPassword(Set<Long> ids) {
    return new HashSet<>(
        jdbc.queryForList(
            "select id from app_user where password = '' and id in (" + Ids.listed(ids) + ")",
            Long.class));
  }

  void insert(Account account, String passwordHash) {
    insert(account, account.reportsTo(), passwordHash);
  }

  void insert(Account account, @Nullable Long reportsTo, String passwordHash) {
    jdbc.update(
        "insert into app_user (id, login, name, email, phone, password, active, time_zone, locale, reports_to, version,"
            + " created_at, updated_at) values (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        account.id(),
        account.login(),
        account.name(),
        account.email(),
        account.phone(),
        passwordHash,
        account.active(),
        account.timeZone(),
        account.locale(),
        reportsTo,
        account.version(),
        Utc.column(account.createdAt()),
        Utc.column(account.updatedAt()));
    writeRoles(account);
  }

  void report(long id, @Nullable Long superior) {
    if (superior != null) {
      jdbc.update("update app_user set reports_to = ? where id = ?", superior, id);
    }
  }

  void update(Account account) {
    jdbc.update(
        "update app_user set name = ?, email = ?, phone = ?, active = ?, time_zone = ?, locale = ?, reports_to = ?,"
            + " version = ?, updated_at = ? where id = ?",
        account.name(),
        account.email(),
        account.phone(),
        account.active(),
        account.timeZone(),
        account.locale(),
        account.reportsTo(),
        account.version(),
        Utc.column(account.updatedAt()),
        account.id());
    jdbc.update("delete from user_role where user_id = ?", account.id());
    writeRoles(account);
  }

  private void writeRoles(Account account) {
    jdbc.batchUpdate(
        "insert into user_role (user_id, role) values (?, ?)",
        account.roles().stream().map(role -> new Object[] {account.id(), role.key()}).toList());
  }

  /** Keeps whether somebody vouches for the e-mail address of a user. */
  void confirmEmail(long id, boolean confirmed) {
    jdbc.update("update app_user set email_confirmed = ? where id = ?", confirmed, id);
  }

  /** The users with an e-mail address that nobody vouches for. */
  Set<Long> withUnconfirmedEmail() {
    return new HashSet<>(
        jdbc.queryForList("select id from app_user where email_confirmed = false", Long.class));
  }

  /**
   * Where mails to an active user go, with the row locked until the current transaction ends: whoever changes the address
   * waits, and then finds what was made for the old one.
   */
  Optional<String> lockedAddress(long id) {
    return jdbc
        .query(
            "select email, login from app_user where id = ? and active = true for update",
            (row, number) ->
                Optional.ofNullable(LinkMails.address(row.getString(1), row.getString(2))),
            id)
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  void setPassword(long id, String hash) {
    jdbc.update("update app_user set password = ? where id = ?", hash, id);
  }

  /**
   * Keeps another hash of the same password, unless the password has been changed meanwhile. Users have not changed by
   * it, so their version stays.
   */
  void replacePassword(long id, String before, String after) {
    transaction.executeWithoutResult(
        status ->
            jdbc.update(
                "update app_user set password = ? where id = ? and password = ?",
                after,
                id,
                before));
  }

  List<Users.Team> teams() {
    Map<Long, List<Long>> members = new HashMap<>();
    jdbc.query(
        "select team_id, user_id from team_member order by team_id, turn",
        row -> {
          members.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getLong(2));
        });
    return jdbc.query(
        "select id, name, version from team order by name",
        (row, number) ->
            new Users.Team(
                row.getLong(1),
                row.getString(2),
                members.getOrDefault(row.getLong(1), List.of()),
                row.getInt(3)));
  }

  void insertTeam(Users.Team team) {
    jdbc.update(
        "insert into team (id, name, version) values (?, ?, ?)",
        team.id(),
        team.name(),
        team.version());
    writeMembers(team);
  }

  void updateTeam(Users.Team team) {
    jdbc.update(
        "update team set name = ?, version = ? where id = ?",
        team.name(),
        team.version(),
        team.id());
    jdbc.update("delete from team_member where team_id = ?", team.id());
    writeMembers(team);
  }

  private void writeMembers(Users.Team team) {
    List<Object[]> rows = new ArrayList<>();
    for (Long member : team.members()) {
      rows.add(new Object[] {team.id(), member, rows.size()});
    }
    jdbc.batchUpdate("insert into team_member (team_id, user_id, turn) values (?, ?, ?)", rows);
  }

  void deleteTeam(long id) {
    jdbc.update("delete from team where id = ?", id);
  }

  /** Those of these users whose profile says that reminders come by no mail. */
  Set<Long> withoutReminderMail(Collection<Long> users) {
    String marks = String.join(", ", Collections.nCopies(users.size(), "?"));
    return users.isEmpty()
        ? Set.of()
        : Set.copyOf(
            jdbc.queryForList(
                "select user_id from personal_profile where follow_up_mail = false and user_id in ("
                    + marks
                    + ")",
                Long.class,
                users.toArray()));
  }
}
