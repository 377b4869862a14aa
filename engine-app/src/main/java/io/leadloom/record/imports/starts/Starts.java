package io.leadloom.record.imports.starts;

import io.leadloom.platform.Cause;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the rows of an import start automations.
 *
 * @param perMinute with {@link Mode#THROTTLED}: the most starts a minute; 0 otherwise
 */
public record Starts(Mode mode, int perMinute) {

  /** The most that can be wanted a minute. */
  public static final int FASTEST = 100_000;

  /** As with every other change. */
  public static final Starts YES = new Starts(Mode.YES, 0);

  public static final Starts NO = new Starts(Mode.NO, 0);

  /** The choices. */
  public enum Mode {
    YES,
    NO,
    /** They do, but only so many a minute. */
    THROTTLED;

    /** The name in requests and answers. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> of(String key) {
      return Arrays.stream(values()).filter(mode -> mode.key().equals(key)).findFirst();
    }
  }

  /** So many a minute, from 1 to {@link #FASTEST}. */
  public static Starts throttled(int perMinute) {
    return new Starts(Mode.THROTTLED, perMinute);
  }

  /** What the cause of the rows' changes says about it. */
  public Cause.@Nullable Starts mark() {
    return switch (mode) {
      case YES -> null;
      case NO -> Cause.Starts.NONE;
      case THROTTLED -> Cause.Starts.HELD;
    };
  }
}
