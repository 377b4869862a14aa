package io.leadloom.record.handover;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job that gives everything that one user owns to another.
 *
 * @param requestedBy the user who asked; null when a program without a user did
 * @param total how many records and lists there were when it was asked for
 * @param done how many have been given so far
 * @param leftOut how many could not be given; {@code problem} says why, for the first of them
 */
public record HandOver(
    long id,
    long fromUser,
    long toUser,
    Status status,
    @Nullable Long requestedBy,
    Instant requestedAt,
    @Nullable Instant endedAt,
    long total,
    long done,
    long leftOut,
    @Nullable String problem) {

  /** How far a job is. The numbers are stored and never change. */
  public enum Status {
    RUNNING(1),
    DONE(2),
    /** Somebody stopped the job; what it had given stays given. */
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
