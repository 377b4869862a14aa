package io.leadloom.connection.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The deliveries in hand, each lane with a limit of its own, so that a slow receiver holds its own deliveries up and
 * nobody else's. Lanes take turns.
 */
final class Lanes implements AutoCloseable {

  private final int perLane;
  private final int queuePerLane;
  private final Consumer<Claimed> work;
  private final ThreadPoolExecutor threads;
  private final Map<String, Lane> lanes = new HashMap<>();

  Lanes(int threads, int perLane, int queuePerLane, Consumer<Claimed> work) {
    this.perLane = perLane;
    this.queuePerLane = queuePerLane;
    this.work = work;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "delivery-" + number.incrementAndGet()));
    this.threads.allowCoreThreadTimeOut(true);
  }

  private static final class Lane {
    private final Deque<Claimed> waiting = new ArrayDeque<>();
    private int running;
  }

  /** How many more of the lane can be taken in hand. */
  synchronized int room(String lane) {
    Lane found = lanes.get(lane);
    return found == null
        ? queuePerLane
        : Math.max(0, queuePerLane - found.waiting.size() - found.running);
  }

  /** Lanes that can take no more. */
  synchronized List<String> full() {
    List<String> full = new ArrayList<>();
    lanes.forEach(
        (name, lane) -> {
          if (lane.waiting.size() + lane.running >= queuePerLane) {
            full.add(name);
          }
        });
    return full;
  }

  synchronized void add(Claimed delivery) {
    Lane lane = lanes.computeIfAbsent(delivery.lane(), name -> new Lane());
    lane.waiting.add(delivery);
    startNext(delivery.lane(), lane);
  }

  /** Takes back everything that has not begun. */
  synchronized List<Claimed> drain() {
    List<Claimed> drained = new ArrayList<>();
    lanes
        .values()
        .forEach(
            lane -> {
              drained.addAll(lane.waiting);
              lane.waiting.clear();
            });
    return drained;
  }

  private void startNext(String name, Lane lane) {
    if (lane.running < perLane) {
      Claimed next = lane.waiting.poll();
      if (next != null) {
        lane.running++;
        threads.execute(() -> run(name, lane, next));
      }
    }
  }

  private void run(String name, Lane lane, Claimed delivery) {
    try {
      work.accept(delivery);
    } finally {
      synchronized (this) {
        lane.running--;
        startNext(name, lane);
        if (lane.running == 0 && lane.waiting.isEmpty()) {
          lanes.remove(name);
        }
      }
    }
  }

  /** Lets what has begun come to its end, for at most so long; returns whether it did. */
  boolean finish(long millis) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
  }

  /** Whether it was told to finish and nothing runs any more. */
  boolean isDone() {
    return threads.isTerminated();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
