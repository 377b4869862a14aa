package io.leadloom.journal.consume;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.log.PartitionedJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.ConnectionCallback;

/** Runs the consumers on this node: heartbeat, share of the partitions, wake-up, orderly end. */
final class JournalNode implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(JournalNode.class);

  private static final Duration LOOK_AROUND = Duration.ofSeconds(1);

  private final String id = UUID.randomUUID().toString();
  private final PartitionedJournal journal;
  private final JournalStore store;
  private final JournalSettings settings;
  private final Clock clock;
  private final Supplier<List<JournalConsumer>> consumers;
  private final PartitionEnds ends = new PartitionEnds();
  private final Nodes nodes;
  private final Map<String, Long> lags = new ConcurrentHashMap<>();
  private final PartitionedJournal.CommitListener listener = this::committed;

  private final Object ticking = new Object();
  private volatile List<ConsumerRuntime> runtimes = List.of();
  private volatile boolean running;
  private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private Instant lastBeat = Instant.MIN;
  private Instant lastLook = Instant.MIN;

  JournalNode(
      PartitionedJournal journal,
      JournalStore store,
      JournalSettings settings,
      Supplier<List<JournalConsumer>> consumers,
      Clock clock) {
    this.journal = journal;
    this.store = store;
    this.settings = settings;
    this.consumers = consumers;
    this.clock = clock;
    this.nodes = new Nodes(id, settings.silence(), store, clock);
  }

  String id() {
    return id;
  }

  @Override
  public synchronized void start() {
    if (running || !settings.consume()) {
      return;
    }
    runtimes =
        consumers.get().stream()
            .map(
                consumer ->
                    new ConsumerRuntime(consumer, id, settings.workers(), store, ends, clock))
            .toList();
    runtimes.forEach(ConsumerRuntime::register);
    if (embeddedDatabase()) {
      nodes.forgetOthers();
    }
    journal.listen(listener);
    tick();
    runtimes.forEach(ConsumerRuntime::start);
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "journal-node");
              thread.setDaemon(true);
              return thread;
            });
    long poll = settings.poll().toMillis();
    timer.scheduleWithFixedDelay(this::tickSafely, poll, poll, TimeUnit.MILLISECONDS);
    running = true;
  }

  /** An H2 file is locked by the process that has it open, so there are no other nodes. */
  private boolean embeddedDatabase() {
    return Boolean.TRUE.equals(
        store
            .jdbc()
            .execute(
                (ConnectionCallback<Boolean>)
                    connection -> {
                      String url = connection.getMetaData().getURL();
                      return url.startsWith("jdbc:h2:file:") && !url.contains("AUTO_SERVER=TRUE");
                    }));
  }

  @Override
  public synchronized void stop() {
    if (!running) {
      return;
    }
    running = false;
    leaveInOrder();
  }

  /** Stops without giving anything back, as a crash would; for tests of the take-over. */
  synchronized void die() throws InterruptedException {
    running = false;
    fallSilent();
  }

  private void fallSilent() throws InterruptedException {
    journal.forget(listener);
    timer.shutdown();
    timer.awaitTermination(5, TimeUnit.SECONDS);
  }

  private void leaveInOrder() {
    try {
      fallSilent();
      for (ConsumerRuntime runtime : runtimes) {
        runtime.stop();
      }
      nodes.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn(
          "The node could not give its journal partitions back; others take them over: {}",
          e.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void committed(long[] last) {
    boolean news = false;
    for (int partition = 0; partition < last.length; partition++) {
      news |= last[partition] > 0 && ends.raise(partition, last[partition]);
    }
    if (news) {
      runtimes.forEach(ConsumerRuntime::wake);
    }
  }

  private void tickSafely() {
    try {
      tick();
    } catch (RuntimeException | Error e) {
      // Whatever it was: without its heartbeat the node would lose its partitions.
      LOG.warn("Journal housekeeping failed, tries again: {}", e.toString());
    }
  }

  /** Does what is due by the clock; also called by tests that move the clock. */
  void tick() {
    synchronized (ticking) {
      doWhatIsDue(clock.instant());
    }
  }

  private void doWhatIsDue(Instant now) {
    if (lastBeat.equals(Instant.MIN) || !lastBeat.plus(settings.heartbeat()).isAfter(now)) {
      nodes.beat();
      lastBeat = now;
    }
    findEnds();
    if (lastLook.equals(Instant.MIN) || !lastLook.plus(LOOK_AROUND).isAfter(now)) {
      lastLook = now;
      lookAround();
    }
  }

  /** Sees what other nodes have written; this node's own commits are known already. */
  private void findEnds() {
    boolean[] news = new boolean[1];
    store
        .jdbc()
        .query(
            "select id, next_seq from journal_partition",
            row -> {
              news[0] |= ends.raise(row.getInt(1), row.getLong(2) - 1);
            });
    if (news[0]) {
      runtimes.forEach(ConsumerRuntime::wake);
    }
  }

  private void lookAround() {
    Set<String> paused =
        store
            .jdbc()
            .queryForList("select name from journal_consumer where paused = true", String.class)
            .stream()
            .collect(Collectors.toSet());
    List<String> living = nodes.living();
    for (ConsumerRuntime runtime : runtimes) {
      runtime.pause(paused.contains(runtime.name()));
      runtime.share(living, nodes.dead());
      runtime.lookForParked();
    }
    store
        .jdbc()
        .query(
            "select c.consumer, sum(p.next_seq - 1 - c.position) from journal_cursor c"
                + " join journal_partition p on p.id = c.partition_id group by c.consumer",
            row -> {
              lags.put(row.getString(1), row.getLong(2));
            });
  }

  /** Pauses or resumes at once what runs on this node. */
  void pause(String consumer, boolean pause) {
    runtimes.stream()
        .filter(runtime -> runtime.name().equals(consumer))
        .forEach(runtime -> runtime.pause(pause));
  }

  /** Looks for dead letters that were just sent back. */
  void lookForParked(String consumer) {
    runtimes.stream()
        .filter(runtime -> runtime.name().equals(consumer))
        .forEach(ConsumerRuntime::lookForParked);
  }

  /** The lag of a consumer as last seen, at most about a second old. */
  long lastLag(String consumer) {
    return lags.getOrDefault(consumer, 0L);
  }
}
