package io.leadloom.identity;

import io.leadloom.identity.tree.Moves;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes users and teams, one transaction at a time, and checks what must hold over all of them. */
@Component
class StaffRegister implements Staff {

  private final StaffRows rows;
  private final Directory directory;
  private final StaffPasswords passwords;
  private final Ids ids;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final AuditTrail trail;
  private final ObjectProvider<Guard> guards;
  private final Moves moves;
  private final StaffIntake intake;

  StaffRegister(
      StaffRows rows,
      Directory directory,
      StaffPasswords passwords,
      Ids ids,
      TransactionTemplate transaction,
      Clock clock,
      AuditTrail trail,
      ObjectProvider<Guard> guards,
      Moves moves,
      StaffIntake intake) {
    this.rows = rows;
    this.directory = directory;
    this.passwords = passwords;
    this.ids = ids;
    this.transaction = transaction;
    this.clock = clock;
    this.trail = trail;
    this.guards = guards;
    this.moves = moves;
    this.intake = intake;
  }

  @Override
  public List<Account> accounts() {
    return List.copyOf(directory.accounts());
  }

  @Override
  public Account account(long id) {
    return directory.named(id).orElseThrow(() -> RefusedException.notFound("user", id));
  }

  @Override
  public boolean isEmpty() {
    return directory.accounts().isEmpty();
  }

  @Override
  public Account create(NewAccount wanted) {
    String password =
        passwords.hash(wanted.password(), wanted.login(), wanted.name(), wanted.email());
    return change(
        () -> {
          List<Account> all = rows.accounts();
          Account account = account(wanted, wanted.reportsTo(), all);
          StaffChecks.checkHierarchy(account, all);
          rows.insert(account, password);
          moves.note(account.id(), null, account.reportsTo());
          trail.record(StaffEvents.created(account, all));
          return account;
        });
  }

  private Account account(NewAccount wanted, @Nullable Long reportsTo, List<Account> all) {
    Instant now = clock.instant();
    return new Account(
        ids.next("user"),
        StaffTexts.login(wanted.login(), all),
        StaffTexts.name("name", wanted.name()),
        StaffTexts.email(wanted.email()),
        StaffTexts.blankToNull(wanted.phone()),
        wanted.roles(),
        true,
        StaffTexts.timeZone(wanted.timeZone()),
        StaffTexts.blankToNull(wanted.locale()),
        reportsTo,
        1,
        now,
        now);
  }

  @Override
  public List<Account> enroll(List<NewAccount> wanted) {
    // Hashing is slow on purpose; equal passwords need it once.
    Map<String, String> hashes = new HashMap<>();
    wanted.forEach(one -> hashes.computeIfAbsent(one.password(), passwords::lightHash));
    return change(
        () -> {
          List<Account> all = new ArrayList<>(rows.accounts());
          List<Account> made = new ArrayList<>();
          for (NewAccount one : wanted) {
            Long place = one.reportsTo();
            Account account =
                account(one, place == null ? null : made.get(place.intValue()).id(), all);
            rows.insert(account, Objects.requireNonNull(hashes.get(one.password())));
            moves.note(account.id(), null, account.reportsTo());
            all.add(account);
            made.add(account);
            trail.record(StaffEvents.created(account, all));
          }
          return made;
        });
  }

  @Override
  public List<Account> bring(List<Account> people) {
    return change(() -> intake.bring(people));
  }

  @Override
  public Set<Long> withoutPassword(Set<Long> ids) {
    return rows.withoutPassword(ids);
  }

  @Override
  public Set<Long> withUnconfirmedEmail() {
    return rows.withUnconfirmedEmail();
  }

  @Override
  public Account change(long id, AccountChange change) {
    return change(id, change, true);
  }

  @Override
  public Account changeOwn(long id, AccountChange change) {
    return change(id, change, false);
  }

  @Override
  public Account confirmEmail(long id, String email) {
    return change(() -> passwords.confirm(StaffChecks.find(id, rows.accounts()), email));
  }

  private Account change(long id, AccountChange change, boolean confirmed) {
    String given = change.password();
    String password = given == null ? null : passwords.hash(given, account(id));
    return locked(
        () -> {
          List<Account> all = rows.accounts();
          Account before = StaffChecks.find(id, all);
          Account after = changed(before, change);
          guards.forEach(guard -> StaffChecks.tell(guard, before, after));
          StaffChecks.checkVersion(before, change.version());
          StaffChecks.checkInPerson(before, change, confirmed);
          StaffChecks.checkHierarchy(after, all);
          StaffChecks.checkAdministrators(before, after, all);
          rows.update(after);
          moves.note(id, before.reportsTo(), after.reportsTo());
          if (password != null) {
            passwords.replace(id, password);
          }
          AuditEvent event = StaffEvents.changed(before, after, password != null, all);
          if (!event.unchanged()) {
            trail.record(event);
          }
          passwords.follow(before, after, confirmed);
          return after;
        });
  }

  private Account changed(Account before, AccountChange change) {
    Long superior = change.reportsTo();
    return new Account(
        before.id(),
        before.login(),
        change.name() == null ? before.name() : StaffTexts.name("name", change.name()),
        change.email() == null ? before.email() : StaffTexts.email(change.email()),
        change.phone() == null ? before.phone() : StaffTexts.blankToNull(change.phone()),
        Objects.requireNonNullElse(change.roles(), before.roles()),
        Objects.requireNonNullElse(change.active(), before.active()),
        change.timeZone() == null ? before.timeZone() : StaffTexts.timeZone(change.timeZone()),
        change.locale() == null ? before.locale() : StaffTexts.blankToNull(change.locale()),
        superior == null ? before.reportsTo() : superior == 0 ? null : superior,
        before.version() + 1,
        before.createdAt(),
        clock.instant());
  }

