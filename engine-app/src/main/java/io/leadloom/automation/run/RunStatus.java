package io.leadloom.automation.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a run stands. The numbers are stored and never change. */
public enum RunStatus {
  RUNNING(1),
  /** It waits for a time, an event or an answer. */
  WAITING(2),
  /** It stands at a failed card until somebody retries, skips or cancels. */
  FAILED(3),
  DONE(4),
  /** Ended by the engine, with an incident that says why. */
  STOPPED(5),
  /** Ended by a person, or because its record is gone. */
  CANCELLED(6);

  private final int code;

  RunStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public boolean ended() {
    return code >= DONE.code;
  }

  public static RunStatus of(int code) {
    return values()[code - 1];
  }

  /** Finds a status by its name in JSON, for example {@code waiting}. */
  public static Optional<RunStatus> of(String name) {
    return Arrays.stream(values()).filter(status -> status.key().equals(name)).findFirst();
  }

  /** The name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
