package io.leadloom.calendar.appointment;

import io.leadloom.calendar.outside.Span;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An appointment of a user with a lead or contact (ENG-062).
 *
 * @param entry its entry in an outside calendar; null without one
 */
public record Appointment(
    long id,
    long owner,
    RecordRef with,
    Span span,
    AppointmentStatus status,
    @Nullable String notes,
    @Nullable Long createdBy,
    Instant createdAt,
    int version,
    @Nullable Entry entry) {

  /**
   * The entry in an outside calendar.
   *
   * @param written whether the entry is as it should be
   * @param problem why the last try failed; null when it did not
   */
  public record Entry(String calendar, boolean written, @Nullable String problem) {}
}
