package io.leadloom.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for the application from outside. */
final class Waiting {

  private Waiting() {}

  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Asks every 50 ms until the answer is yes; fails after the limit. */
  static void until(String what, Duration limit, BooleanSupplier question) {
    until(what, limit, 50, question);
  }

  /** The same for what takes part of a second: asks every 5 ms. */
  static void untilSoon(String what, Duration limit, BooleanSupplier question) {
    until(what, limit, 5, question);
  }

  /** Asks every so many milliseconds, for what takes long and must not be held up by questions. */
  static void until(String what, Duration limit, int millis, BooleanSupplier question) {
    long end = System.nanoTime() + limit.toNanos();
    while (!question.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not within " + limit + ": " + what);
      }
      pause(Duration.ofMillis(millis));
    }
  }
}
