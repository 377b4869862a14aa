package io.leadloom.journal.consume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The partitions that this node has claimed for one consumer, and which worker has which of them in hand. */
final class ClaimBoard {

  /** Waiting workers also look for themselves after this time, in milliseconds. */
  private static final long LOOK = 1_000;

  /** So many unread events are worth a batch at once. */
  private static final long WORTH = 200;

  private final Clock clock;
  private final int workers;
  private final PartitionEnds ends;
  private final long restNanos;
  private final LongSupplier nanos;
  private final Map<Integer, Claim> claims = new HashMap<>();
  private long served;
  private long restsUntil;
  private boolean paused;
  private boolean closed;

  /**
   * @param nanos a clock that nobody sets, for the workers' rest
   */
  ClaimBoard(Clock clock, int workers, PartitionEnds ends, Duration rest, LongSupplier nanos) {
    this.clock = clock;
    this.workers = workers;
    this.ends = ends;
    this.restNanos = rest.toNanos();
    this.nanos = nanos;
    this.restsUntil = nanos.getAsLong();
  }

  /** Waits for partitions that have work and hands out a share of them; empty when the board is closed. */
  synchronized List<Claim> take() throws InterruptedException {
    while (!closed) {
      List<Claim> ready = paused ? List.of() : ready();
      long rest = rest(ready);
      if (!ready.isEmpty() && rest <= 0) {
        int share = Math.max(1, (claims.size() + workers - 1) / workers);
        List<Claim> taken = new ArrayList<>(ready.subList(0, Math.min(share, ready.size())));
        for (Claim claim : taken) {
          claim.busy = true;
          claim.lastServed = ++served;
        }
        return taken;
      }
      // Those that rest look too, since nobody wakes them when much has come meanwhile.
      wait(rest > 0 ? Math.min(rest, LOOK) : LOOK);
    }
    return List.of();
  }

  /** How many more milliseconds the workers rest unless there is much to do. */
  private long rest(List<Claim> ready) {
    long left = restsUntil - nanos.getAsLong();
    if (left <= 0) {
      return 0;
    }
    long unread = 0;
    for (Claim claim : ready) {
      unread += ends.of(claim.partition) - claim.position;
    }
    return unread >= WORTH ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1;
  }

  private List<Claim> ready() {
    Instant now = clock.instant();
    return claims.values().stream()
        .filter(
            claim ->
                !claim.busy
                    && !claim.leaving
                    && !claim.notBefore.isAfter(now)
                    && hasWork(claim, now))
        .sorted(Comparator.comparingLong((Claim claim) -> claim.lastServed))
        .toList();
  }

  private boolean hasWork(Claim claim, Instant now) {
    Instant due = claim.parkedDue;
    return ends.of(claim.partition) > claim.position || (due != null && !due.isAfter(now));
  }

  /** Takes back what {@link #take} handed out. */
  synchronized void give(Collection<Claim> taken) {
    taken.forEach(claim -> claim.busy = false);
    if (!taken.isEmpty()) {
      restsUntil = nanos.getAsLong() + restNanos;
    }
    notifyAll();
  }

  synchronized void add(Claim claim) {
    claims.put(claim.partition, claim);
    notifyAll();
  }

  /** Forgets a claim that another node has taken over, unless it was claimed anew meanwhile. */
  synchronized void lost(Claim claim) {
    claims.remove(claim.partition, claim);
  }

  /** Marks what is not wanted any more, and returns those of them that no worker has in hand. */
  synchronized List<Claim> leave(Set<Integer> wanted) {
    claims.values().forEach(claim -> claim.leaving = !wanted.contains(claim.partition));
    return claims.values().stream().filter(claim -> claim.leaving && !claim.busy).toList();
  }

  synchronized Set<Integer> partitions() {
    return new TreeSet<>(claims.keySet());
  }

  synchronized List<Claim> all() {
    return List.copyOf(claims.values());
  }

  synchronized void pause(boolean pause) {
    paused = pause;
    notifyAll();
  }

  synchronized boolean paused() {
    return paused;
  }

  /** Makes waiting workers look for work; those that rest do so anyway when they have. */
  synchronized void wake() {
    if (restsUntil - nanos.getAsLong() <= 0) {
      notifyAll();
    }
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
