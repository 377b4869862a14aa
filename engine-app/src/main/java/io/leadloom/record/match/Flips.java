package io.leadloom.record.match;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds when a comparison with a moving end changes its answer. Such an end only moves forward, so that the answer for a
 * fixed value changes once at most; where clocks are set back a moment can come up to an hour off.
 */
final class Flips {

  /** Calendar arithmetic there and back differs by days at most; this is far more. */
  private static final long MARGIN_DAYS = 40;

  private Flips() {}

  /**
   * The first moment after now with another answer; null when none comes.
   *
   * @param guesses where it most likely is
   */
  static @Nullable Instant next(
      Predicate<Instant> holds, Instant now, Instant around, List<Instant> guesses) {
    Instant last = around.isAfter(now) ? around : now;
    Instant end = last.plus(MARGIN_DAYS, ChronoUnit.DAYS);
    boolean present = holds.test(now);
    if (holds.test(end) == present) {
      return null;
    }
    for (Instant guess : guesses) {
      if (guess.isAfter(now)
          && holds.test(guess) != present
          && holds.test(guess.minus(1, ChronoUnit.MICROS)) == present) {
        return guess;
      }
    }
    long low = micros(now);
    long high = micros(end);
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (holds.test(instant(middle)) == present) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return instant(high);
  }

  private static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000), at.getNano() / 1_000);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
  }
}
