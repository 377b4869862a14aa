package io.leadloom.identity.access;

import io.leadloom.identity.Account;
import io.leadloom.identity.Roster;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.permission.Rights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Nobody gives rights that he does not have, himself neither, nor changes somebody who may do more than he does. Looked
 * at just before the commit and over the whole transaction, so that no way of giving (roles, teams, hierarchy, templates,
 * exceptions) and no order of steps leads around it. Administrators and Leadloom itself are not held up.
 */
@Component
class Delegation implements Staff.Guard {

  private final Staff staff;
  private final TemplateRows rows;

  Delegation(Staff staff, TemplateRows rows) {
    this.staff = staff;
    this.rows = rows;
  }

  /** All that rights are made of. */
  private record State(Roster roster, Given given, Map<Long, Set<Long>> teams) {

    State(Roster roster, Given given) {
      this(roster, given, new HashMap<>());
      for (Users.Team team : roster.teams()) {
        for (Long member : team.members()) {
          teams.computeIfAbsent(member, id -> new HashSet<>()).add(team.id());
        }
      }
    }

    Rights rights(Account account) {
      return given.rights(account, roster, roster.teams());
    }

    /** The rights of somebody who is not there yet are none. */
    Rights rights(long id) {
      return roster.account(id).map(this::rights).orElseGet(() -> Rights.none(id));
    }

    Set<Long> teamsOf(long id) {
      return teams.getOrDefault(id, Set.of());
    }

    @Nullable PermissionTemplate template(long id) {
      return given.templates().stream()
          .filter(template -> template.id() == id)
          .findFirst()
          .orElse(null);
    }
  }

  private State state() {
    return new State(staff.roster(), rows.given());
  }

  /**
   * Who acts is found out once a transaction and not from memory: a change may end the own account, and somebody who has
   * been deactivated since the request began is no more Leadloom itself than before.
   */
  @Override
  public void changing() {
    ActingPrincipal acting = acting();
    if (acting == null || watched()) {
      return;
    }
    State before = state();
    Account actor = present(before.roster().account(acting.id()));
    TransactionSynchronizationManager.registerSynchronization(new AtTheEnd(this, before, actor));
  }

  @Override
  public void changingDetails(Account before) {
    ActingPrincipal acting = acting();
    if (acting == null || watched()) {
      // What is watched is looked at as a whole.
      return;
    }
    if (acting.id() == before.id()) {
      // What somebody says of himself gives nobody anything.
      present(Optional.of(before));
      return;
    }
    Roster roster = staff.roster();
    Account actor = present(roster.account(acting.id()));
    if (!actor.administrator()) {
      State now = new State(roster, rows.given());
      refuseUnless(now.rights(actor).covers(now.rights(before), Set.of()));
    }
  }

  /** Whoever acts; null for Leadloom itself and for the account. */
  private static @Nullable ActingPrincipal acting() {
    return ActingPrincipal.current().filter(principal -> !principal.account()).orElse(null);
  }

  private static Account present(Optional<Account> actor) {
    return actor
        .filter(Account::active)
        .orElseThrow(
            () -> RefusedException.forbidden("Your account has been deactivated meanwhile"));
  }

  private static void refuseUnless(boolean covered) {
    if (!covered) {
      throw RefusedException.forbidden(
          "Your permissions do not include all that this would give or that those concerned have");
    }
  }

  private static boolean watched() {
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .anyMatch(AtTheEnd.class::isInstance);
  }

  /** Before the audit trail writes: what is refused did not happen. */
  private record AtTheEnd(Delegation delegation, State before, Account actor)
      implements TransactionSynchronization {

    @Override
    public int getOrder() {
      return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      if (!actor.administrator()) {
        new Comparison(actor, before, delegation.state()).check();
      }
    }
  }

  /** What a transaction did to the rights of whom. */
  private static final class Comparison {

    private final Account actor;
    private final Rights own;
    private final State before;
    private final State after;

