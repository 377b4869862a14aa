package io.leadloom.calendar.appointment;

import io.leadloom.calendar.outside.Span;
import io.leadloom.calendar.time.BusyTimes;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Says what an appointment would clash with (ENG-068). */
@Component
class Clashes {

  private static final int SHOWN = 10;

  private final AppointmentRows appointments;
  private final EntryRows entries;
  private final BusyTimes busy;
  private final TransactionTemplate reading;

  Clashes(
      AppointmentRows appointments,
      EntryRows entries,
      BusyTimes busy,
      TransactionTemplate transaction) {
    this.appointments = appointments;
    this.entries = entries;
    this.busy = busy;
    this.reading =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    this.reading.setReadOnly(true);
  }

  /**
   * What the outside calendars of an owner say now, without the entry of the appointment itself. Call it outside of a
   * transaction: providers are asked.
   */
  BusyTimes.Found outside(long owner, Span span, @Nullable Long appointment) {
    return withoutOwn(busy.of(owner, span, true), span, appointment);
  }

  /** What was found without the entry of the appointment itself. */
  BusyTimes.Found withoutOwn(BusyTimes.Found found, Span span, @Nullable Long appointment) {
    EntryRows.Entry own =
        appointment == null
            ? null
            : Objects.requireNonNull(reading.execute(status -> entries.of(appointment)))
                .orElse(null);
    List<BusyTimes.Taken> taken = new ArrayList<>();
    for (BusyTimes.Taken one : found.taken()) {
      if (!one.span().overlaps(span)) {
        continue;
      }
      if (own == null || own.calendarId() != one.calendar().id()) {
        taken.add(one);
      } else if (one.event() != null) {
        if (!one.event().equals(own.event())) {
          taken.add(one);
        }
      } else {
        // Nobody says which entry it is: without the time that the own one takes.
        one.span().without(own.standing() == null ? List.of() : List.of(own.standing())).stream()
            .filter(rest -> rest.overlaps(span))
            .map(rest -> new BusyTimes.Taken(rest, null, one.calendar()))
            .forEach(taken::add);
      }
    }
    return new BusyTimes.Found(taken, found.unasked(), found.at());
  }

  /**
   * Refuses a time that is taken. In the transaction that has the lock of the owner.
   *
   * @param asOwner whether it is told what takes the time; others hear only that this time is taken
   */
  void refuse(
      long owner, Span span, @Nullable Long appointment, BusyTimes.Found outside, boolean asOwner) {
    List<Violation> clashes = new ArrayList<>();
    List<Span> own = new ArrayList<>();
    List<Span> taken = new ArrayList<>();
    for (Appointment other : appointments.taking(owner, span, SHOWN + 1)) {
      if (!Objects.equals(other.id(), appointment)) {
        own.add(other.span());
        taken.add(other.span());
        clashes.add(clash(other.span(), "there is an appointment then"));
      }
    }
    outside.taken().stream()
        // An appointment and its entry are one clash.
        .filter(one -> !one.span().without(own).isEmpty())
        .forEach(
            one -> {
              taken.add(one.span());
              clashes.add(
                  clash(one.span(), "the calendar " + one.calendar().name() + " is busy then"));
            });
    if (!clashes.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "The time is taken",
          asOwner
              ? clashes.stream().limit(SHOWN).toList()
              : taken.stream()
                  .map(one -> one.within(span))
                  .distinct()
                  .limit(SHOWN)
                  .map(one -> clash(one, "it is taken then"))
                  .toList());
    }
  }

  private static Violation clash(Span span, String why) {
    return Violation.of(
        "confirm", span.from() + "/" + span.to(), "true, to book all the same, because " + why);
  }
}
