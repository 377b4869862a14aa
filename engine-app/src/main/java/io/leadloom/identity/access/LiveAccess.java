package io.leadloom.identity.access;

import io.leadloom.identity.Account;
import io.leadloom.identity.Roster;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Rights from templates in memory; all of them are made anew when users, teams, hierarchy or templates have changed. */
@Component
class LiveAccess implements Access, Staff.Guard {

  private static final String TOLD = LiveAccess.class.getName();

  private final Users users;
  private final Staff staff;
  private final TemplateRows rows;
  private volatile @Nullable State state;

  LiveAccess(Users users, Staff staff, TemplateRows rows) {
    this.users = users;
    this.staff = staff;
    this.rows = rows;
  }

  /** All that rights are made of at one version, and the rights that were asked for since. */
  private record State(Staff.Known staff, Given given, Map<Long, Rights> rights) {

    Rights of(long userId) {
      return Objects.requireNonNull(rights.computeIfAbsent(userId, this::sum));
    }

    private Rights sum(long userId) {
      Roster roster = staff.roster();
      return roster
          .account(userId)
          .map(account -> given.rights(account, roster, roster.teams()))
          .orElseGet(() -> Rights.none(userId));
    }
  }

  /** What was given before a change: to its end the change goes by that, and not by what it gives itself. */
  private record Before(State state) implements TransactionSynchronization {}

  @Override
  public void changing() {
    if (before().isEmpty()) {
      TransactionSynchronizationManager.registerSynchronization(new Before(state()));
    }
  }

  /** Gives nobody anything. */
  @Override
  public void changingDetails(Account before) {}

  private Optional<State> before() {
    return staff.inChange() && TransactionSynchronizationManager.isSynchronizationActive()
        ? TransactionSynchronizationManager.getSynchronizations().stream()
            .filter(Before.class::isInstance)
            .map(each -> ((Before) each).state())
            .findFirst()
        : Optional.empty();
  }

  private State state() {
    return before().orElseGet(this::present);
  }

  private State present() {
    Staff.Known now = staff.known();
    State known = state;
    if (known != null && known.staff().version() == now.version()) {
      return known;
    }
    State fresh = new State(now, rows.given(), new ConcurrentHashMap<>());
    // The templates that a change reads are its own until it has committed.
    if (!staff.inChange() && (known == null || known.staff().version() < now.version())) {
      state = fresh;
    }
    return fresh;
  }

  /**
   * What a request was told first it is told to its end (decision 12): it never mixes the hierarchy or the roles of two
   * moments. Somebody who signs in or is deactivated meanwhile is somebody else.
   */
  @Override
  public Rights current() {
    Users.Person person = users.current().orElse(null);
    if (person == null) {
      boolean account = ActingPrincipal.current().filter(ActingPrincipal::account).isPresent();
      return account ? Rights.account() : Rights.none(null);
    }
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request != null
        && request.getAttribute(TOLD, RequestAttributes.SCOPE_REQUEST) instanceof Rights told
        && Objects.equals(told.userId(), person.id())) {
      return told;
    }
    Rights rights = of(person.id());
    if (request != null) {
      request.setAttribute(TOLD, rights, RequestAttributes.SCOPE_REQUEST);
    }
    return rights;
  }

  @Override
  public Rights of(long userId) {
    Users.Person person = users.find(userId).filter(Users.Person::active).orElse(null);
    if (person == null) {
      return Rights.none(userId);
    }
    if (person.administrator()) {
      return Rights.everything(userId);
    }
    return state().of(userId);
  }
}
