package io.leadloom.calendar.appointment;

import io.leadloom.calendar.outside.Span;
import io.leadloom.calendar.time.BusyTimes;
import io.leadloom.calendar.time.OpenHours;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.MeetingTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * When somebody can be given an appointment: the weekly hours without what the conflict calendars and the appointments in
 * Leadloom take (SET-042, SET-047).
 */
@Component
public class FreeTimes {

  private static final int MOST_DAYS = 31;
  private static final int SHORTEST = 5;
  private static final int LONGEST = 24 * 60;
  private static final int SMALLEST_STEP = 15;
  private static final int MOST_APPOINTMENTS = 2_000;

  private final AppointmentRows appointments;
  private final BusyTimes busy;
  private final Clashes clashes;
  private final MeetingTimes meetings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  FreeTimes(
      AppointmentRows appointments,
      BusyTimes busy,
      Clashes clashes,
      MeetingTimes meetings,
      TransactionTemplate transaction,
      Clock clock) {
    this.appointments = appointments;
    this.busy = busy;
    this.clashes = clashes;
    this.meetings = meetings;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Free times.
   *
   * @param zone that of the user, in which the days begin
   * @param hours whether the user has weekly hours at all; without there are no free times
   * @param unasked the calendars that could not be asked, so that they may be busy all the same
   * @param askedAt when the oldest part of what the calendars said was asked
   */
  public record Free(
      ZoneId zone,
      boolean hours,
      List<Span> slots,
      List<BusyTimes.Unasked> unasked,
      Instant askedAt) {}

  /**
   * The times at which an appointment can begin and last so long.
   *
   * @param from the first day, in the zone of the user; null for today
   * @param to the last day, included; null for six days later
   * @param step minutes from one offer to the next
   * @param moved the appointment of the user that is to be moved, whose own time is free for it; null for another one
   */
  public Free of(
      long userId,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      int minutes,
      int step,
      @Nullable Long moved) {
    MeetingTimes.Week week = meetings.of(userId);
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, week.zone());
    LocalDate first = Objects.requireNonNullElse(from, today);
    LocalDate last =
        Objects.requireNonNullElseGet(
            to, () -> first.isAfter(LocalDate.MAX.minusDays(6)) ? first : first.plusDays(6));
    check(today, first, last, minutes, step);
    List<Span> open = OpenHours.of(week, first, last);
    if (open.isEmpty()) {
      return new Free(week.zone(), !week.days().isEmpty(), List.of(), List.of(), now);
    }
    Span whole =
        new Span(
            first.atStartOfDay(week.zone()).toInstant(),
            last.plusDays(1).atStartOfDay(week.zone()).toInstant());
    BusyTimes.Found found = clashes.withoutOwn(busy.of(userId, whole, false), whole, moved);
    List<Span> taken = new ArrayList<>();
    found.taken().forEach(one -> taken.add(one.span()));
    Objects.requireNonNull(
            transaction.execute(status -> appointments.taking(userId, whole, MOST_APPOINTMENTS)))
        .stream()
        .filter(one -> !Objects.equals(one.id(), moved))
        .forEach(one -> taken.add(one.span()));
    return new Free(
        week.zone(),
        true,
        slots(open, taken, Duration.ofMinutes(minutes), Duration.ofMinutes(step), now),
        found.unasked(),
        found.at());
  }

  /** Offers begin at the start of the hours and go on in steps, so that they stand at round times. */
  static List<Span> slots(
      List<Span> open, List<Span> taken, Duration lasts, Duration step, Instant now) {
    List<Span> slots = new ArrayList<>();
    for (Span hours : open) {
      List<Span> free = hours.without(taken);
      for (Instant start = hours.from();
          !start.plus(lasts).isAfter(hours.to());
          start = start.plus(step)) {
        Span slot = new Span(start, start.plus(lasts));
        if (!start.isBefore(now)
            && free.stream()
                .anyMatch(
                    piece ->
                        !slot.from().isBefore(piece.from()) && !slot.to().isAfter(piece.to()))) {
          slots.add(slot);
        }
      }
    }
    return slots;
  }

  private static void check(
      LocalDate today, LocalDate first, LocalDate last, int minutes, int step) {
    List<Violation> wrong = new ArrayList<>();
    if (Math.abs(ChronoUnit.DAYS.between(today, first)) > 3_660) {
      wrong.add(Violation.of("from", first, "a day within ten years"));
    }
    long days = ChronoUnit.DAYS.between(first, last);
    if (days < 0 || days >= MOST_DAYS) {
      wrong.add(
          Violation.of("to", last, "a day from 'from' to " + (MOST_DAYS - 1) + " days later"));
    }
    if (minutes < SHORTEST || minutes > LONGEST) {
      wrong.add(Violation.of("minutes", minutes, "a number from " + SHORTEST + " to " + LONGEST));
    }
    if (step < SMALLEST_STEP || step > LONGEST) {
      wrong.add(Violation.of("step", step, "a number from " + SMALLEST_STEP + " to " + LONGEST));
    }
    if (!wrong.isEmpty()) {
      throw RefusedException.invalid("Free times cannot be found", wrong.toArray(Violation[]::new));
    }
  }
}
