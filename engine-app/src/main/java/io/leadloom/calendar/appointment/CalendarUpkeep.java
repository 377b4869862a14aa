package io.leadloom.calendar.appointment;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.calendar.account.Accounts;
import io.leadloom.calendar.account.ConnectedAccount;
import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.calendar.choice.LeftEntries;
import io.leadloom.identity.Users;
import io.leadloom.platform.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks after calendars every quarter of an hour: they are looked up once a day, entries that were given up are tried again
 * twice a day, and accounts of users who are not active any more are disconnected: as soon as they have no appointments to
 * come and nothing is left to take out, and after a week in any case (SET-037).
 */
@Component
public class CalendarUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(CalendarUpkeep.class);
  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);

  /** Deliveries of entries are tried for about four hours. */
  private static final Duration GIVEN_UP = Duration.ofHours(6);

  private static final Duration ROUND = Duration.ofHours(12);
  private static final Duration SWEPT_FOR = Duration.ofDays(30);
  private static final Duration IDLE_FOR = Duration.ofDays(7);
  private static final Duration LEFT_FOR = Duration.ofDays(400);
  private static final int AT_ONCE = 200;
  private static final int FORGOTTEN = 1_000;

  private final Accounts accounts;
  private final CalendarChoices choices;
  private final CalendarEntries entries;
  private final EntryRows rows;
  private final AppointmentRows appointments;
  private final LeftEntries left;
  private final Users users;
  private final TransactionTemplate transaction;
  private final Clock clock;

  CalendarUpkeep(
      Accounts accounts,
      CalendarChoices choices,
      CalendarEntries entries,
      EntryRows rows,
      AppointmentRows appointments,
      LeftEntries left,
      Users users,
      TransactionTemplate transaction,
      Clock clock) {
    this.accounts = accounts;
    this.choices = choices;
    this.entries = entries;
    this.rows = rows;
    this.appointments = appointments;
    this.left = left;
    this.users = users;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Does what is due. */
  public void run() {
    Instant now = clock.instant();
    idle(now);
    look(now);
    entries.sweep(
        now.minus(SWEPT_FOR),
        now.minus(GIVEN_UP),
        Long.toString(now.getEpochSecond() / ROUND.toSeconds()));
    transaction.executeWithoutResult(status -> left.forget(now.minus(LEFT_FOR), FORGOTTEN));
  }

  /** Those that were not looked at for a day; of users who are not active none is asked. */
  private void look(Instant now) {
    for (ConnectedAccount account : accounts.unlooked(now.minus(DAY), AT_ONCE)) {
      boolean active = active(account.userId());
      accounts.looked(account, active);
      if (active) {
        choices.lookAgain(account.id());
      }
    }
  }

  private boolean active(long user) {
    return users.find(user).filter(Users.Person::active).isPresent();
  }

  private void idle(Instant now) {
    long after = 0;
    List<ConnectedAccount> some;
    do {
      some = accounts.after(after, AT_ONCE);
      for (ConnectedAccount account : some) {
        after = account.id();
        if (!active(account.userId())) {
          leave(account, now);
        }
      }
    } while (some.size() == AT_ONCE);
  }

  private void leave(ConnectedAccount account, Instant now) {
    Instant since = accounts.idle(account);
    boolean done =
        Objects.requireNonNull(
            transaction.execute(
                status ->
                    appointments.toCome(account.userId(), now) == 0 && rows.tidy(account.id())));
    if (done && since.isBefore(now) || since.plus(IDLE_FOR).isBefore(now)) {
      try {
        accounts.disconnect(account.userId(), account.provider());
      } catch (RefusedException e) {
        LOG.info("An account of a user who left was disconnected already");
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Housekeeping {

    @Bean
    RecurringTask<Void> calendarUpkeepTask(CalendarUpkeep upkeep) {
      return Tasks.recurring("calendar-upkeep", FixedDelay.of(EVERY))
          .execute((instance, context) -> upkeep.run());
    }
  }
}
