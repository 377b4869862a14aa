package io.leadloom.calendar.choice;

import io.leadloom.calendar.account.AccountEvents;
import io.leadloom.calendar.account.AccountTokens;
import io.leadloom.calendar.account.AccountTold;
import io.leadloom.calendar.account.Accounts;
import io.leadloom.calendar.account.ConnectedAccount;
import io.leadloom.calendar.outside.Outside;
import io.leadloom.calendar.outside.OutsideCalendars.Found;
import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which calendars of a user are looked at, and which one appointments are written to (SET-045 to SET-047). As long as there
 * is one that can be written to, exactly one is primary.
 */
@Component
public class CalendarChoices {

  /** At most so many are looked at for one user. */
  static final int MOST_CHECKED = 50;

  /** What refuses calendars is looked up again, but not at each question. */
  private static final Duration LOOKED = Duration.ofMinutes(10);

  private static final int KEPT = 1_000;

  private final CalendarRows rows;
  private final LeftEntries left;
  private final Accounts accounts;
  private final AccountTokens tokens;
  private final Outside outside;
  private final TransactionTemplate transaction;
  private final TransactionTemplate reading;
  private final AuditTrail trail;
  private final AccountTold told;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Map<Long, Instant> lookedAgain =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Instant> eldest) {
          return size() > KEPT;
        }
      };

  CalendarChoices(
      CalendarRows rows,
      LeftEntries left,
      Accounts accounts,
      AccountTokens tokens,
      Outside outside,
      TransactionTemplate transaction,
      AuditTrail trail,
      AccountTold told,
      ApplicationEventPublisher events,
      Clock clock) {
    this.rows = rows;
    this.left = left;
    this.accounts = accounts;
    this.tokens = tokens;
    this.outside = outside;
    this.transaction = transaction;
    this.reading =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    this.reading.setReadOnly(true);
    this.trail = trail;
    this.told = told;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The calendars of a user.
   *
   * @param connected whether there is an account with calendars at all (SET-046)
   * @param untold the accounts that did not tell their calendars just now, with the reason
   */
  public record Choice(
      boolean connected, List<OwnCalendar> calendars, Map<String, String> untold, int version) {
    public Choice {
      calendars = List.copyOf(calendars);
      untold = Map.copyOf(untold);
    }
  }

  /** As they were found last. */
  public Choice of(long userId) {
    return choice(userId, Map.of());
  }

  private Choice choice(long userId, Map<String, String> untold) {
    boolean connected =
        accounts.of(userId).stream().anyMatch(account -> account.provider().calendars());
    return Objects.requireNonNull(
        reading.execute(
            status -> new Choice(connected, rows.of(userId), untold, rows.version(userId))));
  }

  /** Asks the providers which calendars there are now. */
  public Choice refreshed(long userId) {
    Map<String, String> untold =
        accounts.of(userId).stream()
            .filter(account -> account.provider().calendars())
            .map(account -> Map.entry(account.provider().key(), found(account)))
            .filter(told -> told.getValue().isPresent())
            .collect(Collectors.toMap(Map.Entry::getKey, told -> told.getValue().orElseThrow()));
    return choice(userId, untold);
  }

  /** Asks one provider; says why it did not tell. */
  private Optional<String> found(ConnectedAccount account) {
    List<Found> found;
    try {
      found =
          tokens.call(
              account.id(), token -> outside.calendars(account.provider()).calendars(token));
    } catch (OutsideFailure e) {
      return Optional.of(e.getMessage());
    }
    transaction.executeWithoutResult(status -> keep(account, found));
    accounts.looked(account, true);
    return Optional.empty();
  }

  private void keep(ConnectedAccount account, List<Found> found) {
    long userId = account.userId();
    rows.lock(userId);
    List<OwnCalendar> before = rows.of(userId);
    // It may have been disconnected while it was asked.
    if (accounts.find(account.id()).isPresent()) {
      boolean changed = rows.replace(userId, account.id(), found);
      if (choosePrimary(userId) || changed) {
        rows.changed(userId);
        tell(userId, before, rows.of(userId));
      }
    }
    if (rows.primary(userId).isPresent()) {
      events.publishEvent(new CalendarsFound(userId));
    }
  }

  /** The owner hears of what he has chosen and what is not so any more. */
  private void tell(long userId, List<OwnCalendar> before, List<OwnCalendar> after) {
    Set<Long> there = after.stream().map(OwnCalendar::id).collect(Collectors.toSet());
    Optional<OwnCalendar> old = before.stream().filter(OwnCalendar::primary).findFirst();
    Optional<OwnCalendar> fresh = after.stream().filter(OwnCalendar::primary).findFirst();
    old.filter(one -> fresh.filter(other -> other.id() == one.id()).isEmpty())
        .ifPresent(
            one -> {
              trail.record(
                  AuditEvent.of("calendars.chosen", "user", userId, "Calendars")
                      .change(
                          "primary",
                          names(before, OwnCalendar::primary),
                          names(after, OwnCalendar::primary)));
              fresh.ifPresentOrElse(
                  other -> told.stoodIn(userId, one.name(), other.name()),
                  () -> told.nonePrimary(userId, one.name()));
            });
    before.stream()
        .filter(one -> one.checked() && !one.primary() && !there.contains(one.id()))
        .forEach(one -> told.conflictGone(userId, one.name()));
  }

  /** A calendar that can be written to is primary as long as there is one; says whether that made a difference. */
  private boolean choosePrimary(long userId) {
    Optional<OwnCalendar> present = rows.primary(userId);
    if (present.filter(OwnCalendar::writable).isPresent()) {
      return false;
    }
    Optional<Long> other = rows.standIn(userId);
    if (other.isPresent()) {
      rows.makePrimary(userId, other.get());
    } else {
      rows.makeNonePrimary(userId);
    }
    return other.isPresent() || present.isPresent();
  }

  /**
   * Asks a provider which calendars there are, because it has refused one of them or because a day is over. Call it outside
   * of a transaction.
   */
  public void lookAgain(long accountId) {
    Instant now = clock.instant();
    synchronized (lookedAgain) {
      Instant last = lookedAgain.get(accountId);
      if (last != null && last.plus(LOOKED).isAfter(now) && !last.isAfter(now)) {
        return;
      }
      lookedAgain.put(accountId, now);
    }
    accounts
        .find(accountId)
        .filter(account -> account.working() && account.provider().calendars())
        .ifPresent(this::found);
  }

  /**
   * Chooses.
   *
   * @param primary the id of the calendar that appointments are written to
   * @param checked the ids of those whose busy times block
   * @param version what was read
   */
  public Choice choose(
      long userId, @Nullable Long primary, @Nullable Set<Long> checked, @Nullable Integer version) {
    Set<Long> wanted = checked == null ? Set.of() : checked;
    transaction.executeWithoutResult(
        status -> {
          int present = rows.lock(userId);
          if (!Objects.equals(version, present)) {
            throw RefusedException.outdated("the choice of calendars", version, present);
          }
          List<OwnCalendar> mine = rows.of(userId);
          Map<Long, OwnCalendar> byId =
              mine.stream().collect(Collectors.toMap(OwnCalendar::id, Function.identity()));
          List<Violation> wrong = wrong(byId, primary, wanted);
          if (!wrong.isEmpty()) {
            throw RefusedException.invalid(
                "The calendars cannot be chosen", wrong.toArray(Violation[]::new));
          }
          AuditEvent event =
              AuditEvent.of("calendars.chosen", "user", userId, "Calendars")
                  .change(
                      "primary",
                      names(mine, OwnCalendar::primary),
                      names(mine, one -> Objects.equals(one.id(), primary)))
                  .change(
                      "checked",
                      names(mine, OwnCalendar::checked),
                      names(mine, one -> wanted.contains(one.id())));
          if (event.unchanged()) {
            return;
          }
          mine.stream()
              .filter(one -> one.checked() != wanted.contains(one.id()))
              .forEach(one -> rows.check(userId, one.id(), !one.checked()));
          if (primary == null) {
            rows.makeNonePrimary(userId);
          } else {
            rows.makePrimary(userId, primary);
          }
          rows.changed(userId);
          trail.record(event);
        });
    return of(userId);
  }

  private static List<String> names(
      List<OwnCalendar> calendars, java.util.function.Predicate<OwnCalendar> which) {
    return calendars.stream().filter(which).map(OwnCalendar::name).toList();
  }

  private static List<Violation> wrong(
      Map<Long, OwnCalendar> mine, @Nullable Long primary, Set<Long> checked) {
    List<Violation> wrong = new ArrayList<>();
    OwnCalendar chosen = primary == null ? null : mine.get(primary);
    boolean none = primary == null && mine.values().stream().noneMatch(OwnCalendar::writable);
    if (!none && (chosen == null || !chosen.writable())) {
      wrong.add(
          Violation.of(
              "primary", primary, "the id of one of your calendars that you can write to"));
    }
    Set<Long> unknown = new HashSet<>(checked);
    unknown.removeAll(mine.keySet());
    if (!unknown.isEmpty()) {
      wrong.add(Violation.of("conflicts", unknown, "ids of your calendars"));
    }
    if (checked.size() > MOST_CHECKED) {
      wrong.add(
          Violation.of("conflicts", checked.size(), "at most " + MOST_CHECKED + " calendars"));
    }
    return wrong;
  }

  /** Those whose busy times block. */
  public List<OwnCalendar> checked(long userId) {
    return Objects.requireNonNull(
        reading.execute(status -> rows.of(userId).stream().filter(OwnCalendar::checked).toList()));
  }

  /** Where appointments are written to; empty without an account. In the current transaction, or one of its own. */
  public Optional<OwnCalendar> primary(long userId) {
    return Objects.requireNonNull(reading.execute(status -> rows.primary(userId)));
  }

  /** Makes whoever gives this user appointments or chooses calendars wait to the end of the current transaction. */
  public void lock(long userId) {
    rows.lock(userId);
  }

  /** Asks a fresh account at once, so that it can be used. */
  public void begin(ConnectedAccount account) {
    if (account.provider().calendars()) {
      found(account);
    }
  }

  /** Locks what bookings lock first, and keeps what stands in the calendars. */
  @EventListener
  void disconnecting(AccountEvents.Disconnecting event) {
    rows.lock(event.account().userId());
    left.leave(event.account().id());
  }

  @EventListener
  void disconnected(AccountEvents.Disconnected event) {
    long userId = event.account().userId();
    rows.lock(userId);
    choosePrimary(userId);
    rows.changed(userId);
  }
}
