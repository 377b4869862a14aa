package io.leadloom.identity.person;

import io.leadloom.identity.Users;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.company.MeetingTimes;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The weeks of personal profiles, for whoever finds free times in them. */
@Component
class KeptWeeks implements MeetingTimes {

  private final ProfileRows rows;
  private final Users users;
  private final AccountSettings settings;

  KeptWeeks(ProfileRows rows, Users users, AccountSettings settings) {
    this.rows = rows;
    this.users = users;
    this.settings = settings;
  }

  @Override
  @Transactional(readOnly = true)
  public Week of(long userId) {
    PersonalProfile profile = rows.read(userId);
    Map<DayOfWeek, List<Hours>> days = new EnumMap<>(DayOfWeek.class);
    profile
        .availability()
        .days()
        .forEach(
            (day, hours) ->
                days.put(day, hours.stream().map(one -> new Hours(one.from(), one.to())).toList()));
    ZoneId zone =
        users
            .reader(userId)
            .flatMap(reader -> java.util.Optional.ofNullable(reader.timeZone()))
            .map(ZoneId::of)
            .orElseGet(settings::timeZone);
    return new Week(zone, days, profile.meetingLocation());
  }

  @Override
  @Transactional
  public void begin(long userId, Map<DayOfWeek, List<Hours>> days) {
    PersonalProfile before = rows.read(userId);
    if (!before.availability().days().isEmpty()) {
      return;
    }
    Map<DayOfWeek, List<Availability.Interval>> hours = new EnumMap<>(DayOfWeek.class);
    days.forEach(
        (day, some) ->
            hours.put(
                day,
                some.stream()
                    .map(one -> new Availability.Interval(one.from(), one.to()))
                    .toList()));
    rows.write(before.withAvailability(new Availability(hours)));
  }
}
