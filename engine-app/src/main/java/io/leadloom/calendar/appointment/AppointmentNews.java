package io.leadloom.calendar.appointment;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Tells the journal of the lead or contact what became of an appointment, so that the timeline shows who booked, moved or
 * deleted it and when. Notes are not told: whoever may not see the appointment may see the timeline.
 */
@Component
class AppointmentNews {

  private final Journal journal;
  private final Clock clock;

  AppointmentNews(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  void booked(Appointment appointment, Cause cause) {
    tell(JournalKind.APPOINTMENT_BOOKED, appointment, Map.of(), cause);
  }

  void changed(Appointment before, Appointment after, Cause cause) {
    boolean moved = !before.span().equals(after.span());
    if (moved || before.status() != after.status()) {
      tell(
          JournalKind.APPOINTMENT_CHANGED,
          after,
          moved ? Map.of("before", before.span().from().toString()) : Map.of(),
          cause);
    }
  }

  /** It belongs to somebody else now. */
  void given(Appointment appointment, Cause cause) {
    tell(
        JournalKind.APPOINTMENT_CHANGED,
        appointment,
        Map.of("owner", Long.toString(appointment.owner())),
        cause);
  }

  void deleted(Appointment appointment, Cause cause) {
    tell(JournalKind.APPOINTMENT_DELETED, appointment, Map.of(), cause);
  }

  private void tell(
      JournalKind kind, Appointment appointment, Map<String, String> more, Cause cause) {
    Map<String, String> detail = new HashMap<>(more);
    detail.put("appointment", Long.toString(appointment.id()));
    detail.put("start", appointment.span().from().toString());
    detail.put("end", appointment.span().to().toString());
    detail.put("status", appointment.status().key());
    journal.append(
        List.of(
            new JournalEntry(
                clock.instant(),
                kind,
                appointment.with(),
                appointment.with(),
                Map.of(),
                detail,
                cause)));
  }
}
