package io.leadloom.identity.access;

import io.leadloom.identity.Account;
import io.leadloom.identity.Hierarchy;
import io.leadloom.identity.Role;
import io.leadloom.identity.Users;
import io.leadloom.platform.permission.Rights;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was given at one moment.
 *
 * @param ofUsers the ids of the templates that single users hold beside those of their roles
 * @param exceptions where single users differ from the sum of their templates
 * @param partners the partner companies of those users who are employees of one
 */
record Given(
    List<PermissionTemplate> templates,
    Map<Long, Set<Long>> ofUsers,
    Map<Long, Grants> exceptions,
    Map<Long, Long> partners) {

  /** Whether an account holds a template, by a role or by itself. */
  boolean holds(Account account, PermissionTemplate template) {
    return template.roles().stream()
            .anyMatch(role -> role != Role.ADMINISTRATOR && account.roles().contains(role))
        || ofUsers.getOrDefault(account.id(), Set.of()).contains(template.id());
  }

  /** What an account may do, were it active. */
  Rights rights(Account account, Hierarchy hierarchy, List<Users.Team> teams) {
    if (account.administrator()) {
      return Rights.everything(account.id());
    }
    List<Grants> held =
        templates.stream()
            .filter(template -> holds(account, template))
            .map(PermissionTemplate::grants)
            .toList();
    Grants exception = exceptions.getOrDefault(account.id(), Grants.NOTHING);
    Long partner = partners.get(account.id());
    return new RightsSum(account.id(), partner, held, exception, hierarchy, teams).rights();
  }
}
