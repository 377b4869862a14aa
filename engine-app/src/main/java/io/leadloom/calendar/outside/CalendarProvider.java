package io.leadloom.calendar.outside;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where accounts of users can be (SET-044, SET-046). */
public enum CalendarProvider {
  GOOGLE(
      "Google",
      true,
      List.of(
          "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
          "https://www.googleapis.com/auth/calendar.freebusy",
          "https://www.googleapis.com/auth/calendar.events")),
  MICROSOFT("Microsoft", true, List.of("offline_access", "User.Read", "Calendars.ReadWrite")),
  /** Without calendars: for meetings. */
  ZOOM("Zoom", false, List.of("user:read:user", "meeting:write:meeting"));

  private final String label;
  private final boolean calendars;
  private final List<String> scopes;

  CalendarProvider(String label, boolean calendars, List<String> scopes) {
    this.label = label;
    this.calendars = calendars;
    this.scopes = scopes;
  }

  /** The lower-case name in JSON, addresses and the database. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it calls itself. */
  public String label() {
    return label;
  }

  /** Whether its accounts have calendars. */
  public boolean calendars() {
    return calendars;
  }

  /** What a user is asked to allow. */
  public List<String> scopes() {
    return scopes;
  }

  public static Optional<CalendarProvider> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
  }
}
