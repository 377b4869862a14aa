package io.leadloom.platform;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Works off jobs that people order and that are too long for a request: at once when one is ordered here, and those of
 * other nodes and of earlier lives within seconds. What a job is and how far it is stands in the database.
 */
public final class JobWorker implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
  private static final long LONGEST_SLEEP_SECONDS = 5;

  private final String name;
  private final Supplier<List<Long>> open;
  private final LongPredicate page;
  private final boolean enabled;
  private final Semaphore bell = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile boolean running;

  /**
   * @param name of the thread and in the log
   * @param open the ids of the jobs that are not finished, in the order in which they are to be done
   * @param page does one page of a job; true while there is more to do, and nobody else is doing it
   * @param enabled whether this node works at all
   */
  public JobWorker(String name, Supplier<List<Long>> open, LongPredicate page, boolean enabled) {
    this.name = name;
    this.open = open;
    this.page = page;
    this.enabled = enabled;
  }

  /** A job has been ordered on this node. */
  public void ring() {
    bell.release();
  }

  private void turn() {
    while (running) {
      try {
        open.get().forEach(this::work);
      } catch (RuntimeException | Error e) {
        LOG.warn("The {} could not be looked for; trying again", name, e);
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

  /** A job that fails is tried again at the next look, and holds up no other. */
  private void work(long job) {
    try {
      boolean more = true;
      while (running && more) {
        more = page.test(job);
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("Job {} of the {} failed; trying again", job, name, e);
    }
  }

  @Override
  public synchronized void start() {
    if (!enabled || running) {
      return;
    }
    running = true;
    Thread started = new Thread(this::turn, name);
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
