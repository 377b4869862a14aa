package io.leadloom.calendar.web;

import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.calendar.choice.OwnCalendar;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The own calendars: which are looked at, and which appointments are written to (SET-045 to SET-047). */
@Tag(name = "Calendar")
@RestController
@RequestMapping("/api/v1/profile/calendars")
class OwnCalendarController {

  private final CalendarChoices choices;
  private final Myself myself;

  OwnCalendarController(CalendarChoices choices, Myself myself) {
    this.choices = choices;
    this.myself = myself;
  }

  /**
   * The own calendars.
   *
   * @param connected whether there is an account with calendars; without it they are configured nowhere
   * @param untold the providers that did not tell their calendars just now, with the reason
   */
  record Calendars(
      boolean connected, List<CalendarJson> calendars, Map<String, String> untold, int version) {}

  /**
   * A calendar.
   *
   * @param conflict whether its busy times block
   * @param primary whether appointments are written to it
   */
  record CalendarJson(
      long id,
      String provider,
      String account,
      String name,
      boolean writable,
      boolean conflict,
      boolean primary) {}

  /** The choice: ids of calendars. */
  record Chosen(@Nullable Long primary, @Nullable Set<Long> conflicts, @Nullable Integer version) {}

  @GetMapping
  @Operation(summary = "The own calendars, as they were found last")
  Calendars calendars() {
    return json(choices.of(myself.id()));
  }

  @PostMapping("/refresh")
  @Operation(summary = "Ask the providers which calendars there are now")
  Calendars refresh() {
    return json(choices.refreshed(myself.inPerson()));
  }

  @PutMapping
  @Operation(
      summary =
          "Choose the conflict calendars and the one primary calendar; needs the version that was read")
  Calendars choose(@RequestBody Chosen body) {
    return json(
        choices.choose(myself.inPerson(), body.primary(), body.conflicts(), body.version()));
  }

  private static Calendars json(CalendarChoices.Choice choice) {
    return new Calendars(
        choice.connected(),
        choice.calendars().stream().map(OwnCalendarController::json).toList(),
        choice.untold(),
        choice.version());
  }

  private static CalendarJson json(OwnCalendar calendar) {
    return new CalendarJson(
        calendar.id(),
        calendar.provider().key(),
        calendar.account(),
        calendar.name(),
        calendar.writable(),
        calendar.checked(),
        calendar.primary());
  }
}
