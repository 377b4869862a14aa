package io.leadloom.identity.access;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.StaffTexts;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The door for changing who may do what. Each change is the only one at its time and counts at once everywhere. What
 * administrators may do is not up to templates: nobody can take it away or give it otherwise than by the role.
 */
@Component
public class PermissionTemplates {

  private final Staff staff;
  private final TemplateRows rows;
  private final AuditTrail trail;
  private final Ids ids;
  private final Clock clock;

  PermissionTemplates(Staff staff, TemplateRows rows, AuditTrail trail, Ids ids, Clock clock) {
    this.trail = trail;
    this.staff = staff;
    this.rows = rows;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What becomes of a template; null leaves it.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   */
  public record Change(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable Grants grants,
      @Nullable Set<Role> roles) {}

  /**
   * What one user holds beside the templates of the roles.
   *
   * @param templates the ids of further templates
   * @param exceptions where the user differs from the sum of all templates
   */
  public record OfUser(Set<Long> templates, Grants exceptions) {
    public OfUser {
      templates = Set.copyOf(templates);
    }
  }

  /** All templates by name. */
  public List<PermissionTemplate> all() {
    return rows.templates();
  }

  public PermissionTemplate get(long id) {
    return find(id, rows.templates());
  }

  public PermissionTemplate create(String name, Grants grants, Set<Role> roles) {
    return staff.alone(
        () -> {
          noAdministrators(roles);
          PermissionTemplate made =
              new PermissionTemplate(
                  ids.next("permission_template"), checked(name, 0), null, true, grants, 1, roles);
          rows.insert(made, clock.instant());
          trail.record(PermissionEvents.template(null, made));
          return made;
        });
  }

  public PermissionTemplate change(long id, Change change) {
    return staff.alone(
        () -> {
          PermissionTemplate before = find(id, rows.templates());
          Integer version = change.version();
          if (version != null && version != before.version()) {
            throw RefusedException.outdated("the template", version, before.version());
          }
          fixed(before);
          Set<Role> roles = change.roles();
          if (roles != null) {
            noAdministrators(roles);
          }
          String name = change.name();
          Grants grants = change.grants();
          PermissionTemplate after =
              new PermissionTemplate(
                  id,
                  name == null ? before.name() : checked(name, id),
                  before.delivered(),
                  grants == null
                      ? before.changed()
                      : !grants.equals(TemplateRows.delivered(before.delivered())),
                  grants == null ? before.grants() : grants,
                  before.version() + 1,
                  roles == null ? before.roles() : roles);
          rows.update(after, clock.instant());
          trail.record(PermissionEvents.template(before, after));
          return after;
        });
  }

  /** Deletes a template that somebody made; who held it loses what it gave. */
  public void delete(long id) {
    staff.alone(
        () -> {
          PermissionTemplate template = find(id, rows.templates());
          if (template.delivered() != null) {
            throw RefusedException.invalid(
                "This template came with Leadloom and stays",
                Violation.of("id", id, "a template that was made here"));
          }
          rows.delete(id);
          trail.record(PermissionEvents.template(template, null));
          return id;
        });
  }

  /** The version of what one user holds beside the templates of the roles; each change makes it one greater. */
  public int versionOf(long userId) {
    return rows.versionOf(staff.account(userId).id());
  }

  public OfUser ofUser(long userId) {
    staff.account(userId);
    return new OfUser(
        rows.ofUsers().getOrDefault(userId, Set.of()),
        rows.exceptions().getOrDefault(userId, Grants.NOTHING));
  }

  /**
   * Sets what one user holds beside the templates of the roles.
   *
   * @param seen the version the caller has seen; null to write whatever stands there
   */
  public void setUser(long userId, @Nullable Integer seen, OfUser wanted) {
    staff.alone(
        () -> {
          Account account = staff.account(userId);
          int present = rows.versionOf(userId);
          if (seen != null && seen != present) {
            throw RefusedException.outdated("what the user may do", seen, present);
          }
          if (account.administrator() && !wanted.exceptions().isEmpty()) {
            throw RefusedException.invalid(
                "Administrators may do everything",
                Violation.of("exceptions", null, "nothing for a user with the role crm_admin"));
          }
          List<PermissionTemplate> known = rows.templates();
          checkGiven(wanted.templates(), known);
          trail.record(PermissionEvents.ofUser(account, ofUser(userId), wanted, known));
          rows.setUser(userId, new LinkedHashSet<>(wanted.templates()), wanted.exceptions());
          return userId;
        });
  }

  /** The templates that users hold beside those of their roles, by user. */
  public Map<Long, Set<Long>> ofUsers() {
    return rows.ofUsers();
  }

  /** Gives these users these templates beside those of their roles, and no others; exceptions stay. */
  public void give(Map<Account, Set<Long>> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    staff.alone(
        () -> {
          List<PermissionTemplate> known = rows.templates();
          Map<Long, Set<Long>> held = rows.ofUsers();
          Map<Long, Grants> exceptions = rows.exceptions();
          wanted.forEach(
              (account, templates) -> {
                checkGiven(templates, known);
                Grants own = exceptions.getOrDefault(account.id(), Grants.NOTHING);
                trail.record(
                    PermissionEvents.ofUser(
                        account,
                        new OfUser(held.getOrDefault(account.id(), Set.of()), own),
                        new OfUser(templates, own),
                        known));
                rows.setUser(account.id(), templates, own);
              });
          return wanted;
        });
  }

  private static void checkGiven(Set<Long> wanted, List<PermissionTemplate> known) {
    for (Long id : wanted) {
      PermissionTemplate template =
          known.stream().filter(each -> each.id() == id).findFirst().orElse(null);
      if (template == null || template.ofAdministrators()) {
        throw RefusedException.invalid(
            "The template cannot be given",
            Violation.of("templates", id, "ids of templates other than that of administrators"));
      }
    }
  }

  private static void fixed(PermissionTemplate template) {
    if (template.ofAdministrators()) {
      throw RefusedException.invalid(
          "The rights of administrators cannot be changed",
          Violation.of("id", template.id(), "another template than that of administrators"));
    }
  }

  private static void noAdministrators(Set<Role> roles) {
    if (roles.contains(Role.ADMINISTRATOR)) {
      throw RefusedException.invalid(
          "Administrators may do everything already",
          Violation.of("roles", Role.ADMINISTRATOR.key(), "roles other than crm_admin"));
    }
  }

  private static PermissionTemplate find(long id, List<PermissionTemplate> all) {
    return all.stream()
        .filter(template -> template.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("permission template", id));
  }

  private String checked(String name, long id) {
    return StaffTexts.nameOfItsOwn(
        name,
        "template",
        rows.templates().stream().filter(other -> other.id() != id).map(PermissionTemplate::name));
  }
}
