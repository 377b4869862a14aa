package io.leadloom.connection.outbox;

import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Way;
import io.leadloom.platform.Durability;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Empties the outbox: leases due deliveries in batches, sends them in lanes and writes the outcomes in batches. A node
 * that dies loses its leases, and another sends again with the same key and body.
 */
@Component
class DeliverySender {

  private static final Logger LOG = LoggerFactory.getLogger(DeliverySender.class);
  private static final int FORGET_AT_ONCE = 1_000;
  private static final Duration REFRESH = Duration.ofSeconds(2);
  private static final Duration FORGET = Duration.ofMinutes(10);
  private static final int WRITE_TRIES = 5;

  private final OutboxRows rows;
  private final ResultWriter writer;
  private final OpenConnectors connectors;
  private final Carriers carriers;
  private final DeliveryMeters meters;
  private final DeliverySettings settings;
  private final Durability durability;
  private final Clock clock;
  private final Backoff backoff;
  private final String owner = UUID.randomUUID().toString();
  private final Semaphore work = new Semaphore(0);
  private final AtomicInteger inHand = new AtomicInteger();
  private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private volatile boolean running;
  private volatile Instant leaseEnd = Instant.MIN;
  private volatile long leasesLostAt = System.nanoTime();
  private @Nullable Lanes lanes;
  private @Nullable Thread claimer;
  private @Nullable Thread resultThread;

