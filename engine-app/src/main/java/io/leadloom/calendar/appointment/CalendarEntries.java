package io.leadloom.calendar.appointment;

import io.leadloom.calendar.account.AccountEvents;
import io.leadloom.calendar.account.AccountTokens;
import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.calendar.choice.CalendarsFound;
import io.leadloom.calendar.choice.LeftEntries;
import io.leadloom.calendar.outside.Outside;
import io.leadloom.calendar.outside.OutsideCalendars;
import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import io.leadloom.calendar.outside.Span;
import io.leadloom.calendar.time.BusyTimes;
import io.leadloom.connection.Carrier;
import io.leadloom.connection.Deliveries;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.company.MeetingTimes;
import io.leadloom.platform.permission.Access;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes appointments into the primary calendar of their owner (SET-047, ENG-058). A change counts the revision of the
 * entry up and puts a delivery into the outbox; whoever carries one writes what the appointment is at that time, one at a
 * time for each entry, so that tries which come late or twice leave the newest, once.
 */
@Component
class CalendarEntries implements Carrier {

  private static final int ATTEMPTS = 20;
  private static final int AGAIN_AT_ONCE = 1_000;
  private static final int SWEPT = 200;

  /** A call takes some seconds at most. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration ANOTHER = Duration.ofSeconds(2);

  private final EntryRows entries;
  private final LeftEntries left;
  private final AppointmentRows appointments;
  private final CalendarChoices choices;
  private final AccountTokens tokens;
  private final Outside outside;
  private final BusyTimes busy;
  private final Titles titles;
  private final MeetingTimes meetings;
  private final Access access;
  private final Deliveries deliveries;
  private final TransactionTemplate transaction;
  private final Clock clock;

  CalendarEntries(
      EntryRows entries,
      LeftEntries left,
      AppointmentRows appointments,
      CalendarChoices choices,
      AccountTokens tokens,
      Outside outside,
      BusyTimes busy,
      Titles titles,
      MeetingTimes meetings,
      Access access,
      Deliveries deliveries,
      TransactionTemplate transaction,
      Clock clock) {
    this.entries = entries;
    this.left = left;
    this.appointments = appointments;
    this.choices = choices;
    this.tokens = tokens;
    this.outside = outside;
    this.busy = busy;
    this.titles = titles;
    this.meetings = meetings;
    this.access = access;
    this.deliveries = deliveries;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Has an appointment written as it is now, in the current transaction. What stands in the calendar of another owner is taken
   * out; what stands where nobody can write any more stays there, and the appointment goes into the primary calendar.
   */
  void follow(Appointment appointment, Cause cause) {
    entries
        .of(appointment.id())
        .filter(entry -> entry.owner() != appointment.owner() || !entry.writable())
        .ifPresent(
            entry -> {
              if (entry.writable()) {
                entries.detach(entry, clock.instant());
                send(entry.id(), entry.revision() + 1, "", appointment.with(), cause);
              } else {
                entries.delete(entry.id());
              }
            });
    if (entries.of(appointment.id()).isEmpty()) {
      choices
          .primary(appointment.owner())
          .ifPresent(calendar -> entries.insert(appointment, calendar.id()));
    }
    entries
        .of(appointment.id())
        .ifPresent(
            entry -> {
              entries.revise(entry.id(), clock.instant());
              send(entry.id(), entry.revision() + 1, "", appointment.with(), cause);
            });
  }

  private void send(long entry, int revision, String again, RecordRef root, Cause cause) {
    deliveries.enqueue(
        List.of(
            new Deliveries.Request(
                "calendar:" + entry + ":" + revision + again,
                Deliveries.Channel.CALENDAR,
                root,
                "calendar",
                "{\"entry\":" + entry + "}",
                ATTEMPTS,
                null,
                false,
                cause)));
  }

  /**
   * What was left in a calendar that is there again follows its appointment, or is taken out; appointments to come that stand
   * in no calendar are written once there is one.
   */
  @EventListener
  void found(CalendarsFound event) {
    Cause cause = Cause.system("calendar");
    for (LeftEntries.Left one : left.again(event.userId(), AGAIN_AT_ONCE)) {
      Appointment appointment =
          Optional.ofNullable(one.appointment()).flatMap(appointments::find).orElse(null);
      boolean follows =
          appointment != null
              && appointment.owner() == event.userId()
              && entries.of(appointment.id()).isEmpty();
      long id = entries.again(one, follows ? one.appointment() : null, clock.instant());
      left.taken(one);
      send(id, 1, "", one.root(), cause);
    }
    for (long id : entries.stranded(event.userId(), AGAIN_AT_ONCE)) {
      appointments.find(id).ifPresent(one -> follow(one, cause));
    }
    for (long id : appointments.unwritten(event.userId(), clock.instant(), AGAIN_AT_ONCE)) {
      appointments.find(id).ifPresent(one -> follow(one, cause));
    }
  }

