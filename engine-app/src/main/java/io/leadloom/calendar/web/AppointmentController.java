package io.leadloom.calendar.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.leadloom.calendar.appointment.Appointment;
import io.leadloom.calendar.appointment.AppointmentStatus;
import io.leadloom.calendar.appointment.Appointments;
import io.leadloom.calendar.appointment.Titles;
import io.leadloom.identity.Users;
import io.leadloom.platform.Cursors;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Appointments (ENG-062 to ENG-069), for whoever reaches their owner or the lead or contact. */
@Tag(name = "Calendar")
@RestController
@RequestMapping("/api/v1/appointments")
class AppointmentController {

  private static final int MOST = 200;
  private static final int MOVES = 20;

  private final Appointments appointments;
  private final Titles titles;
  private final Users users;
  private final Access access;
  private final Cursors cursors;
  private final Myself myself;

  AppointmentController(
      Appointments appointments,
      Titles titles,
      Users users,
      Access access,
      Cursors cursors,
      Myself myself) {
    this.appointments = appointments;
    this.titles = titles;
    this.users = users;
    this.access = access;
    this.cursors = cursors;
    this.myself = myself;
  }

  /**
   * An appointment.
   *
   * @param record the lead or contact, such as {@code lead/42}; null when the reader may not see it
   * @param name what that is called, as far as the reader may see it; null when not at all
   * @param notes null for a reader who may not see the lead or contact
   * @param calendar the outside calendar that it is written to; null without one, and for others than its owner
   * @param entry {@code written}, {@code waiting} or {@code failing}; null without an outside calendar
   * @param problem why it is failing; for its owner
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AppointmentJson(
      long id,
      long owner,
      String ownerName,
      @Nullable String record,
      @Nullable String name,
      Instant start,
      Instant end,
      String status,
      @Nullable String notes,
      Instant createdAt,
      int version,
      @Nullable String calendar,
      @Nullable String entry,
      @Nullable String problem) {}

  /** An appointment with the calendars that could not be asked about a clash. */
  record BookedJson(@JsonUnwrapped AppointmentJson appointment, List<UnaskedJson> unasked) {}

  /** An appointment with the times at which it was before. */
  record WholeJson(@JsonUnwrapped AppointmentJson appointment, List<MoveJson> moves) {}

  /** When an appointment was before it was moved. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MoveJson(Instant start, Instant end, Instant movedAt, @Nullable Long movedBy) {}

  /**
   * A new appointment.
   *
   * @param record the lead or contact, such as {@code lead/42}
   * @param owner whose it is; null for the own one
   * @param status null for confirmed
   * @param confirm whether it is booked although the time is taken
   */
  record Booking(
      @Nullable String record,
      @Nullable Long owner,
      @Nullable Instant start,
      @Nullable Integer minutes,
      @Nullable String notes,
      @Nullable String status,
      @Nullable Boolean confirm) {}

  /** What is to be another way. */
  record Changed(
      @Nullable Integer version,
      @Nullable Instant start,
      @Nullable Integer minutes,
      @Nullable String notes,
      @Nullable String status,
      @Nullable Boolean confirm) {}