  DeliverySender(
      OutboxRows rows,
      ResultWriter writer,
      OpenConnectors connectors,
      Carriers carriers,
      DeliveryMeters meters,
      DeliverySettings settings,
      Durability durability,
      Clock clock) {
    this.rows = rows;
    this.writer = writer;
    this.connectors = connectors;
    this.carriers = carriers;
    this.meters = meters;
    this.settings = settings;
    this.durability = durability;
    this.clock = clock;
    this.backoff =
        new Backoff(
            settings.firstRetry(),
            settings.longestRetry(),
            () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Starts when the application, Camel included, is up. */
  @EventListener(ApplicationReadyEvent.class)
  synchronized void start() {
    if (!settings.enabled() || running) {
      return;
    }
    running = true;
    Lanes fresh =
        new Lanes(settings.threads(), settings.perLane(), settings.queuePerLane(), this::send);
    lanes = fresh;
    claimer = new Thread(() -> claimLoop(fresh), "delivery-claim");
    resultThread = new Thread(this::resultLoop, "delivery-results");
    claimer.start();
    resultThread.start();
  }

  /** Lets what is on its way come to its end, writes the outcomes and gives back what has not begun. */
  @PreDestroy
  synchronized void stop() throws InterruptedException {
    if (!running) {
      return;
    }
    running = false;
    wake();
    if (claimer != null) {
      claimer.join(TimeUnit.SECONDS.toMillis(10));
    }
    if (lanes != null) {
      rows.giveBack(lanes.drain(), owner, clock.instant());
      lanes.finish(TimeUnit.SECONDS.toMillis(15));
      lanes.close();
    }
    if (resultThread != null) {
      resultThread.join(TimeUnit.SECONDS.toMillis(10));
    }
    connectors.close();
  }

  /** Looks at the outbox now instead of at the next poll. */
  void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private void claimLoop(Lanes fresh) {
    Instant refreshed = Instant.MIN;
    Instant forgot = Instant.MIN;
    while (running) {
      try {
        Instant now = clock.instant();
        keepLeases(now);
        if (isOver(refreshed, REFRESH, now)) {
          connectors.refresh();
          meters.refresh();
          refreshed = now;
        }
        if (isOver(forgot, FORGET, now)) {
          if (rows.forget(now.minus(settings.keep()), FORGET_AT_ONCE) == 0) {
            forgot = now;
          }
        }
        if (claim(fresh, now) == 0) {
          work.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
          work.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        LOG.error("The outbox cannot be read; trying again", e);
        pause();
      }
    }
  }

  private static boolean isOver(Instant last, Duration period, Instant now) {
    return last.equals(Instant.MIN) || now.isBefore(last) || !now.isBefore(last.plus(period));
  }

  /** Renews in good time; a node that was silent for longer than its lease drops what it had in hand. */
  private void keepLeases(Instant now) {
    Instant begun = leaseEnd.equals(Instant.MIN) ? now : leaseEnd.minus(settings.lease());
    boolean first = leaseEnd.equals(Instant.MIN);
    boolean clockWentBack = now.isBefore(begun);
    if (!first && !clockWentBack && now.isBefore(begun.plus(settings.lease().dividedBy(4)))) {
      return;
    }
    if (!first && now.isAfter(leaseEnd)) {
      leasesLostAt = System.nanoTime();
    }
    int freed = rows.freeExpired(now);
    if (freed > 0) {
      LOG.info("{} deliveries of a silent sender are sent again", freed);
    }
    Instant until = now.plus(settings.lease());
    rows.renew(owner, until);
    leaseEnd = until;
  }

  private int claim(Lanes fresh, Instant now) {
    int limit = Math.min(settings.batch(), settings.inHand() - inHand.get());
    if (limit <= 0) {
      return 0;
    }
    Map<String, Integer> room = new HashMap<>();
    List<Long> ids = new ArrayList<>();
    for (OutboxRows.Candidate candidate : rows.due(now, limit, fresh.full())) {
      int left = room.computeIfAbsent(candidate.lane(), fresh::room);
      if (left > 0) {
        room.put(candidate.lane(), left - 1);
        ids.add(candidate.id());
      }
    }
    if (ids.isEmpty()) {
      return 0;
    }
    List<Claimed> claimed = rows.claim(ids, owner, now, now.plus(settings.lease()));
    inHand.addAndGet(claimed.size());
    // A run that a crash takes back gets another number, and so another key: what is sent must
    // stay.
    durability.await();
    claimed.forEach(fresh::add);
    return claimed.size();
  }

  private void send(Claimed delivery) {
    Instant now = clock.instant();
    boolean leased = delivery.claimedNanos() - leasesLostAt > 0 && now.isBefore(leaseOf(delivery));
    if (!leased) {
      // Somebody else may have it by now; if not, it is freed when its lease ends.
      inHand.decrementAndGet();
      return;
    }
    Outcome outcome;
    try {
      Receipt receipt =
          delivery.channel() == Channel.CALENDAR
              ? carriers.carry(delivery)
              : connectors.send(
                  new Delivery(
                      delivery.key(),
                      Way.valueOf(delivery.channel().name()),
                      delivery.to(),
                      delivery.body(),
                      delivery.headers(),
                      delivery.secret(),
                      now));
      outcome = Outcome.delivered(delivery, clock.instant(), receipt.response(), receipt.shown());
    } catch (ConnectorFailure failure) {
      outcome = failed(delivery, failure);
    } catch (RuntimeException | Error e) {
      LOG.error("Delivery {} ended in an unforeseen way", delivery.id(), e);
      outcome =
          failed(
              delivery,
              ConnectorFailure.retryable("Unforeseen: " + e.getClass().getSimpleName(), e));
    }
    outcomes.add(outcome);
  }

  /** No send begins in the last third of a lease, so that none is under way when the lease ends. */
  private Instant leaseOf(Claimed delivery) {
    Instant own = delivery.claimedAt().plus(settings.lease());
    Instant renewed = leaseEnd;
    return (renewed.isAfter(own) ? renewed : own).minus(settings.lease().dividedBy(3));
  }

  private Outcome failed(Claimed delivery, ConnectorFailure failure) {
    Instant now = clock.instant();
    if (!failure.isRetryable() || delivery.attempts() >= delivery.maxAttempts()) {
      LOG.warn(
          "Delivery {} failed for good at attempt {}: {}",
          delivery.id(),
          delivery.attempts(),
          failure.getMessage());
      return Outcome.failed(delivery, now, failure.getMessage());
    }
    Instant due = now.plus(backoff.after(delivery.attempts(), failure.retryAfter()));
    return Outcome.again(delivery, now, due, failure.getMessage());
  }

  private void resultLoop() {
    List<Outcome> batch = new ArrayList<>();
    while (running || inHand.get() > 0) {
      try {
        Outcome first = outcomes.poll(200, TimeUnit.MILLISECONDS);
        if (first == null) {
          if (!running && lanesAreDone()) {
            return;
          }
          continue;
        }
        batch.add(first);
        outcomes.drainTo(batch, settings.batch() - 1);
        write(batch);
        inHand.addAndGet(-batch.size());
        batch.clear();
        wake();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean lanesAreDone() {
    Lanes open = lanes;
    return open == null || open.isDone();
  }

  /** Tries hard; then one by one; then leaves the rest to the end of their leases, after which they are sent again. */
  private void write(List<Outcome> batch) {
    for (int attempt = 1; attempt <= WRITE_TRIES; attempt++) {
      try {
        meters.count(writer.write(batch, owner));
        return;
      } catch (RuntimeException | Error e) {
        LOG.warn(
            "{} outcomes of deliveries could not be written (try {})", batch.size(), attempt, e);
        pause();
      }
    }
    if (batch.size() > 1) {
      batch.forEach(outcome -> write(List.of(outcome)));
    } else {
      LOG.error("The outcome of delivery {} cannot be written; it will be sent again", ids(batch));
    }
  }

  private static List<Long> ids(Collection<Outcome> batch) {
    return batch.stream().map(outcome -> outcome.delivery().id()).toList();
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
