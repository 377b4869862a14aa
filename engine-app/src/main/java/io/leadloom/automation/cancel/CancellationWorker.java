package io.leadloom.automation.cancel;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Works off cancellations: at once when one is ordered here, and those of other nodes and of earlier lives within seconds. */
@Component
class CancellationWorker implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(CancellationWorker.class);
  private static final long LONGEST_SLEEP_SECONDS = 5;

  private final Cancellations cancellations;
  private final boolean enabled;
  private final Semaphore bell = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile boolean running;

  CancellationWorker(
      Cancellations cancellations, @Value("${leadloom.automation.timers:true}") boolean enabled) {
    this.cancellations = cancellations;
    this.enabled = enabled;
    cancellations.onOrder(bell::release);
  }

  private void turn() {
    while (running) {
      try {
        for (long job : cancellations.open()) {
          boolean more = true;
          while (running && more) {
            more = cancellations.page(job);
          }
        }
      } catch (RuntimeException | Error e) {
        LOG.warn("Cancellations could not be worked off; trying again", e);
      }
      try {
        if (bell.tryAcquire(LONGEST_SLEEP_SECONDS, TimeUnit.SECONDS)) {
          bell.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        running = false;
      }
    }
  }

  @Override
  public synchronized void start() {
    if (!enabled || running) {
      return;
    }
    running = true;
    Thread started = new Thread(this::turn, "cancellations");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  @Override
  public synchronized void stop() {
    running = false;
    bell.release();
    Thread stopping = thread;
    thread = null;
    if (stopping != null) {
      try {
        stopping.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
