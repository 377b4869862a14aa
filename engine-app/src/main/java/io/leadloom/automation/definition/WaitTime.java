package io.leadloom.automation.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.Duration;
import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Until when a wait card waits (AUT-020). A time in the past means: go on at once. */
public sealed interface WaitTime {

  /**
   * When the wait ends.
   *
   * @param record the values of the run's record; null when it is gone
   */
  Instant due(Instant now, @Nullable Values record);

  /** A length of time from now. */
  record For(Duration duration, ZoneId zone) implements WaitTime {
    @Override
    public Instant due(Instant now, @Nullable Values record) {
      return duration.after(now, zone);
    }
  }

  /** A fixed moment. */
  record Until(Instant moment) implements WaitTime {
    @Override
    public Instant due(Instant now, @Nullable Values record) {
      return moment;
    }
  }

  /** A date or date-time field of the record, moved by an offset; an empty field means: go on at once. */
  record UntilField(
      String field, @Nullable Duration offset, @Nullable LocalTime timeOfDay, ZoneId zone)
      implements WaitTime {
    @Override
    public Instant due(Instant now, @Nullable Values record) {
      Object value = record == null ? null : record.get(field);
      ZonedDateTime moment;
      if (value instanceof LocalDate date) {
        moment = date.atTime(timeOfDay == null ? LocalTime.MIDNIGHT : timeOfDay).atZone(zone);
      } else if (value instanceof Instant instant) {
        moment = instant.atZone(zone);
      } else {
        return now;
      }
      if (offset != null) {
        moment = offset.after(moment);
      }
      if (timeOfDay != null) {
        moment = moment.with(timeOfDay);
      }
      return moment.toInstant();
    }
  }

  /** The next time of day on one of the weekdays. */
  record TimeOfDay(LocalTime time, Set<DayOfWeek> weekdays, ZoneId zone) implements WaitTime {
    @Override
    public Instant due(Instant now, @Nullable Values record) {
      ZonedDateTime here = now.atZone(zone);
      for (int days = 0; days <= 7; days++) {
        ZonedDateTime moment = here.toLocalDate().plusDays(days).atTime(time).atZone(zone);
        if (!moment.isBefore(here)
            && (weekdays.isEmpty() || weekdays.contains(moment.getDayOfWeek()))) {
          return moment.toInstant();
        }
      }
      return now;
    }
  }

  /** Reads the settings of a wait; problems go to {@code settings} and null is returned. */
  static @Nullable WaitTime read(CardSettings settings, Schema schema, ZoneId zone) {
    JsonNode json = settings.json();
    ZoneId here = zone;
    try {
      String zoneId = settings.optional("timeZone");
      here = zoneId == null ? zone : ZoneId.of(zoneId);
    } catch (DateTimeException e) {
      settings.problem("timeZone", json.path("timeZone"), "a time zone such as Europe/Berlin");
    }
    String kind = settings.required("kind");
    return switch (kind) {
      case "duration" -> {
        if (json.has("iso")) {
          yield iso(settings, here);
        }
        Duration duration = Duration.read(json).orElse(null);
        if (duration == null || duration.amount() < 0) {
          settings.problem(
              "amount",
              json.path("amount"),
              "a whole number and a unit: minutes, hours, days or weeks");
          yield null;
        }
        yield new For(duration, here);
      }
      case "until" -> {
        try {
          yield new Until(moment(settings.required("date"), here));
        } catch (DateTimeException e) {
          settings.problem("date", json.path("date"), "a date and time such as 2026-12-24T09:00");
          yield null;
        }
      }
      case "untilField" -> untilField(settings, schema, here);
      case "timeOfDay" -> timeOfDay(settings, here);
      default -> {
        settings.problem("kind", kind, "duration, until, untilField or timeOfDay");
        yield null;
      }
    };
  }

  private static @Nullable WaitTime untilField(CardSettings settings, Schema schema, ZoneId zone) {
    String key = settings.required("field");
    Field field = schema.field(EntityType.LEAD, key).orElse(null);
    if (field == null || field.type() != FieldType.DATE && field.type() != FieldType.DATE_TIME) {
      settings.problem("field", key, "the key of a date or date-time field");
      return null;
    }
    return new UntilField(
        field.key(),
        settings.duration("offset").orElse(null),
        time(settings, "timeOfDay", false),
        zone);
  }

  private static @Nullable WaitTime timeOfDay(CardSettings settings, ZoneId zone) {
    Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    for (String day : settings.texts("weekdays")) {
      try {
        weekdays.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        settings.problem("weekdays", day, "names of weekdays such as monday");
      }
    }
    LocalTime time = time(settings, "time", true);
    return time == null ? null : new TimeOfDay(time, weekdays, zone);
  }

  /** Reads a time of day such as 09:00. */
  static @Nullable LocalTime time(CardSettings settings, String key, boolean required) {
    String text = required ? settings.required(key) : settings.optional(key);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    } catch (DateTimeException e) {
      settings.problem(key, text, "a time of day such as 09:00");
      return null;
    }
  }

  private static @Nullable WaitTime iso(CardSettings settings, ZoneId zone) {
    String text = settings.required("iso");
    try {
      return new ForIso(new IsoDuration(text), zone);
    } catch (DateTimeException e) {
      settings.problem("timer", text, "an ISO 8601 duration such as PT4H or P1D");
      return null;
    }
  }

  private static Instant moment(String text, ZoneId zone) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d$")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(zone).toInstant();
  }

  /** A duration as standard BPMN timers give it. */
  record ForIso(IsoDuration duration, ZoneId zone) implements WaitTime {
    @Override
    public Instant due(Instant now, @Nullable Values record) {
      return duration.after(now.atZone(zone)).toInstant();
    }
  }

  /** Years to days by the calendar, hours to seconds by the clock. */
  record IsoDuration(java.time.Period period, java.time.Duration time) {

    IsoDuration(String text) {
      this(period(text), time(text));
    }

    ZonedDateTime after(ZonedDateTime from) {
      return from.plus(period).plus(time);
    }

    private static java.time.Period period(String text) {
      int t = text.indexOf('T');
      String days = t < 0 ? text : text.substring(0, t);
      return days.equals("P") ? java.time.Period.ZERO : java.time.Period.parse(days);
    }

    private static java.time.Duration time(String text) {
      int t = text.indexOf('T');
      return t < 0 ? java.time.Duration.ZERO : java.time.Duration.parse("P" + text.substring(t));
    }
  }
}
