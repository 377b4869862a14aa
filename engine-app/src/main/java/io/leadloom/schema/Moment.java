package io.leadloom.schema;

import io.leadloom.platform.filter.Operand;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A point in time of a comparison. Days begin in the account's time zone (AUT-D03), and relative ones are counted from
 * the time of evaluation, so both are given when it is resolved.
 */
public sealed interface Moment {

  /** The moment itself; for a day, its start. */
  Instant instant(Instant now, ZoneId zone);

  /** The day on which the moment lies. */
  LocalDate day(Instant now, ZoneId zone);

  /** A fixed moment. */
  record Exact(Instant at) implements Moment {
    @Override
    public Instant instant(Instant now, ZoneId zone) {
      return at;
    }

    @Override
    public LocalDate day(Instant now, ZoneId zone) {
      return LocalDate.ofInstant(at, zone);
    }
  }

  /** A local time written without a zone. */
  record Local(LocalDateTime at) implements Moment {
    @Override
    public Instant instant(Instant now, ZoneId zone) {
      return at.atZone(zone).toInstant();
    }

    @Override
    public LocalDate day(Instant now, ZoneId zone) {
      return at.toLocalDate();
    }
  }

  /** The start of a fixed day. */
  record Day(LocalDate on) implements Moment {
    @Override
    public Instant instant(Instant now, ZoneId zone) {
      return on.atStartOfDay(zone).toInstant();
    }

    @Override
    public LocalDate day(Instant now, ZoneId zone) {
      return on;
    }
  }

  /** So much before (negative) or after the time of evaluation. */
  record FromNow(long amount, Operand.Unit unit) implements Moment {
    @Override
    public Instant instant(Instant now, ZoneId zone) {
      return now.atZone(zone).plus(amount, Moment.unit(unit)).toInstant();
    }

    @Override
    public LocalDate day(Instant now, ZoneId zone) {
      return LocalDate.ofInstant(instant(now, zone), zone);
    }
  }

  /**
   * So much before (negative) or after the start of the day of evaluation.
   *
   * @param furtherDays days to add after that: 1 turns the start of a day into its end
   */
  record FromToday(long amount, Operand.Unit unit, int furtherDays) implements Moment {
    @Override
    public Instant instant(Instant now, ZoneId zone) {
      return at(now, zone).toInstant();
    }

    @Override
    public LocalDate day(Instant now, ZoneId zone) {
      return at(now, zone).toLocalDate();
    }

    private ZonedDateTime at(Instant now, ZoneId zone) {
      ZonedDateTime start = LocalDate.ofInstant(now, zone).atStartOfDay(zone);
      return start.plus(amount, Moment.unit(unit)).plusDays(furtherDays);
    }
  }

  private static ChronoUnit unit(Operand.Unit unit) {
    return ChronoUnit.valueOf(unit.name());
  }
}