    /** Nobody's records are theirs yet: whoever reaches them reaches nothing. */
    private final Set<Long> newcomers;

    Comparison(Account actor, State before, State after) {
      this.actor = actor;
      this.own = before.rights(actor);
      this.before = before;
      this.after = after;
      this.newcomers = ids(after.roster());
      newcomers.removeAll(ids(before.roster()));
    }

    private static Set<Long> ids(Roster roster) {
      return roster.accounts().stream()
          .map(Account::id)
          .collect(Collectors.toCollection(HashSet::new));
    }

    void check() {
      List<PermissionTemplate> changed = changedTemplates();
      changed.forEach(this::checkGrants);
      Set<Long> touched = touched();
      Set<Long> concerned = new HashSet<>(touched);
      addTeamMates(touched, concerned);
      addSuperiors(touched, concerned);
      addHolders(changed, concerned);
      for (Long id : concerned) {
        Rights had = before.rights(id);
        Rights has = after.rights(id);
        if (touched.contains(id) || !same(had, has)) {
          refuseUnless(own.covers(had, newcomers) && own.covers(has, newcomers));
        }
      }
    }

    /** Those who were made or changed themselves, joined or left teams, or hold other permissions. */
    private Set<Long> touched() {
      Set<Long> touched = new HashSet<>();
      for (Account account : after.roster().accounts()) {
        long id = account.id();
        boolean same =
            account.equals(before.roster().account(id).orElse(null))
                && before.teamsOf(id).equals(after.teamsOf(id))
                && Objects.equals(before.given().ofUsers().get(id), after.given().ofUsers().get(id))
                && Objects.equals(
                    before.given().exceptions().get(id), after.given().exceptions().get(id))
                && Objects.equals(
                    before.given().partners().get(id), after.given().partners().get(id));
        if (!same) {
          touched.add(id);
        }
      }
      return touched;
    }

    private void addTeamMates(Set<Long> touched, Set<Long> concerned) {
      for (State state : List.of(before, after)) {
        for (Users.Team team : state.roster().teams()) {
          if (team.members().stream().anyMatch(touched::contains)) {
            concerned.addAll(team.members());
          }
        }
      }
    }

    private void addSuperiors(Set<Long> touched, Set<Long> concerned) {
      for (Long id : touched) {
        concerned.addAll(before.roster().above(id));
        concerned.addAll(after.roster().above(id));
      }
    }

    private void addHolders(List<PermissionTemplate> templates, Set<Long> concerned) {
      for (Account account : after.roster().accounts()) {
        if (templates.stream()
            .anyMatch(
                template ->
                    before.given().holds(account, template)
                        || after.given().holds(account, template))) {
          concerned.add(account.id());
        }
      }
    }

    /** The old and the new states of templates that were made, changed or deleted. */
    private List<PermissionTemplate> changedTemplates() {
      List<PermissionTemplate> changed = new ArrayList<>();
      for (PermissionTemplate template : after.given().templates()) {
        PermissionTemplate old = before.template(template.id());
        if (!template.equals(old)) {
          changed.add(template);
          if (old != null) {
            changed.add(old);
          }
        }
      }
      before.given().templates().stream()
          .filter(template -> after.template(template.id()) == null)
          .forEach(changed::add);
      return changed;
    }

    /** What a template gives is measured by what it would give to whoever changes it. */
    private void checkGrants(PermissionTemplate template) {
      Roster roster = before.roster();
      Rights given =
          new RightsSum(
                  actor.id(),
                  before.given().partners().get(actor.id()),
                  List.of(template.grants()),
                  Grants.NOTHING,
                  roster,
                  roster.teams())
              .rights();
      refuseUnless(own.covers(given, newcomers));
    }

    private boolean same(Rights one, Rights other) {
      return one.covers(other, newcomers) && other.covers(one, newcomers);
    }
  }
}
