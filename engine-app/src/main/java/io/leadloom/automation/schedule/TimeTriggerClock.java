package io.leadloom.automation.schedule;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks every few seconds whether a trigger of time has something to do. */
@Component
class TimeTriggerClock implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TimeTriggerClock.class);

  private final TimeTriggers triggers;
  private final boolean enabled;
  private final long everyMillis;
  private @Nullable ScheduledExecutorService executor;

  TimeTriggerClock(
      TimeTriggers triggers,
      @Value("${leadloom.automation.timers:true}") boolean enabled,
      @Value("${leadloom.automation.time-triggers-every-millis:5000}") long everyMillis) {
    this.triggers = triggers;
    this.enabled = enabled;
    this.everyMillis = everyMillis;
  }

  private void look() {
    try {
      triggers.look();
    } catch (RuntimeException | Error e) {
      LOG.warn("Triggers of time could not be looked at; trying again", e);
    }
  }

  @Override
  public synchronized void start() {
    if (enabled && executor == null) {
      ScheduledExecutorService started =
          Executors.newSingleThreadScheduledExecutor(
              work -> {
                Thread thread = new Thread(work, "time-triggers");
                thread.setDaemon(true);
                return thread;
              });
      started.scheduleWithFixedDelay(this::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
      executor = started;
    }
  }

  @Override
  public synchronized void stop() {
    ScheduledExecutorService running = executor;
    if (running != null) {
      running.shutdown();
      try {
        running.awaitTermination(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      executor = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }
}
