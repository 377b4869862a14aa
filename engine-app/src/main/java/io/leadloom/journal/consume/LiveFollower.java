package io.leadloom.journal.consume;

import io.leadloom.journal.log.EntityCodes;
import io.leadloom.journal.log.Places;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.web.LiveUpdates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells open pages which records other nodes have changed, by reading the ends of the journal: one small query per look
 * for all pages of the node, also before the first one opens, so that nothing is missed that happens while it does. No
 * event is read while no page is open or the node is alone (its own changes are told when they commit).
 */
final class LiveFollower implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFollower.class);
  private static final long LOOK_MILLIS = 500;

  /** More events than this in one look are "some records" to a page. */
  private static final long MOST_EVENTS = 500;

  private static final List<EntityType> ROOTS = EntityType.ROOTS;

  private final JournalStore store;
  private final LiveUpdates updates;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-follower");
            thread.setDaemon(true);
            return thread;
          });

  /** The last sequence seen of each partition; kept also while nobody listens, for the page that opens next. */
  private TreeMap<Integer, Long> seen = new TreeMap<>();

  private boolean failed;
  private volatile boolean running;

  LiveFollower(JournalStore store, LiveUpdates updates) {
    this.store = store;
    this.updates = updates;
  }

  @Override
  public void start() {
    running = true;
    timer.scheduleWithFixedDelay(this::lookSafely, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void lookSafely() {
    try {
      look();
      failed = false;
    } catch (RuntimeException | Error e) {
      // While the database is away, one line is enough.
      if (!failed && running) {
        LOG.warn("Open pages hear nothing of other nodes for now: {}", e.toString());
      }
      failed = true;
    }
  }

  private void look() {
    store.transaction().executeWithoutResult(status -> look(store.jdbc()));
  }

  private void look(JdbcTemplate jdbc) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    boolean[] others = new boolean[1];
    jdbc.query(
        "select id, next_seq, (select count(*) from node) from journal_partition",
        row -> {
          ends.put(row.getInt(1), row.getLong(2) - 1);
          others[0] = row.getInt(3) > 1;
        });
    List<Object> ranges = new ArrayList<>();
    long events = 0;
    if (others[0] && !seen.isEmpty() && updates.listened()) {
      for (int partition : ends.keySet()) {
        long from = seen.getOrDefault(partition, 0L);
        long to = ends.getOrDefault(partition, 0L);
        if (to > from) {
          ranges.add(Places.of(partition, from + 1));
          ranges.add(Places.of(partition, to));
          events += to - from;
        }
      }
    }
    if (events > MOST_EVENTS) {
      ROOTS.forEach(type -> updates.publish(type.key() + ".changed", null));
    } else if (events > 0) {
      tell(jdbc, ranges);
    }
    // Last, so that a look that failed is made up for by the next.
    seen = ends;
  }

  private void tell(JdbcTemplate jdbc, List<Object> ranges) {
    List<String> parts =
        Collections.nCopies(
            ranges.size() / 2,
            "select root_type, root_id from journal where place between ? and ?");
    jdbc.query(
        String.join(" union ", parts),
        row -> {
          EntityType type = EntityCodes.type(row.getInt(1));
          updates.publish(type.key() + ".changed", row.getLong(2));
        },
        ranges.toArray());
  }
}
