package io.leadloom.record.match;

import io.leadloom.platform.filter.Operand;
import io.leadloom.schema.Comparison.DayRange;
import io.leadloom.schema.Comparison.TimeRange;
import io.leadloom.schema.Moment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Comparisons of moments and days with ends that may move with the time. */
final class TimeTest {

  private TimeTest() {}

  /** The part of a moment that moves: so much before or after now, or the start of today. */
  private record Moving(long amount, ChronoUnit unit, boolean today, int furtherDays) {}

  private static @Nullable Moving moving(@Nullable Moment moment) {
    if (moment instanceof Moment.FromNow now) {
      return new Moving(now.amount(), unit(now.unit()), false, 0);
    }
    if (moment instanceof Moment.FromToday today) {
      return new Moving(today.amount(), unit(today.unit()), true, today.furtherDays());
    }
    return null;
  }

  static boolean moves(@Nullable Moment moment) {
    return moving(moment) != null;
  }

  private static ChronoUnit unit(Operand.Unit unit) {
    return ChronoUnit.valueOf(unit.name());
  }

  /** A moment within a range. */
  record Moments(String key, TimeRange range, ZoneId zone) implements Node {

    @Override
    public boolean test(Facts facts, Instant now) {
      if (!(facts.value(key) instanceof Instant at)) {
        return range.negated();
      }
      return (from(at, now) && until(at, now)) != range.negated();
    }

    private boolean from(Instant at, Instant now) {
      Moment from = range.from();
      if (from == null) {
        return true;
      }
      int order = at.compareTo(from.instant(now, zone));
      return range.fromIncluded() ? order >= 0 : order > 0;
    }

    private boolean until(Instant at, Instant now) {
      Moment until = range.until();
      if (until == null) {
        return true;
      }
      int order = at.compareTo(until.instant(now, zone));
      return range.untilIncluded() ? order <= 0 : order < 0;
    }

    @Override
    public void flips(Facts facts, Instant now, Consumer<Instant> found) {
      if (facts.value(key) instanceof Instant at) {
        flip(moving(range.from()), at, now, time -> from(at, time), found);
        flip(moving(range.until()), at, now, time -> until(at, time), found);
      }
    }

    @Override
    public boolean changesByTime() {
      return moves(range.from()) || moves(range.until());
    }

    private void flip(
        @Nullable Moving end,
        Instant at,
        Instant now,
        Predicate<Instant> holds,
        Consumer<Instant> found) {
      if (end == null) {
        return;
      }
      ZonedDateTime back =
          at.atZone(zone).minusDays(end.furtherDays()).minus(end.amount(), end.unit());
      tell(Flips.next(holds, now, back.toInstant(), guesses(back, end.today(), zone)), found);
    }
  }

  /** A day within a range of days. */
  record Days(String key, DayRange range, ZoneId zone) implements Node {

    @Override
    public boolean test(Facts facts, Instant now) {
      if (!(facts.value(key) instanceof LocalDate day)) {
        return range.negated();
      }
      return (from(day, now) && until(day, now)) != range.negated();
    }

    private boolean from(LocalDate day, Instant now) {
      LocalDate first = range.first(now, zone);
      return first == null || !day.isBefore(first);
    }

    private boolean until(LocalDate day, Instant now) {
      LocalDate last = range.last(now, zone);
      return last == null || !day.isAfter(last);
    }

    @Override
    public void flips(Facts facts, Instant now, Consumer<Instant> found) {
      if (facts.value(key) instanceof LocalDate day) {
        flip(moving(range.from()), day.minusDays(range.fromShift()), now, t -> from(day, t), found);
        flip(
            moving(range.until()),
            day.minusDays(range.untilShift()),
            now,
            t -> until(day, t),
            found);
      }
    }

    @Override
    public boolean changesByTime() {
      return moves(range.from()) || moves(range.until());
    }

    private void flip(
        @Nullable Moving end,
        LocalDate day,
        Instant now,
        Predicate<Instant> holds,
        Consumer<Instant> found) {
      if (end == null) {
        return;
      }
      ZonedDateTime back =
          day.minusDays(end.furtherDays()).atStartOfDay(zone).minus(end.amount(), end.unit());
      tell(Flips.next(holds, now, back.toInstant(), guesses(back, true, zone)), found);
    }
  }

  /** An activity of a type, since so long ago or ever. */
  record Activity(String type, @Nullable Moving since, ZoneId zone) implements Node {

    static Activity ever(String type, ZoneId zone) {
      return new Activity(type, null, zone);
    }

    static Activity within(String type, long amount, Operand.Unit unit, ZoneId zone) {
      return new Activity(type, new Moving(-Math.abs(amount), unit(unit), false, 0), zone);
    }

    @Override
    public boolean test(Facts facts, Instant now) {
      Instant last = facts.lastActivity(type);
      return last != null && since(last, now);
    }

    private boolean since(Instant last, Instant now) {
      return since == null
          || !last.isBefore(now.atZone(zone).plus(since.amount(), since.unit()).toInstant());
    }

    @Override
    public void flips(Facts facts, Instant now, Consumer<Instant> found) {
      Instant last = facts.lastActivity(type);
      if (last != null && since != null) {
        ZonedDateTime back = last.atZone(zone).minus(since.amount(), since.unit());
        tell(
            Flips.next(t -> since(last, t), now, back.toInstant(), guesses(back, false, zone)),
            found);
      }
    }

    @Override
    public boolean changesByTime() {
      return since != null;
    }
  }

  private static List<Instant> guesses(ZonedDateTime back, boolean days, ZoneId zone) {
    List<Instant> guesses = new ArrayList<>();
    guesses.add(back.toInstant());
    guesses.add(back.toInstant().plus(1, ChronoUnit.MICROS));
    if (days) {
      for (int further = -1; further <= 2; further++) {
        guesses.add(back.toLocalDate().plusDays(further).atStartOfDay(zone).toInstant());
      }
    }
    return guesses;
  }

  private static void tell(@Nullable Instant flip, Consumer<Instant> found) {
    if (flip != null) {
      found.accept(flip);
    }
  }
}
