package io.leadloom.identity.signin;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The application's clock as token buckets want it. */
public record BucketTime(Clock clock) implements TimeMeter {

  @Override
  public long currentTimeNanos() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }

  /** Full seconds that are at least this long. */
  public static long seconds(long nanos) {
    return -Math.floorDiv(-nanos, TimeUnit.SECONDS.toNanos(1));
  }
}
