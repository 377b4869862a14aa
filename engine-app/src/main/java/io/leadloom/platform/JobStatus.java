package io.leadloom.platform;

import java.util.Locale;

/** How far a job is that somebody ordered and that is done in pages. The numbers are stored and never change. */
public enum JobStatus {
  RUNNING(1),
  DONE(2),
  /** Somebody stopped the job; what it had done stays done. */
  CANCELLED(3);

  private final int code;

  JobStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static JobStatus of(int code) {
    return values()[code - 1];
  }

  /** The name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
