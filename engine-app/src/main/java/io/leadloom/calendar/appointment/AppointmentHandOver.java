package io.leadloom.calendar.appointment;

import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Access;
import io.leadloom.record.OwnedElsewhere;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Appointments to come go to whoever takes over (SET-037), with leads and contacts that he can see. Their entries are taken
 * out of the calendar of whoever had them, and written into that of the other. What is over or takes no time stays.
 */
@Component
class AppointmentHandOver implements OwnedElsewhere {

  private final AppointmentRows rows;
  private final CalendarEntries entries;
  private final AppointmentNews news;
  private final CalendarChoices choices;
  private final Records records;
  private final Access access;
  private final Clock clock;

  AppointmentHandOver(
      AppointmentRows rows,
      CalendarEntries entries,
      AppointmentNews news,
      CalendarChoices choices,
      Records records,
      Access access,
      Clock clock) {
    this.rows = rows;
    this.entries = entries;
    this.news = news;
    this.choices = choices;
    this.records = records;
    this.access = access;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return "appointment";
  }

  @Override
  public long count(long user) {
    return rows.toCome(user, clock.instant());
  }

  @Override
  public Handed give(long from, long to, long after, int most, Cause cause) {
    choices.lock(Math.min(from, to));
    choices.lock(Math.max(from, to));
    List<Appointment> some = rows.toCome(from, clock.instant(), after, most);
    Set<RecordRef> seen = seen(some, to);
    List<String> kept = new ArrayList<>();
    int given = 0;
    for (Appointment appointment : some) {
      if (!seen.contains(appointment.with())) {
        kept.add(
            "appointment "
                + appointment.id()
                + ": has to be with a lead or contact that the other can see");
        continue;
      }
      rows.give(appointment.id(), to);
      Appointment fresh = rows.find(appointment.id()).orElseThrow();
      entries.follow(fresh, cause);
      news.given(fresh, cause);
      given++;
    }
    return new Handed(given, kept, some.size() < most ? null : some.get(some.size() - 1).id());
  }

  private Set<RecordRef> seen(List<Appointment> appointments, long reader) {
    Set<RecordRef> seen = new HashSet<>();
    for (EntityType type : List.of(EntityType.LEAD, EntityType.CONTACT)) {
      Set<Long> ids = new HashSet<>();
      appointments.stream()
          .map(Appointment::with)
          .filter(ref -> ref.type() == type)
          .forEach(ref -> ids.add(ref.id()));
      if (!ids.isEmpty()) {
        records.as(access.of(reader)).find(type, ids).stream().map(Record::ref).forEach(seen::add);
      }
    }
    return seen;
  }
}
