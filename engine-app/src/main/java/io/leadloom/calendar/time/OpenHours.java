package io.leadloom.calendar.time;

import io.leadloom.calendar.outside.Span;
import io.leadloom.platform.company.MeetingTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Weekly hours as moments. Hours that the clocks jump over are not there, those that they show twice are there twice: an
 * interval lasts from the first time that the clock shows its start to the last time that it shows its end.
 */
public final class OpenHours {

  private OpenHours() {}

  /** The hours of these days, both included, in their order. */
  public static List<Span> of(MeetingTimes.Week week, LocalDate first, LocalDate last) {
    List<Span> open = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      for (MeetingTimes.Hours hours : week.days().getOrDefault(day.getDayOfWeek(), List.of())) {
        Span span =
            new Span(
                moment(day, hours.from(), week.zone(), true),
                moment(day, hours.to(), week.zone(), false));
        if (!span.empty()) {
          open.add(span);
        }
      }
    }
    return joined(open);
  }

  /** Hours that touch or overlap are one. */
  private static List<Span> joined(List<Span> open) {
    List<Span> joined = new ArrayList<>();
    open.stream()
        .sorted(Comparator.comparing(Span::from))
        .forEach(
            span -> {
              Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
              if (last == null || span.from().isAfter(last.to())) {
                joined.add(span);
              } else if (span.to().isAfter(last.to())) {
                joined.set(joined.size() - 1, new Span(last.from(), span.to()));
              }
            });
    return joined;
  }

  private static Instant moment(LocalDate day, LocalTime time, ZoneId zone, boolean first) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(day.atTime(time));
    if (offsets.isEmpty()) {
      // The clocks jump over it: the moment of the jump.
      return zone.getRules().getTransition(day.atTime(time)).getInstant();
    }
    return day.atTime(time).toInstant(offsets.get(first ? 0 : offsets.size() - 1));
  }
}
