package io.leadloom.record.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.followup.FollowUps;
import io.leadloom.record.followup.FollowUps.Entry;
import io.leadloom.schema.Values;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The follow-ups of a lead. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/leads/{id:[0-9]{1,18}}/follow-ups")
class FollowUpController {

  private final FollowUps followUps;
  private final Caller caller;
  private final AccountSettings account;

  FollowUpController(FollowUps followUps, Caller caller, AccountSettings account) {
    this.followUps = followUps;
    this.caller = caller;
    this.account = account;
  }

  /** Follow-ups, newest first. */
  record Entries(List<Entry> items) {}

  /**
   * A follow-up to note.
   *
   * @param date when the next contact is planned, as the user reads a calendar; empty together with the time for none
   * @param timeZone the zone of the user; that of the account when missing
   * @param values stage, status, group and rating, those that change
   */
  record NewFollowUp(
      @Nullable Integer version,
      @Nullable String date,
      @Nullable String time,
      @Nullable String timeZone,
      @Nullable Map<String, @Nullable String> values,
      @Nullable String comment) {}

  @GetMapping
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Entries list(@PathVariable long id, @RequestParam(required = false) @Nullable Long before) {
    return new Entries(followUps.of(id, before, caller.rights()));
  }

  @PostMapping
  @Needs(section = Section.LEAD, value = Action.EDIT)
  @ResponseStatus(HttpStatus.CREATED)
  Entry note(@PathVariable long id, @RequestBody NewFollowUp body, HttpServletRequest request) {
    Values values = body.values() == null ? Values.none() : Values.copyOf(body.values());
    return followUps.note(
        id,
        new FollowUps.New(body.version(), values, moment(body), body.comment()),
        caller.rights(),
        caller.cause(request));
  }

  private @Nullable Instant moment(NewFollowUp body) {
    boolean date = body.date() != null && !body.date().isBlank();
    boolean time = body.time() != null && !body.time().isBlank();
    if (!date && !time) {
      return null;
    }
    if (!date || !time) {
      throw refused(date ? "time" : "date", null, "a value: date and time, or neither");
    }
    ZoneId zone = account.timeZone();
    try {
      zone = body.timeZone() == null ? zone : ZoneId.of(body.timeZone());
    } catch (DateTimeException e) {
      throw refused("timeZone", body.timeZone(), "a time zone such as Europe/Berlin");
    }
    LocalDate day;
    try {
      day = LocalDate.parse(String.valueOf(body.date()));
    } catch (DateTimeException e) {
      throw refused("date", body.date(), "a date such as 2026-05-10");
    }
    try {
      return day.atTime(LocalTime.parse(String.valueOf(body.time()))).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw refused("time", body.time(), "a time such as 14:30");
    }
  }

  private static RefusedException refused(String field, @Nullable Object value, String expected) {
    return RefusedException.invalid(
        "The follow-up cannot be planned", Violation.of(field, value, expected));
  }
}