  @GetMapping
  @Operation(
      summary = "Appointments with a lead or contact, of a user, or the own ones; the latest first")
  Page<AppointmentJson> list(
      @RequestParam(name = "record", required = false) @Nullable String record,
      @RequestParam(name = "owner", required = false) @Nullable Long owner,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "50") int limit) {
    int most = Page.limit(limit, MOST);
    Rights rights = access.current();
    Appointments.After after = after(cursor);
    List<Appointment> found =
        record != null && !record.isBlank()
            ? appointments.with(ref(record), after, most + 1, rights)
            : appointments.ofOwner(owner == null ? myself.id() : owner, after, most + 1, rights);
    boolean more = found.size() > most;
    List<Appointment> items = more ? found.subList(0, most) : found;
    Map<RecordRef, String> names =
        titles.of(items.stream().map(Appointment::with).distinct().toList(), rights);
    return new Page<>(
        items.stream().map(one -> json(one, names.get(one.with()), rights)).toList(),
        more ? cursor(items.get(most - 1)) : null,
        null);
  }

  private Appointments.@Nullable After after(@Nullable String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return null;
    }
    String[] parts = cursors.open(cursor).split(" ", 3);
    if (parts.length != 3 || !parts[0].equals("appointments")) {
      throw RefusedException.invalid(
          "The cursor is not one of this list",
          Violation.of("cursor", cursor, "the 'next' of the page before, unchanged"));
    }
    return new Appointments.After(Instant.parse(parts[1]), Long.parseLong(parts[2]));
  }

  private String cursor(Appointment last) {
    return cursors.seal("appointments " + last.span().from() + " " + last.id());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One appointment, with the times at which it was before")
  WholeJson show(@PathVariable("id") long id) {
    Rights rights = access.current();
    Appointment found = appointments.find(id, rights);
    return new WholeJson(
        json(found, rights),
        appointments.moves(id, MOVES).stream()
            .map(
                move ->
                    new MoveJson(
                        move.span().from(), move.span().to(), move.movedAt(), move.movedBy()))
            .toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Book an appointment",
      description =
          "It is written to the primary calendar of its owner. A time that is taken is refused with 409 and the clashes;"
              + " with confirm it is booked all the same.")
  BookedJson book(@RequestBody Booking body) {
    Rights rights = access.current();
    return booked(
        appointments.book(
            new Appointments.Wanted(
                body.owner() == null ? myself.id() : body.owner(),
                ref(body.record()),
                body.start(),
                body.minutes(),
                body.notes(),
                status(body.status()),
                Boolean.TRUE.equals(body.confirm())),
            rights,
            myself.cause()),
        rights);
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Move an appointment, or say how it stands",
      description = "Needs the version that was read. What is missing stays.")
  BookedJson change(@PathVariable("id") long id, @RequestBody Changed body) {
    Rights rights = access.current();
    return booked(
        appointments.change(
            id,
            new Appointments.Change(
                body.version(),
                body.start(),
                body.minutes(),
                body.notes(),
                status(body.status()),
                Boolean.TRUE.equals(body.confirm())),
            rights,
            myself.cause()),
        rights);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete an appointment for good, and its entry in the outside calendar")
  void delete(@PathVariable("id") long id) {
    appointments.delete(id, access.current(), myself.cause());
  }

  private BookedJson booked(Appointments.Booked booked, Rights rights) {
    return new BookedJson(
        json(booked.appointment(), rights),
        UnaskedJson.of(
            booked.unasked(), Objects.equals(rights.userId(), booked.appointment().owner())));
  }

  private AppointmentJson json(Appointment one, Rights rights) {
    return json(one, titles.of(List.of(one.with()), rights).get(one.with()), rights);
  }

  /** Without the name nothing is told of the record, and nothing that was noted about it. */
  private AppointmentJson json(Appointment one, @Nullable String name, Rights rights) {
    boolean mine = Objects.equals(rights.userId(), one.owner());
    Appointment.Entry entry = one.entry();
    return new AppointmentJson(
        one.id(),
        one.owner(),
        users.find(one.owner()).map(Users.Person::name).orElse(""),
        name == null ? null : one.with().toString(),
        name,
        one.span().from(),
        one.span().to(),
        one.status().key(),
        name == null ? null : one.notes(),
        one.createdAt(),
        one.version(),
        mine && entry != null ? entry.calendar() : null,
        entry == null
            ? null
            : entry.written() ? "written" : entry.problem() == null ? "waiting" : "failing",
        mine && entry != null && !entry.written() ? entry.problem() : null);
  }

  private static RecordRef ref(@Nullable String text) {
    String[] parts = text == null ? new String[0] : text.split("/", -1);
    EntityType type = parts.length == 2 ? EntityType.of(parts[0]).orElse(null) : null;
    if (type == null || !parts[1].matches("[0-9]{1,18}")) {
      throw RefusedException.invalid(
          "Nobody knows whom it is with",
          Violation.of("record", text, "a lead or contact, such as lead/42"));
    }
    return new RecordRef(type, Long.parseLong(parts[1]));
  }

  private static @Nullable AppointmentStatus status(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return AppointmentStatus.of(text)
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "The appointment cannot be saved",
                    Violation.of(
                        "status", text, "new, confirmed, cancelled, showed, no-show or invalid")));
  }
}
