package io.leadloom.connection.outbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a delivery stands. The numbers are stored and never change. */
public enum DeliveryStatus {
  PENDING(1),
  SENDING(2),
  DELIVERED(3),
  /** For good: the dead letters, which an administrator may replay. */
  FAILED(4),
  CANCELLED(5);

  private final int code;

  DeliveryStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static DeliveryStatus of(int code) {
    return values()[code - 1];
  }

  /** The lower-case name used in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a status by its {@link #key()}, ignoring letter case. */
  public static Optional<DeliveryStatus> of(String key) {
    return Arrays.stream(values())
        .filter(status -> status.name().equalsIgnoreCase(key))
        .findFirst();
  }
}
