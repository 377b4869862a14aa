package io.leadloom.platform.company;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Settings in memory, looked at again once a second, so that asking costs nothing and other nodes' changes arrive within
 * two seconds.
 *
 * @param <T> what is kept; immutable
 */
public final class FreshMemory<T> {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Clock clock;
  private final Function<@Nullable T, T> look;
  private volatile @Nullable Seen<T> seen;

  /** How many looks have begun. */
  private long begun;

  /** The last look that counts; those that began earlier may not know what it, or a change, has brought. */
  private long counts;

  /**
   * Made by the one who keeps the settings.
   *
   * @param look reads them; is given what was known before, null for nothing, and may answer the same again
   */
  public FreshMemory(Clock clock, Function<@Nullable T, T> look) {
    this.clock = clock;
    this.look = look;
  }

  private record Seen<T>(T value, Instant checkedAt) {}

  /** The settings of now. */
  public T get() {
    Instant now = clock.instant();
    Seen<T> known = seen;
    if (known != null
        && !known.checkedAt().isAfter(now)
        && known.checkedAt().plus(FRESH).isAfter(now)) {
      return known.value();
    }
    long number = begin();
    T value = look.apply(known == null ? null : known.value());
    keep(number, new Seen<>(value, now));
    return value;
  }

  private synchronized long begin() {
    return ++begun;
  }

  /** What was read before somebody changed the settings is good for its reader alone. */
  private synchronized void keep(long number, Seen<T> fresh) {
    if (number > counts) {
      counts = number;
      seen = fresh;
    }
  }

  private synchronized void forget() {
    counts = begun;
    seen = null;
  }

  /** Reads again when the current transaction is over. */
  public void forgetAfterTransaction() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          // Also after a rollback: what was read meanwhile may show what never came to be.
          @Override
          public void afterCompletion(int status) {
            forget();
          }
        });
  }
}
