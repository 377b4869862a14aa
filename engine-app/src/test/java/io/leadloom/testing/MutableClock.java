package io.leadloom.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * A clock that tests can set. It follows the real time until it is stopped with {@link #setTo}; {@link #advance} moves
 * it on, whether it stands or runs. Times have microseconds, as the databases keep them. Every test starts with the
 * real time.
 */
public final class MutableClock extends Clock {

  private volatile Supplier<Instant> time = Instant::now;

  /** Stops the clock at this moment. */
  public void setTo(Instant instant) {
    time = () -> instant;
  }

  /** Moves the clock forward (or back, when negative) from what it shows now. */
  public synchronized void advance(Duration by) {
    Supplier<Instant> before = time;
    time = () -> before.get().plus(by);
  }

  /** Follows the real time again. */
  public void reset() {
    time = Instant::now;
  }

  @Override
  public Instant instant() {
    return time.get().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Returns a clock of the other zone that shows this clock's time, now and later. */
  @Override
  public Clock withZone(ZoneId zone) {
    MutableClock origin = this;
    return new Clock() {
      @Override
      public Instant instant() {
        return origin.instant();
      }

      @Override
      public ZoneId getZone() {
        return zone;
      }

      @Override
      public Clock withZone(ZoneId other) {
        return origin.withZone(other);
      }
    };
  }
}
