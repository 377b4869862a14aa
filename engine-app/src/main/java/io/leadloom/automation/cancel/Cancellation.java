package io.leadloom.automation.cancel;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job that cancels the runs of a version that had started when it was asked for.
 *
 * @param number the number of the version
 * @param requestedBy the name of whoever asked
 * @param total how many runs there were to cancel; null until they have been counted
 * @param cancelled how many have been cancelled so far; may end below the total, because runs also end by themselves
 * @param failed how many could not be cancelled; the log says why
 */
public record Cancellation(
    long id,
    long automationId,
    long versionId,
    int number,
    Status status,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant endedAt,
    @Nullable Long total,
    long cancelled,
    long failed) {

  /** How far a job is. The numbers are stored and never change. */
  public enum Status {
    RUNNING(1),
    DONE(2),
    /** Somebody stopped the job; the runs that it had not come to go on. */
    CANCELLED(3);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Status of(int code) {
      return values()[code - 1];
    }

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
