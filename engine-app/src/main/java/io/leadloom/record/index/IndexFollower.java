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
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps the index of this node as the database is: fills it when it is new, then follows the journal in a thread of its
 * own. Searches wait for what was committed before them.
 */
final class IndexFollower implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);

  /**
   * Commits are looked for this often while no search asks: what changes several times in between is read and indexed once,
   * and each commit would cost as much as a large batch.
   */
  private static final long LOOK_MILLIS = 250;

  private static final long AFTER_FAILURE_MILLIS = 1_000;

  /** After so many failures one after the other the index is filled anew. */
  private static final int MOST_FAILURES = 3;

  private static final long STOP_MILLIS = 30_000;

  private final JournalTail tail;
  private final IndexDocuments documents;
  private final Durability durability;
  private final IndexSettings settings;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private boolean asked;
  private boolean doubted;
  private long[] reached = new long[0];
  private @Nullable NodeIndex ready;

  private volatile boolean running;
  private @Nullable Thread thread;
  private boolean failed;
  private int failures;

  IndexFollower(
      JournalTail tail, IndexDocuments documents, Durability durability, IndexSettings settings) {
    this.tail = tail;
    this.documents = documents;
    this.durability = durability;
    this.settings = settings;
  }

  /** What a search wants of the index. */
  enum Wanted {
    /** As it is. */
    PRESENT,
    /** With all that was committed before the call, as far as the patience of the settings goes. */
    LATEST,
    /** With all that was committed before the call, or none. */
    EXACT
  }

  /** The index of an entity; null while there is none, or none as it is wanted. */
  @Nullable RecordIndex index(EntityType type, Wanted wanted) {
    if (!NodeIndex.ENTITIES.contains(type) || isFilling()) {
      return null;
    }
    long[] ends = wanted == Wanted.PRESENT ? new long[0] : tail.ends();
    long patience = settings.patience().toNanos();
    lock.lock();
    try {
      while (ready != null && patience > 0 && !isAt(ends)) {
        asked = true;
        work.signal();
        patience = progress.awaitNanos(patience);
      }
      return ready == null || wanted == Wanted.EXACT && !isAt(ends) ? null : ready.index(type);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Has the index looked at after a search has failed in it, unless another one has taken its place. */
  void doubt(EntityType type, RecordIndex index, RuntimeException e) {
    lock.lock();
    try {
      if (!doubted && ready != null && ready.index(type) == index) {
        doubted = true;
        LOG.warn("A search failed in the index and asks the database; the index is looked at", e);
        asked = true;
        work.signal();
      }
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
      try (IndexPlace place = IndexPlace.take(settings.directory())) {
        if (failures >= MOST_FAILURES) {
          for (EntityType type : NodeIndex.ENTITIES) {
            place.clear(type);
          }
          failures = 0;
        }
        follow(place);
      } catch (NodeIndex.SetBackException e) {
        failures = MOST_FAILURES;
        LOG.warn("{}", e.getMessage());
      } catch (DataAccessException | TransactionException | Error e) {
        failed(e);
        pause();
      } catch (IOException | RuntimeException e) {
        failures++;
        failed(e);
        pause();
      }
    }
  }

  private void follow(IndexPlace place) throws IOException {
    try (NodeIndex index = NodeIndex.open(place, tail, documents, new Filling())) {
      if (index != null) {
        try {
          follow(index, place.lasts());
        } finally {
          // Nobody shall get an index that is about to be closed.
          publish(null);
        }
      }
    }
  }

  /** While the database is away, what has been filled stays. */
  private final class Filling implements NodeIndex.Wait {

    @Override
    public boolean goesOn() {
      return running;
    }

    @Override
    public void failed(RuntimeException e) {
      IndexFollower.this.failed(e);
      pause();
    }
  }

  private void follow(NodeIndex index, boolean lasts) throws IOException {
    boolean published = false;
    long saved = System.nanoTime();
    while (running) {
      try {
        if (isDoubted()) {
          index.check();
        }
        boolean whole = index.follow();
        if (whole && !published && lasts && index.changed()) {
          // Filling it, or reading up, may have taken long.
          save(index);
          saved = System.nanoTime();
        }
        published |= whole;
        if (published) {
          publish(index);
          failed = false;
          failures = 0;
        }
        if (lasts && index.changed() && isOver(saved)) {
          save(index);
          saved = System.nanoTime();
        }
        if (whole) {
          await(LOOK_MILLIS);
        }
      } catch (DataAccessException | TransactionException e) {
        // The index is as good as it was; until it can follow again, searches do not wait for it.
        published = false;
        publish(null);
        failed(e);
        pause();
      }
    }
    if (lasts && index.changed()) {
      save(index);
    }
  }

  private boolean isDoubted() {
    lock.lock();
    try {
      boolean was = doubted;
      doubted = false;
      return was;
    } finally {
      lock.unlock();
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

  /** Commits do not shorten it: opening the index may take more than all of them. */
  private void pause() {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(AFTER_FAILURE_MILLIS);
      while (left > 0 && running) {
        left = work.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running = false;
    } finally {
      lock.unlock();
    }
  }

  private void failed(Throwable e) {
    // While the database is away, one line is enough.
    if (!failed && running) {
      LOG.warn("The search index is not kept for now; searches ask the database", e);
    }
    failed = true;
  }
}
