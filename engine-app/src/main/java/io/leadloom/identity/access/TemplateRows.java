package io.leadloom.identity.access;

import io.leadloom.identity.Role;
import io.leadloom.platform.Utc;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of templates, who holds them, and exceptions. */
@Component
class TemplateRows {

  private final JdbcTemplate jdbc;

  TemplateRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** All that is given, as the current transaction sees it. */
  Given given() {
    return new Given(templates(), ofUsers(), exceptions(), partners());
  }

  List<PermissionTemplate> templates() {
    Map<Long, Set<Role>> roles = new HashMap<>();
    jdbc.query(
        "select template_id, role from role_permission",
        row -> {
          Set<Role> held = roles.computeIfAbsent(row.getLong(1), id -> EnumSet.noneOf(Role.class));
          Role.of(row.getString(2)).ifPresent(held::add);
        });
    return jdbc.query(
        "select id, name, delivered, rights, version from permission_template order by name, id",
        (row, n) -> {
          String delivered = row.getString(3);
          String rights = row.getString(4);
          return new PermissionTemplate(
              row.getLong(1),
              row.getString(2),
              delivered,
              rights != null,
              rights == null ? delivered(delivered) : GrantsJson.stored(rights),
              row.getInt(5),
              roles.getOrDefault(row.getLong(1), Set.of()));
        });
  }

  static Grants delivered(@Nullable String role) {
    return role == null
        ? Grants.NOTHING
        : Role.of(role).map(DeliveredGrants::of).orElse(Grants.NOTHING);
  }

  /** The templates that single users hold beside those of their roles. */
  Map<Long, Set<Long>> ofUsers() {
    Map<Long, Set<Long>> held = new HashMap<>();
    jdbc.query(
        "select user_id, template_id from user_permission",
        row -> {
          held.computeIfAbsent(row.getLong(1), id -> new HashSet<>()).add(row.getLong(2));
        });
    return held;
  }

  Map<Long, Grants> exceptions() {
    Map<Long, Grants> exceptions = new HashMap<>();
    jdbc.query(
        "select user_id, rights from user_exception",
        row -> {
          exceptions.put(row.getLong(1), GrantsJson.stored(row.getString(2)));
        });
    return exceptions;
  }

  private Map<Long, Long> partners() {
    Map<Long, Long> partners = new HashMap<>();
    jdbc.query(
        "select user_id, account_id from partner_employee where account_id is not null",
        row -> {
          partners.put(row.getLong(1), row.getLong(2));
        });
    return partners;
  }

  void insert(PermissionTemplate template, Instant now) {
    jdbc.update(
        "insert into permission_template (id, name, delivered, rights, version, updated_at) values (?,?,?,?,?,?)",
        template.id(),
        template.name(),
        template.delivered(),
        GrantsJson.text(template.grants()),
        template.version(),
        Utc.column(now));
    setRoles(template);
  }

  void update(PermissionTemplate template, Instant now) {
    jdbc.update(
        "update permission_template set name = ?, rights = ?, version = ?, updated_at = ? where id = ?",
        template.name(),
        template.changed() ? GrantsJson.text(template.grants()) : null,
        template.version(),
        Utc.column(now),
        template.id());
    jdbc.update("delete from role_permission where template_id = ?", template.id());
    setRoles(template);
  }

  private void setRoles(PermissionTemplate template) {
    jdbc.batchUpdate(
        "insert into role_permission (role, template_id) values (?, ?)",
        template.roles().stream().map(role -> new Object[] {role.key(), template.id()}).toList());
  }

  void delete(long id) {
    jdbc.update("delete from role_permission where template_id = ?", id);
    // Whoever is changing what these users hold has seen the template among it.
    jdbc.update(
        "update app_user set permissions_version = permissions_version + 1"
            + " where id in (select user_id from user_permission where template_id = ?)",
        id);
    jdbc.update("delete from user_permission where template_id = ?", id);
    jdbc.update("delete from permission_template where id = ?", id);
  }

  /** The version of what a user holds beside the templates of the roles. */
  int versionOf(long userId) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select permissions_version from app_user where id = ?", Integer.class, userId));
  }

  void setUser(long userId, Collection<Long> templates, Grants exceptions) {
    jdbc.update(
        "update app_user set permissions_version = permissions_version + 1 where id = ?", userId);
    jdbc.update("delete from user_permission where user_id = ?", userId);
    jdbc.batchUpdate(
        "insert into user_permission (user_id, template_id) values (?, ?)",
        templates.stream().map(id -> new Object[] {userId, id}).toList());
    jdbc.update("delete from user_exception where user_id = ?", userId);
    if (!exceptions.isEmpty()) {
      jdbc.update(
          "insert into user_exception (user_id, rights) values (?, ?)",
          userId,
          GrantsJson.text(exceptions));
    }
  }
}