  /** Tries again what was given up and is still not as it should be; called now and then. */
  void sweep(Instant from, Instant to, String round) {
    long after = 0;
    List<EntryRows.Entry> some;
    do {
      long last = after;
      some =
          Objects.requireNonNull(
              transaction.execute(
                  status -> {
                    List<EntryRows.Entry> open = entries.openSince(from, to, last, SWEPT);
                    for (EntryRows.Entry entry : open) {
                      RecordRef root = entry.root();
                      if (root != null) {
                        send(
                            entry.id(),
                            entry.revision(),
                            ":" + round,
                            root,
                            Cause.system("calendar"));
                      }
                    }
                    return open;
                  }));
      after = some.isEmpty() ? after : some.get(some.size() - 1).id();
    } while (some.size() == SWEPT);
  }

  /**
   * What was given up while an account was out of reach is tried again once it is connected again, also where the
   * appointment is gone and only its entry is left.
   */
  @EventListener
  void connected(AccountEvents.Connected event) {
    for (EntryRows.Entry entry : entries.unwritten(event.account().id(), AGAIN_AT_ONCE)) {
      if (entry.root() != null) {
        send(
            entry.id(),
            entry.revision(),
            ":" + event.account().connectedAt().toEpochMilli(),
            entry.root(),
            Cause.system("calendar"));
      }
    }
  }

  @Override
  public Deliveries.Channel channel() {
    return Deliveries.Channel.CALENDAR;
  }

  @Override
  public void carry(String key, String body) throws NotCarried {
    String digits = body.replaceAll("[^0-9]", "");
    Optional<EntryRows.Entry> claimed = claim(Long.parseLong(digits));
    if (claimed.isEmpty()) {
      return;
    }
    EntryRows.Entry entry = claimed.get();
    try {
      Wanted wanted = wanted(entry);
      String event = write(entry, wanted);
      transaction.executeWithoutResult(status -> written(entry, event, wanted));
    } catch (OutsideFailure e) {
      failed(entry, e.getMessage());
      if (e.kind() == Kind.REFUSED || e.kind() == Kind.GONE) {
        // Perhaps the calendar is not what it was.
        choices.lookAgain(entry.account());
      }
      throw new NotCarried(e.getMessage(), e.kind() != Kind.REFUSED, e.wish());
    } catch (RuntimeException e) {
      failed(entry, "It failed in an unforeseen way");
      throw e;
    } finally {
      busy.forget(entry.account());
    }
  }

  private void failed(EntryRows.Entry entry, String problem) {
    transaction.executeWithoutResult(status -> entries.failed(entry.id(), problem));
  }

  /** The entry, for this thread alone; empty when it is as it should be or is not wanted any more. */
  private Optional<EntryRows.Entry> claim(long id) throws NotCarried {
    Optional<EntryRows.Entry> found =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  Optional<EntryRows.Entry> entry =
                      entries.locked(id).filter(one -> one.revision() != one.written());
                  entry
                      .filter(one -> !leased(one))
                      .ifPresent(one -> entries.lease(id, clock.instant().plus(LEASE)));
                  return entry;
                }));
    if (found.isPresent() && leased(found.get())) {
      throw new NotCarried("Another change of this entry is on its way", true, ANOTHER);
    }
    return found;
  }

  private boolean leased(EntryRows.Entry entry) {
    return entry.leaseUntil() != null && entry.leaseUntil().isAfter(clock.instant());
  }

  /** What should stand in the calendar; nothing once the appointment is gone or takes no time. */
  private record Wanted(OutsideCalendars.@Nullable Entry entry, boolean forGood) {}

  private Wanted wanted(EntryRows.Entry entry) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Appointment appointment =
                  Optional.ofNullable(entry.appointment()).flatMap(appointments::find).orElse(null);
              if (appointment == null || !appointment.status().takesTime()) {
                return new Wanted(null, appointment == null);
              }
              return new Wanted(
                  new OutsideCalendars.Entry(
                      entry.mark(),
                      entry.id() + "-" + entry.revision(),
                      titles.of(appointment.with(), access.of(appointment.owner())),
                      appointment.notes(),
                      meetings.of(appointment.owner()).place(),
                      appointment.span()),
                  false);
            }));
  }

  private @Nullable String write(EntryRows.Entry entry, Wanted wanted) throws OutsideFailure {
    OutsideCalendars calendars = outside.calendars(entry.provider());
    OutsideCalendars.Entry fresh = wanted.entry();
    if (fresh != null) {
      return tokens.call(
          entry.account(), token -> calendars.write(token, entry.calendar(), entry.event(), fresh));
    }
    tokens.tidy(
        entry.account(),
        token -> {
          calendars.remove(token, entry.calendar(), entry.event(), entry.mark());
          return true;
        });
    return null;
  }

  private void written(EntryRows.Entry entry, @Nullable String event, Wanted wanted) {
    if (wanted.forGood()) {
      entries.delete(entry.id());
      return;
    }
    Span standing = wanted.entry() == null ? null : wanted.entry().span();
    entries.written(entry, event, standing);
  }
}
