package io.leadloom.connection.outbox;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next attempt: four times longer each time, with jitter, never before the receiver's wish. */
final class Backoff {

  private static final int GROWTH = 4;
  private static final double JITTER = 0.25;

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;

  /** Takes the wait before the second attempt, the longest wait, and numbers from 0 to 1. */
  Backoff(Duration first, Duration longest, DoubleSupplier random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  Duration after(int attempts, @Nullable Duration wish) {
    double millis =
        Math.min(
            longest.toMillis(), first.toMillis() * Math.pow(GROWTH, Math.max(0, attempts - 1)));
    Duration wait =
        Duration.ofMillis(Math.round(millis * (1 - JITTER + 2 * JITTER * random.getAsDouble())));
    return wish != null && wish.compareTo(wait) > 0 ? wish : wait;
  }
}