  @Override
  public void verifyPassword(long id, String present) {
    passwords.verify(account(id), present);
  }

  @Override
  public long changePassword(long id, String present, String next) {
    Account account = account(id);
    passwords.verify(account, present);
    String hash = passwords.hash(next, account);
    return change(
        () -> {
          long ends = passwords.set(id, hash);
          trail.record(StaffEvents.passwordChanged(StaffChecks.find(id, rows.accounts())));
          return ends;
        });
  }

  /**
   * Sets a password by a link. Anybody may try: nothing is hashed and nobody is held up for a link that does not work.
   *
   * @param owner whose link it is; empty when it does not work
   * @param use uses the link up in the transaction and tells whose it is
   */
  void setByLink(OptionalLong owner, Supplier<OptionalLong> use, String text) {
    Account account =
        (owner.isPresent() ? directory.account(owner.getAsLong()) : Optional.<Account>empty())
            .filter(Account::active)
            .orElseThrow(StaffRegister::deadLink);
    String hash = passwords.hash(text, account);
    change(
        () -> {
          Account now = StaffChecks.find(account.id(), rows.accounts());
          if (!now.active() || !use.get().equals(owner)) {
            throw deadLink();
          }
          passwords.replace(now.id(), hash);
          rows.confirmEmail(now.id(), true);
          trail.record(StaffEvents.passwordChanged(now));
          return now;
        });
  }

  private static RefusedException deadLink() {
    return RefusedException.invalid(
        "The link no longer works",
        Violation.of("token", null, "a link that is not too old and was not used"));
  }

  @Override
  public Users.Team createTeam(String name, List<Long> members) {
    return change(
        () -> {
          Users.Team team =
              new Users.Team(
                  ids.next("team"),
                  StaffChecks.teamName(name, 0, rows.teams()),
                  StaffChecks.members(members, rows.accounts()),
                  1);
          rows.insertTeam(team);
          trail.record(StaffEvents.team(null, team, rows.accounts()));
          return team;
        });
  }

  @Override
  public Users.Team changeTeam(long id, TeamChange change) {
    return change(
        () -> {
          Users.Team before = StaffChecks.team(id, rows.teams());
          StaffChecks.checkVersion(before, change.version());
          String name = change.name();
          List<Long> members = change.members();
          Users.Team after =
              new Users.Team(
                  id,
                  name == null ? before.name() : StaffChecks.teamName(name, id, rows.teams()),
                  members == null
                      ? before.members()
                      : StaffChecks.members(members, rows.accounts()),
                  before.version() + 1);
          updateTeam(before, after);
          return after;
        });
  }

  @Override
  public void deleteTeam(long id) {
    change(
        () -> {
          Users.Team before = StaffChecks.team(id, rows.teams());
          rows.deleteTeam(id);
          trail.record(StaffEvents.team(before, null, rows.accounts()));
          return id;
        });
  }

  @Override
  public void setTeams(long userId, Set<Long> wanted) {
    locked(
        () -> {
          StaffChecks.find(userId, rows.accounts());
          List<Users.Team> all = rows.teams();
          StaffChecks.checkTeams(wanted, all);
          List<Users.Team> other =
              all.stream()
                  .filter(team -> wanted.contains(team.id()) != team.members().contains(userId))
                  .toList();
          if (!other.isEmpty()) {
            guards.forEach(Guard::changing);
          }
          for (Users.Team team : other) {
            List<Long> members = new ArrayList<>(team.members());
            if (wanted.contains(team.id())) {
              members.add(userId);
            } else {
              members.remove(userId);
            }
            updateTeam(team, new Users.Team(team.id(), team.name(), members, team.version() + 1));
          }
          return userId;
        });
  }

  private void updateTeam(Users.Team before, Users.Team after) {
    rows.updateTeam(after);
    AuditEvent event = StaffEvents.team(before, after, rows.accounts());
    if (!event.unchanged()) {
      trail.record(event);
    }
  }

  @Override
  public List<Users.Team> teams() {
    return List.copyOf(directory.teams());
  }

  @Override
  public Roster roster() {
    return new Roster(rows.accounts(), rows.teams());
  }

  @Override
  public long version() {
    return directory.version();
  }

  @Override
  public Known known() {
    return directory.known();
  }

  @Override
  public boolean inChange() {
    return directory.inChange();
  }

  @Override
  public <T> T alone(Supplier<T> work) {
    return change(work);
  }

  @Override
  public <T> T aside(long userId, Supplier<T> work) {
    return locked(
        () -> {
          Account before = StaffChecks.find(userId, rows.accounts());
          guards.forEach(guard -> guard.changingDetails(before));
          return work.get();
        });
  }

  private <T> T change(Supplier<T> work) {
    return locked(
        () -> {
          guards.forEach(Guard::changing);
          return work.get();
        });
  }

  /** Nobody else changes users meanwhile; the work calls the guards itself before it writes. */
  private <T> T locked(Supplier<T> work) {
    T result =
        transaction.execute(
            status -> {
              directory.changing();
              return work.get();
            });
    return Objects.requireNonNull(result);
  }
}
