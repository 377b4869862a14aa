package io.leadloom.calendar.appointment;

import java.util.Arrays;
import java.util.Optional;

/** How an appointment stands (ENG-064). */
public enum AppointmentStatus {
  NEW("new"),
  CONFIRMED("confirmed"),
  CANCELLED("cancelled"),
  SHOWED("showed"),
  NO_SHOW("no-show"),
  INVALID("invalid");

  private final String key;

  AppointmentStatus(String key) {
    this.key = key;
  }

  /** The name in JSON. */
  public String key() {
    return key;
  }

  int code() {
    return ordinal() + 1;
  }

  static AppointmentStatus of(int code) {
    return values()[code - 1];
  }

  public static Optional<AppointmentStatus> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
  }

  /** Whether it takes the time of its owner (ENG-069). */
  public boolean takesTime() {
    return this != CANCELLED && this != INVALID;
  }

  /** Whether it can be said only once the appointment has begun (ENG-066). */
  boolean afterwards() {
    return this == SHOWED || this == NO_SHOW;
  }
}
