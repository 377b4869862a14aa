package io.leadloom.identity.intake;

import io.leadloom.identity.Account;
import io.leadloom.identity.PasswordByMail;
import io.leadloom.identity.Roster;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.identity.access.PermissionTemplates;
import io.leadloom.identity.intake.ImportedUser.Outcome;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes users in from a CSV file, in one transaction: either all rows or, when wanted, those that do. New users have no
 * password until they follow the link of an invitation. A user who is there is known by the e-mail address, if somebody
 * vouches for it; cells that are empty leave what stands there.
 */
@Component
public class UserImports {

  private static final int MOST_VIOLATIONS = 200;

  private final Staff staff;
  private final PermissionTemplates templates;
  private final PasswordByMail mails;
  private final Access access;
  private final AuditTrail trail;

  UserImports(
      Staff staff,
      PermissionTemplates templates,
      PasswordByMail mails,
      Access access,
      AuditTrail trail) {
    this.staff = staff;
    this.templates = templates;
    this.mails = mails;
    this.access = access;
    this.trail = trail;
  }

  /**
   * How to take a file in.
   *
   * @param update whether users who are there are changed; otherwise their rows are refused
   * @param partial whether the other rows are written when some are refused
   * @param invite whether new users get an invitation by mail
   */
  public record Choices(boolean update, boolean partial, boolean invite) {}

  /**
   * What became of a file, or would.
   *
   * @param written whether it happened
   */
  public record Result(
      boolean written,
      int created,
      int updated,
      int unchanged,
      int refused,
      int invited,
      List<ImportedUser> rows) {}

  /** What would become of the file; nothing is written. */
  public Result preview(byte[] file, Choices choices) {
    List<UserPlan> plans = plans(UserFile.read(file), choices);
    List<ImportedUser> rows =
        plans.stream()
            .map(plan -> plan.shown(plan.before == null ? null : plan.before.id()))
            .toList();
    return result(false, rows, choices.invite() ? newcomers(plans).size() : 0);
  }

  /**
   * Writes the file.
   *
   * @throws RefusedException naming the rows, when some are refused and not {@link Choices#partial}
   */
  public Result run(byte[] file, Choices choices) {
    List<UserFile.Line> lines = UserFile.read(file);
    return staff.alone(
        () -> {
          List<UserPlan> plans = plans(lines, choices);
          if (!choices.partial()) {
            refuseAny(plans);
          }
          return write(plans, choices);
        });
  }

  private List<UserPlan> plans(List<UserFile.Line> lines, Choices choices) {
    return new UserPlanner(
            staff.roster(),
            templates.all(),
            templates.ofUsers(),
            access.current(),
            staff.withUnconfirmedEmail(),
            choices.update())
        .plan(lines);
  }

  private static void refuseAny(List<UserPlan> plans) {
    List<Violation> violations = new ArrayList<>();
    for (UserPlan plan : plans) {
      for (Violation violation : plan.violations) {
        violations.add(
            Violation.of(
                "line " + plan.line.number() + ", " + violation.field(),
                violation.value(),
                violation.expectation()));
      }
    }
    if (!violations.isEmpty()) {
      long rows = plans.stream().filter(UserPlan::refused).count();
      throw new RefusedException(
          Reason.INVALID,
          "Nothing was written: " + rows + (rows == 1 ? " row does not do" : " rows do not do"),
          violations.subList(0, Math.min(MOST_VIOLATIONS, violations.size())));
    }
  }

  private Result write(List<UserPlan> plans, Choices choices) {
    List<UserPlan> written =
        plans.stream().filter(plan -> !plan.refused() && plan.changesAccount()).toList();
    List<Account> brought = staff.bring(written.stream().map(plan -> plan.after).toList());
    Map<UserPlan, Account> now = new LinkedHashMap<>();
    for (int i = 0; i < written.size(); i++) {
      now.put(written.get(i), brought.get(i));
    }
    putInTeams(plans, now);
    Map<Account, Set<Long>> given = new LinkedHashMap<>();
    for (UserPlan plan : plans) {
      Set<Long> wanted = plan.templates;
      if (wanted != null && !plan.refused() && plan.moreChanges) {
        given.put(account(plan, now), wanted);
      }
    }
    templates.give(given);
    List<Account> invited = new ArrayList<>();
    if (choices.invite()) {
      newcomers(plans).forEach(plan -> invited.add(account(plan, now)));
      mails.invite(invited);
    }
    List<ImportedUser> rows =
        plans.stream()
            .map(
                plan ->
                    plan.shown(plan.outcome() == Outcome.REFUSED ? null : account(plan, now).id()))
            .toList();
    Result result = result(true, rows, invited.size());
    trail.record(
        AuditEvent.of("users.imported", "user", "", "import of users")
            .fact("created", result.created())
            .fact("updated", result.updated())
            .fact("unchanged", result.unchanged())
            .fact("refused", result.refused())
            .fact("invited", result.invited()));
    return result;
  }

  private static Account account(UserPlan plan, Map<UserPlan, Account> now) {
    return now.getOrDefault(plan, plan.after);
  }

  private static List<UserPlan> newcomers(List<UserPlan> plans) {
    return plans.stream()
        .filter(plan -> plan.outcome() == Outcome.CREATED && plan.after.active())
        .toList();
  }

  /** Each team is changed once, however many join it. */
  private void putInTeams(List<UserPlan> plans, Map<UserPlan, Account> now) {
    Roster roster = staff.roster();
    Map<Long, Set<Long>> members = new HashMap<>();
    for (Users.Team team : roster.teams()) {
      members.put(team.id(), new LinkedHashSet<>(team.members()));
    }
    for (UserPlan plan : plans) {
      Set<Long> wanted = plan.teams;
      if (wanted == null || plan.refused()) {
        continue;
      }
      long id = account(plan, now).id();
      members.forEach(
          (team, ids) -> {
            if (wanted.contains(team)) {
              ids.add(id);
            } else {
              ids.remove(id);
            }
          });
    }
    for (Users.Team team : roster.teams()) {
      List<Long> after = List.copyOf(members.getOrDefault(team.id(), Set.of()));
      if (!after.equals(team.members())) {
        staff.changeTeam(team.id(), new Staff.TeamChange(null, null, after));
      }
    }
  }

  private static Result result(boolean written, List<ImportedUser> rows, int invited) {
    return new Result(
        written,
        count(rows, Outcome.CREATED),
        count(rows, Outcome.UPDATED),
        count(rows, Outcome.UNCHANGED),
        count(rows, Outcome.REFUSED),
        invited,
        rows);
  }

  private static int count(List<ImportedUser> rows, Outcome outcome) {
    return (int) rows.stream().filter(row -> row.outcome() == outcome).count();
  }
}
