package io.leadloom.automation.run;

import io.leadloom.automation.definition.PublishedAutomations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries runs on when their time comes: in batches, each in one transaction. Sleeps until the next time that this node
 * knows of, at most a second, because other nodes park runs too.
 */
@Component
public class TimerWheel implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
  private static final long LONGEST_SLEEP_MILLIS = 1_000;
  private static final int BATCH = 2_000;
  private static final List<Duration> BACK_OFF =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          Duration.ofSeconds(16),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5));

  private final RunEngine engine;
  private final StoredRuns stored;
  private final RunRows rows;
  private final PublishedAutomations published;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final int workers;
  private final boolean enabled;
  private final List<Thread> threads = new ArrayList<>();
  private final Semaphore bell = new Semaphore(0);
  private final AtomicReference<Instant> nextKnown = new AtomicReference<>(Instant.MAX);
  private volatile boolean running;

  TimerWheel(
      RunEngine engine,
      StoredRuns stored,
      RunRows rows,
      PublishedAutomations published,
      TransactionTemplate transactions,
      BatchNews news,
      Clock clock,
      @Value("${leadloom.automation.timer-workers:2}") int workers,
      @Value("${leadloom.automation.timers:true}") boolean enabled) {
    this.engine = engine;
    this.stored = stored;
    this.rows = rows;
    this.published = published;
    this.transactions = transactions;
    this.clock = clock;
    this.workers = workers;
    this.enabled = enabled;
    news.onTimers(this::known);
  }

  /** Carries on everything that is due now, on the calling thread. Returns how many runs that were. */
  public int fireDue() {
    int fired = 0;
    int more;
    do {
      more = fire(0, 1);
      fired += more;
    } while (more > 0);
    return fired;
  }

  private int fire(int worker, int shares) {
    List<StoredRuns.Due> due =
        transactions.execute(status -> stored.due(clock.instant(), BATCH, worker, shares));
    if (due == null || due.isEmpty()) {
      return 0;
    }
    Set<Long> runs = new LinkedHashSet<>();
    due.forEach(wait -> runs.add(wait.runId()));
    return fire(List.copyOf(runs));
  }

  /** A batch that fails is split until the failing run stands alone; that one is tried again later. */
  private int fire(List<Long> runs) {
    try {
      Integer fired = transactions.execute(status -> engine.wake(runs));
      return fired == null ? 0 : fired;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (runs.size() > 1) {
        int half = runs.size() / 2;
        return fire(runs.subList(0, half)) + fire(runs.subList(half, runs.size()));
      }
      postpone(runs.get(0), e);
      return 1;
    }
  }

  private void postpone(long run, Throwable failure) {
    LOG.warn("Run {} could not be carried on and will be tried again", run, failure);
    Integer tries = transactions.execute(status -> stored.tries(run));
    Instant now = clock.instant();
    if (tries != null && tries < BACK_OFF.size()) {
      Instant later = now.plus(BACK_OFF.get(tries));
      transactions.executeWithoutResult(status -> stored.postpone(run, now, later));
    } else {
      giveUp(run, "Could not be carried on: " + failure.getMessage(), now);
    }
  }

  /** A run that cannot even be read is ended all the same: it would hold up everything that is due after it. */
  private void giveUp(long run, String incident, Instant now) {
    try {
      transactions.executeWithoutResult(
          status -> engine.withAll(List.of(run), (stuck, work) -> work.stop(stuck, incident)));
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LOG.error("Run {} cannot be read and is ended", run, e);
      transactions.executeWithoutResult(status -> rows.abandon(run, incident, now));
    }
  }

  private void known(Instant due) {
    Instant before = nextKnown.getAndUpdate(known -> due.isBefore(known) ? due : known);
    if (due.isBefore(before)) {
      bell.release(workers);
    }
  }

  private void turn(int worker) {
    while (running) {
      try {
        if (worker == 0) {
          published.refreshIfChanged();
        }
        if (fire(worker, workers) == 0) {
          sleep();
        }
      } catch (RuntimeException | Error e) {
        if (running) {
          LOG.warn("Timers could not be looked at; trying again in a second", e);
          sleep();
        }
      }
    }
  }

  private void sleep() {
    Instant now = clock.instant();
    Instant latest = now.plusMillis(LONGEST_SLEEP_MILLIS);
    Instant next = nextKnown.updateAndGet(known -> known.isAfter(now) ? known : Instant.MAX);
    long millis =
        Math.max(1, Duration.between(now, next.isBefore(latest) ? next : latest).toMillis());
    try {
      if (bell.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        bell.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }

  @Override
  public synchronized void start() {
    if (!enabled || running) {
      return;
    }
    running = true;
    for (int i = 0; i < workers; i++) {
      int worker = i;
      Thread thread = new Thread(() -> turn(worker), "timers-" + worker);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    bell.release(workers);
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
