package io.leadloom.record.index;

import io.leadloom.journal.JournalTail;
import io.leadloom.platform.Durability;
import io.leadloom.platform.EntityType;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the index of this node as the database is: fills it when it is new, then follows the journal in a thread of its
 * own. Searches wait for what was committed before them.
 */
final class IndexFollower implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);

  /** Other nodes' commits are looked for this often while no search asks. */
  private static final long LOOK_MILLIS = 250;

  private static final long AFTER_FAILURE_MILLIS = 1_000;
  private static final long STOP_MILLIS = 30_000;

  private final JournalTail tail;
  private final IndexDocuments documents;
  private final Durability durability;
  private final IndexSettings settings;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private boolean asked;
  private long[] reached = new long[0];
  private @Nullable NodeIndex ready;

  private volatile boolean running;
  private @Nullable Thread thread;
  private boolean failed;

  IndexFollower(
      JournalTail tail, IndexDocuments documents, Durability durability, IndexSettings settings) {
    this.tail = tail;
    this.documents = documents;
    this.durability = durability;
    this.settings = settings;
    tail.whenCommitted(this::ask);
  }

  /**
   * The index of an entity with all that was committed before the call, as far as it gets that within the patience of the
   * settings; null while there is none.
   */
  @Nullable RecordIndex upToDate(EntityType type) {
    if (!NodeIndex.ENTITIES.contains(type) || isFilling()) {
      return null;
    }
    long[] ends = tail.ends();
    long patience = settings.patience().toNanos();
    lock.lock();
    try {
      while (ready != null && patience > 0 && !isAt(ends)) {
        asked = true;
        work.signal();
        patience = progress.awaitNanos(patience);
      }
      return ready == null ? null : ready.index(type);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFilling() {
    lock.lock();
    try {
      return ready == null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isAt(long[] ends) {
    for (int partition = 0; partition < ends.length; partition++) {
      if (reached[partition] < ends[partition]) {
        return false;
      }
    }
    return true;
  }

  private void ask() {
    lock.lock();
    try {
      asked = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    running = true;
    Thread started = new Thread(this::run, "search-index");
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  @Override
  public void stop() {
    running = false;
    ask();
    try {
      if (thread != null) {
        thread.join(STOP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try (IndexPlace place = IndexPlace.take(settings.directory());
          NodeIndex index = NodeIndex.open(place, tail, documents, () -> running)) {
        if (index != null) {
          follow(index, place.lasts());
        }
      } catch (IOException | RuntimeException e) {
        failed(e);
        await(AFTER_FAILURE_MILLIS);
      } finally {
        publish(null);
      }
    }
  }

  private void follow(NodeIndex index, boolean lasts) throws IOException {
    long saved = System.nanoTime();
    while (running) {
      boolean whole = index.follow();
      publish(index);
      failed = false;
      if (lasts && index.changed() && isOver(saved)) {
        save(index);
        saved = System.nanoTime();
      }
      if (whole) {
        await(LOOK_MILLIS);
      }
    }
    if (lasts && index.changed()) {
      save(index);
    }
  }

  private boolean isOver(long saved) {
    return System.nanoTime() - saved > settings.saveEvery().toNanos();
  }

  /** What a crash could take back must not stand in a saved index. */
  private void save(NodeIndex index) throws IOException {
    durability.await();
    index.save();
  }

  private void publish(@Nullable NodeIndex index) {
    lock.lock();
    try {
      ready = index;
      reached = index == null ? new long[0] : index.positions();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(long millis) {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!asked && left > 0 && running) {
        left = work.awaitNanos(left);
      }
      asked = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    } finally {
      lock.unlock();
    }
  }

  private void failed(Exception e) {
    // While the database is away, one line is enough.
    if (!failed && running) {
      LOG.warn("The search index is not kept for now; searches ask the database", e);
    }
    failed = true;
  }
}
