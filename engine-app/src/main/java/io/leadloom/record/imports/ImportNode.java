package io.leadloom.record.imports;

import io.leadloom.platform.feature.Feature;
import io.leadloom.platform.feature.Features;
import io.leadloom.record.imports.ImportRows.Lease;
import io.leadloom.record.imports.columns.ColumnMemory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes up imports whose file lies on this node, keeps their leases alive and gives them back when the node stops. After
 * a crash the lease runs out and the import goes on behind its last chunk.
 */
@Component
class ImportNode implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ImportNode.class);
  private static final int MOST_TRIES = 5;
  private static final Set<ImportJob.Status> OPEN =
      EnumSet.of(
          ImportJob.Status.PREPARED,
          ImportJob.Status.CHECKING,
          ImportJob.Status.CHECKED,
          ImportJob.Status.RUNNING);

  private final String owner = UUID.randomUUID().toString();
  private final ImportSettings settings;
  private final ImportRows rows;
  private final ImportWork work;
  private final RowCounter counter;
  private final ColumnMemory memory;
  private final Features features;
  private final Clock clock;
  private final TransactionTemplate transaction;
  private final Map<Long, Lease> leases = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clockwork;
  private final ExecutorService workers;
  private final ExecutorService counters;
  private volatile boolean running;
  private volatile boolean stopping;

  ImportNode(
      ImportSettings settings,
      ImportRows rows,
      ImportWork work,
      RowCounter counter,
      ColumnMemory memory,
      Features features,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.rows = rows;
    this.work = work;
    this.counter = counter;
    this.memory = memory;
    this.features = features;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
    this.clockwork = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "imports"));
    this.workers =
        Executors.newFixedThreadPool(settings.parallel(), task -> thread(task, "import-writer"));
    this.counters = Executors.newSingleThreadExecutor(task -> thread(task, "import-counter"));
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    running = true;
    clockwork.scheduleWithFixedDelay(this::sweep, 0, 3600, TimeUnit.SECONDS);
    clockwork.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    clockwork.scheduleWithFixedDelay(this::renew, 5, 5, TimeUnit.SECONDS);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Looks for work at once. */
  void wake() {
    clockwork.execute(this::look);
  }

  private void look() {
    try {
      if (off()) {
        return;
      }
      for (Long id : rows.free()) {
        if (leases.size() < settings.parallel()
            && !leases.containsKey(id)
            && Files.exists(settings.file(id))) {
          Lease lease = transaction.execute(tx -> rows.claim(id, owner));
          if (lease != null) {
            leases.put(id, lease);
            workers.execute(() -> run(lease));
          }
        }
      }
      counter.each(job -> counters.execute(() -> counter.count(job, () -> stopping || off())));
      transaction.executeWithoutResult(tx -> rows.failAbandoned());
    } catch (RuntimeException | Error e) {
      LOG.warn("Cannot look for imports: {}", e.getMessage());
    }
  }

  /** Then jobs stand where they are and go on when imports are on again (SET-030). */
  private boolean off() {
    return !features.on(Feature.IMPORTS);
  }

  private void renew() {
    try {
      for (Lease lease : List.copyOf(leases.values())) {
        transaction.execute(tx -> rows.renew(lease));
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("Cannot prolong the leases of imports: {}", e.getMessage());
    }
  }

  private void run(Lease lease) {
    try {
      work.run(lease, () -> stopping || off());
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      failed(lease, e);
    } finally {
      leases.remove(lease.id());
    }
    tidy(lease.id());
  }

  private void failed(Lease lease, Throwable e) {
    LOG.warn("Import {} stopped", lease.id(), e);
    try {
      int tries = work.tries(lease);
      if (tries + 1 >= MOST_TRIES) {
        work.fail(lease, e);
      } else {
        Duration pause = Duration.ofSeconds(2L << tries);
        transaction.executeWithoutResult(tx -> rows.release(lease, pause));
      }
    } catch (RuntimeException second) {
      LOG.warn("Import {} will go on when its lease has run out", lease.id(), second);
    }
  }

  /** Deletes files that imports have left behind: those of ended jobs and of uploads that broke off. */
  private void sweep() {
    try {
      transaction.executeWithoutResult(tx -> memory.forgetOld());
      work.forgetOld();
    } catch (RuntimeException e) {
      LOG.warn("What imports no longer need stays until the next try: {}", e.getMessage());
    }
    if (!Files.isDirectory(settings.folder())) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(settings.folder(), "import-*")) {
      Instant yesterday = clock.instant().minus(Duration.ofDays(1));
      for (Path file : files) {
        String id = file.getFileName().toString().substring("import-".length());
        boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(yesterday);
        if (old && id.matches("[0-9]{1,18}")) {
          tidy(Long.parseLong(id));
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot look for files that imports have left: {}", e.getMessage());
    }
  }

  /** Deletes the file of an import that was cancelled before this node took it up. */
  void forget(long id) {
    if (!leases.containsKey(id)) {
      tidy(id);
    }
  }

  /** Deletes the file of an import that has ended. */
  private void tidy(long id) {
    try {
      boolean over = rows.find(id).filter(job -> OPEN.contains(job.status())).isEmpty();
      if (over) {
        work.forget(id);
        Files.deleteIfExists(settings.file(id));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("The file of import {} stays: {}", id, e.getMessage());
    }
  }

  @Override
  public void stop() {
    stopping = true;
    running = false;
    clockwork.shutdownNow();
    workers.shutdown();
    counters.shutdownNow();
    try {
      if (!workers.awaitTermination(20, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
