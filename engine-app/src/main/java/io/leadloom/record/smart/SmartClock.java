package io.leadloom.record.smart;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks several times a second whether records enter or leave lists by time alone: one look-up in an index. */
@Component
class SmartClock implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SmartClock.class);

  private final SmartUpkeep upkeep;
  private final boolean enabled;
  private final long everyMillis;
  private @Nullable ScheduledExecutorService executor;

  SmartClock(
      SmartUpkeep upkeep,
      @Value("${leadloom.smart-lists.enabled:true}") boolean enabled,
      @Value("${leadloom.smart-lists.look-every-millis:300}") long everyMillis) {
    this.upkeep = upkeep;
    this.enabled = enabled;
    this.everyMillis = everyMillis;
  }

  private void look() {
    try {
      while (isRunning() && upkeep.due() > 0) {
        // The next page.
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("Smart lists could not be looked at for the time that passed; trying again", e);
    }
  }

  @Override
  public synchronized void start() {
    if (enabled && executor == null) {
      ScheduledExecutorService started =
          Executors.newSingleThreadScheduledExecutor(
              work -> {
                Thread thread = new Thread(work, "smart-lists-clock");
                thread.setDaemon(true);
                return thread;
              });
      started.scheduleWithFixedDelay(this::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
      executor = started;
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService running;
    synchronized (this) {
      running = executor;
      executor = null;
    }
    if (running != null) {
      running.shutdown();
      try {
        running.awaitTermination(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }
}
