package io.leadloom.platform.company;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When and where people say that they can be met (SET-041, SET-042). */
public interface MeetingTimes {

  /** What a user says. */
  Week of(long userId);

  /** Keeps the hours of somebody who has not said anything yet; what somebody has said himself stays. */
  void begin(long userId, Map<DayOfWeek, List<Hours>> days);

  /** A stretch of a day; the end is not part of it. */
  record Hours(LocalTime from, LocalTime to) {}

  /**
   * The week of a user.
   *
   * @param zone the zone that the hours are in
   * @param days the hours of each weekday in their order; a day without any is missing
   * @param place where meetings take place; null when the user says nothing
   */
  record Week(ZoneId zone, Map<DayOfWeek, List<Hours>> days, @Nullable String place) {
    public Week {
      days = Map.copyOf(days);
    }
  }
}
