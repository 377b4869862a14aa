package io.leadloom.journal.consume;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.log.Places;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer on this node: its claims, its worker threads, and what it does when nodes come and go. */
final class ConsumerRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerRuntime.class);

  /** How long a shutdown waits for a batch in work, in milliseconds. */
  private static final long FINISH = 20_000;

  private final JournalConsumer consumer;
  private final String node;
  private final JournalStore store;
  private final ClaimBoard board;
  private final List<Thread> threads = new ArrayList<>();

  ConsumerRuntime(
      JournalConsumer consumer,
      String node,
      int workers,
      JournalStore store,
      PartitionEnds ends,
      Clock clock) {
    this.consumer = consumer;
    this.node = node;
    this.store = store;
    this.board = new ClaimBoard(clock, workers, ends, consumer.rest(), System::nanoTime);
    for (int i = 1; i <= workers; i++) {
      Thread thread =
          new Thread(
              new ConsumerWorker(consumer, board, ends, store, clock),
              "journal-" + consumer.name() + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  String name() {
    return consumer.name();
  }

  boolean paused() {
    return board.paused();
  }

  void register() {
    store.cursors().register(consumer.name(), consumer.fromBeginning());
  }

  void start() {
    threads.forEach(Thread::start);
  }

  void wake() {
    board.wake();
  }

  void pause(boolean pause) {
    board.pause(pause);
  }

  /** Gives partitions to nodes that shall have them and takes this node's share of those that nobody reads. */
  void share(List<String> living, Set<String> dead) {
    Set<Integer> wanted = wanted(living);
    for (Claim claim : board.leave(wanted)) {
      store.cursors().release(consumer.name(), claim);
      board.lost(claim);
    }
    Set<Integer> missing = new TreeSet<>(wanted);
    missing.removeAll(board.partitions());
    List<Claim> claimed = store.cursors().claim(consumer.name(), node, missing, dead);
    if (!claimed.isEmpty()) {
      Map<Integer, @Nullable Instant> waiting = store.parked().waiting(consumer.name());
      for (Claim claim : claimed) {
        claim.parked = waiting.containsKey(claim.partition);
        claim.parkedDue = waiting.get(claim.partition);
        board.add(claim);
      }
      LOG.info(
          "Consumer '{}' reads {} more journal partitions on this node",
          consumer.name(),
          claimed.size());
    }
  }

  /** Every node comes to the same answer, so partitions never wander between nodes that see each other. */
  private Set<Integer> wanted(List<String> living) {
    int self = living.indexOf(node);
    Set<Integer> wanted = new HashSet<>();
    for (int partition = 0; partition < Places.PARTITIONS; partition++) {
      if ((partition + Math.floorMod(consumer.name().hashCode(), living.size())) % living.size()
          == self) {
        wanted.add(partition);
      }
    }
    return wanted;
  }

  /** Notices dead letters that an administrator has sent back, also on another node. */
  void lookForParked() {
    Map<Integer, @Nullable Instant> waiting = store.parked().waiting(consumer.name());
    for (Claim claim : board.all()) {
      Instant due = waiting.get(claim.partition);
      if (due != null) {
        claim.parked = true;
        Instant known = claim.parkedDue;
        if (known == null || due.isBefore(known)) {
          claim.parkedDue = due;
        }
      }
    }
    board.wake();
  }

  /** Lets the batches in work end, then gives the partitions back. */
  void stop() throws InterruptedException {
    board.close();
    for (Thread thread : threads) {
      thread.join(FINISH);
    }
    for (Claim claim : board.all()) {
      store.cursors().release(consumer.name(), claim);
      board.lost(claim);
    }
  }
}
