package io.leadloom.calendar.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.calendar.outside.Span;
import io.leadloom.calendar.time.OpenHours;
import io.leadloom.platform.company.MeetingTimes;
import io.leadloom.platform.company.MeetingTimes.Hours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weekly hours as moments, and what is free of them (SET-042, SET-047). */
class FreeTimesTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<Span> open(LocalDate day, String from, String to) {
    MeetingTimes.Week week =
        new MeetingTimes.Week(
            BERLIN,
            Map.of(
                DayOfWeek.SUNDAY, List.of(new Hours(LocalTime.parse(from), LocalTime.parse(to)))),
            null);
    return OpenHours.of(week, day, day.plusDays(5));
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from), Instant.parse(to));
  }

  @Test
  void SET_042_hoursFollowTheClockOfTheUserThroughTheYear() {
    assertThat(open(LocalDate.of(2026, 3, 22), "09:00", "10:00"))
        .containsExactly(span("2026-03-22T08:00:00Z", "2026-03-22T09:00:00Z"));
    assertThat(open(LocalDate.of(2026, 3, 29), "09:00", "10:00"))
        .containsExactly(span("2026-03-29T07:00:00Z", "2026-03-29T08:00:00Z"));
  }

  @Test
  void SET_042_hoursThatTheClocksJumpOverAreNotThereAndThoseTheyRepeatAreThereTwice() {
    // The clocks go from two to three, and half a year later from three to two.
    assertThat(open(LocalDate.of(2026, 3, 29), "02:00", "03:00")).isEmpty();
    assertThat(open(LocalDate.of(2026, 3, 29), "01:30", "03:30"))
        .containsExactly(span("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"));
    assertThat(open(LocalDate.of(2026, 10, 25), "02:00", "03:00"))
        .containsExactly(span("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"));
  }

  @Test
  void SET_042_hoursThatTouchOrOverlapAreOne() {
    MeetingTimes.Week week =
        new MeetingTimes.Week(
            BERLIN,
            Map.of(
                DayOfWeek.SUNDAY,
                List.of(
                    new Hours(LocalTime.parse("01:00"), LocalTime.parse("02:30")),
                    new Hours(LocalTime.parse("02:30"), LocalTime.parse("04:00")),
                    new Hours(LocalTime.parse("05:00"), LocalTime.parse("06:00")))),
            null);
    LocalDate night = LocalDate.of(2026, 10, 25);
    assertThat(OpenHours.of(week, night, night))
        .containsExactly(
            span("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"),
            span("2026-10-25T04:00:00Z", "2026-10-25T05:00:00Z"));
  }

  @Test
  void SET_047_whatIsTakenIsNotOfferedAndOffersStayAtRoundTimes() {
    List<Span> slots =
        FreeTimes.slots(
            List.of(span("2026-05-11T07:00:00Z", "2026-05-11T11:00:00Z")),
            List.of(
                span("2026-05-11T08:10:00Z", "2026-05-11T08:20:00Z"),
                span("2026-05-11T10:00:00Z", "2026-05-11T10:30:00Z"),
                span("2026-05-11T10:15:00Z", "2026-05-11T12:00:00Z")),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Instant.parse("2026-05-11T07:15:00Z"));
    assertThat(slots.stream().map(slot -> slot.from().toString().substring(11, 16)))
        .containsExactly("07:30", "08:30", "09:00", "09:30");
  }

  @Test
  void aSpanWithoutOthersIsWhatTheyLeave() {
    Span day = span("2026-05-11T07:00:00Z", "2026-05-11T11:00:00Z");
    assertThat(day.without(List.of(day))).isEmpty();
    assertThat(day.without(List.of())).containsExactly(day);
    assertThat(day.without(List.of(span("2026-05-11T08:00:00Z", "2026-05-11T09:00:00Z"))))
        .containsExactly(
            span("2026-05-11T07:00:00Z", "2026-05-11T08:00:00Z"),
            span("2026-05-11T09:00:00Z", "2026-05-11T11:00:00Z"));
  }
}
