package io.leadloom.calendar.web;

import io.leadloom.calendar.appointment.Appointments;
import io.leadloom.calendar.appointment.FreeTimes;
import io.leadloom.calendar.outside.Span;
import io.leadloom.identity.Users;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** When somebody within reach can be given an appointment (SET-042, SET-047). */
@Tag(name = "Calendar")
@RestController
class FreeSlotController {

  private final FreeTimes free;
  private final Appointments appointments;
  private final Users users;
  private final Access access;

  FreeSlotController(FreeTimes free, Appointments appointments, Users users, Access access) {
    this.free = free;
    this.appointments = appointments;
    this.users = users;
    this.access = access;
  }

  /**
   * Free times.
   *
   * @param timeZone that of the user, in which the days begin
   * @param hours whether the user has weekly hours; nothing is offered without
   * @param unasked the calendars that could not be asked
   * @param askedAt when the oldest part of what calendars said was asked, at most a minute ago
   */
  record FreeJson(
      String timeZone,
      boolean hours,
      List<Slot> slots,
      List<UnaskedJson> unasked,
      Instant askedAt) {}

  /** A time that can be taken. */
  record Slot(Instant start, Instant end) {}

  @GetMapping("/api/v1/users/{id}/free-slots")
  @Operation(
      summary = "When a user can be given an appointment",
      description =
          "Weekly hours in the zone of the user, without busy times of the conflict calendars and without appointments."
              + " At most 31 days at a time. Of an appointment that is to be moved the own time is free for it.")
  FreeJson free(
      @PathVariable("id") long id,
      @RequestParam(name = "from", required = false) @Nullable String from,
      @RequestParam(name = "to", required = false) @Nullable String to,
      @RequestParam(name = "minutes", defaultValue = "30") int minutes,
      @RequestParam(name = "step", defaultValue = "30") int step,
      @RequestParam(name = "moved", required = false) @Nullable Long moved) {
    Rights rights = access.current();
    if (!Appointments.reaches(rights, id, Action.VIEW)
        || users.find(id).filter(Users.Person::active).isEmpty()) {
      throw RefusedException.notFound("user", id);
    }
    if (moved != null && appointments.find(moved, rights).owner() != id) {
      throw RefusedException.notFound("appointment", moved);
    }
    FreeTimes.Free found = free.of(id, day("from", from), day("to", to), minutes, step, moved);
    return new FreeJson(
        found.zone().getId(),
        found.hours(),
        found.slots().stream().map(FreeSlotController::slot).toList(),
        UnaskedJson.of(found.unasked(), Objects.equals(rights.userId(), id)),
        found.askedAt());
  }

  private static Slot slot(Span span) {
    return new Slot(span.from(), span.to());
  }

  private static @Nullable LocalDate day(String name, @Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw RefusedException.invalid(
          "Free times cannot be found", Violation.of(name, text, "a day such as 2026-03-02"));
    }
  }
}
