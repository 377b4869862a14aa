package io.leadloom.platform.tick;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks for work every so many milliseconds after the last look has ended, in one thread of its own, from the start of
 * the application to its stop. A look that fails is logged, and the next one comes as if it had not.
 */
public abstract class Ticking implements SmartLifecycle {

  private static final long STOP_SECONDS = 10;

  private final Logger log = LoggerFactory.getLogger(getClass());
  private final String thread;
  private final boolean enabled;
  private final long everyMillis;
  private @Nullable ScheduledExecutorService executor;

  /**
   * @param thread the name of the thread
   * @param enabled whether it looks at all
   */
  protected Ticking(String thread, boolean enabled, long everyMillis) {
    this.thread = thread;
    this.enabled = enabled;
    this.everyMillis = everyMillis;
  }

  /** One look; what takes long asks {@link #isRunning} in between. */
  protected abstract void look();

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      log.warn("A look of {} failed; trying again", thread, e);
    }
  }

  @Override
  public final synchronized void start() {
    if (enabled && executor == null) {
      ScheduledExecutorService started =
          Executors.newSingleThreadScheduledExecutor(
              work -> {
                Thread made = new Thread(work, thread);
                made.setDaemon(true);
                return made;
              });
      started.scheduleWithFixedDelay(
          this::lookSafely, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
      executor = started;
    }
  }

  /** Waits for the look that is under way, which may ask {@link #isRunning} meanwhile. */
  @Override
  public final void stop() {
    ScheduledExecutorService running;
    synchronized (this) {
      running = executor;
      executor = null;
    }
    if (running != null) {
      running.shutdown();
      try {
        running.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public final synchronized boolean isRunning() {
    return executor != null;
  }
}
