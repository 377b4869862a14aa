package io.leadloom.record.calling.upload;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.tick.Ticking;
import io.leadloom.record.calling.LeadLists;
import io.leadloom.record.calling.row.ListLeads;
import io.leadloom.record.calling.row.Outcome;
import io.leadloom.record.calling.row.Target;
import io.leadloom.record.calling.row.Wanted;
import io.leadloom.record.calling.upload.ListUpload.Counts;
import io.leadloom.record.calling.upload.ListUpload.Status;
import io.leadloom.record.imports.file.Row;
import io.leadloom.record.imports.file.Table;
import io.leadloom.record.imports.file.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the rows of uploads whose file lies on this node, some in a transaction together with how far it has come, so
 * that no row is written twice, whatever breaks off (LEAD-211).
 */
@Component
class UploadWork extends Ticking implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(UploadWork.class);
  private static final long EVERY_MILLIS = 500;
  private static final int CHUNK = 500;
  private static final long LARGEST_CHUNK = 4L * 1024 * 1024;
  private static final int MOST_TRIES = 5;
  private static final long STOP_SECONDS = 20;

  private final UploadRows rows;
  private final UploadFiles files;
  private final LeadLists lists;
  private final ListLeads leads;
  private final Access access;
  private final AuditTrail trail;
  private final Clock clock;
  private final TransactionTemplate transaction;
  private final Set<Long> busy = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> tries = new ConcurrentHashMap<>();
  private final ExecutorService workers;

  UploadWork(
      UploadRows rows,
      UploadFiles files,
      LeadLists lists,
      ListLeads leads,
      Access access,
      AuditTrail trail,
      Clock clock,
      PlatformTransactionManager transactions) {
    super("list-uploads", true, EVERY_MILLIS);
    this.rows = rows;
    this.files = files;
    this.lists = lists;
    this.leads = leads;
    this.access = access;
    this.trail = trail;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
    this.workers =
        Executors.newFixedThreadPool(
            files.parallel(),
            task -> {
              Thread thread = new Thread(task, "list-upload");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  protected void look() {
    // Those whose file lies on another node are that node's.
    for (Long id : rows.running(files.all())) {
      if (Files.exists(files.of(id)) && busy.add(id)) {
        workers.execute(() -> run(id));
      }
    }
    tidy();
  }

  /** Deletes files that nobody needs any more, and ends uploads that nobody started for a day. */
  private void tidy() {
    for (Long id : files.all()) {
      ListUpload upload = busy.contains(id) ? null : rows.find(id).orElse(null);
      boolean left = upload == null && !busy.contains(id) && files.old(id, clock.instant());
      if (left || upload != null && !upload.status().open()) {
        files.delete(id);
      } else if (upload != null
          && upload.status() == Status.PREPARED
          && upload.createdAt().isBefore(clock.instant().minus(Duration.ofDays(1)))) {
        end(upload, Status.FAILED, "It was not started within a day");
      }
    }
  }

  private void run(long id) {
    try {
      ListUpload upload = rows.find(id).orElseThrow();
      if (upload.status() == Status.RUNNING) {
        write(upload);
      }
      tries.remove(id);
    } catch (UnreadableFileException | RefusedException e) {
      rows.find(id).ifPresent(upload -> end(upload, Status.FAILED, e.getMessage()));
    } catch (RuntimeException | IOException | StackOverflowError e) {
      LOG.warn("Upload {} stopped", id, e);
      if (tries.merge(id, 1, Integer::sum) >= MOST_TRIES) {
        rows.find(id).ifPresent(upload -> end(upload, Status.FAILED, "An error stopped it"));
      }
    } finally {
      busy.remove(id);
    }
  }

  private void end(ListUpload upload, Status status, @Nullable String problem) {
    transaction.executeWithoutResult(
        tx -> {
          if (rows.end(upload.id(), status, problem)) {
            Counts counts = rows.find(upload.id()).map(ListUpload::counts).orElse(Counts.NONE);
            trail.record(
                ListUploads.event(status == Status.DONE ? "done" : "failed", upload.list(), upload)
                    .fact("created", counts.created())
                    .fact("updated", counts.updated())
                    .fact("migrated", counts.migrated())
                    .fact("skipped", counts.skipped())
                    .fact("failed", counts.failed())
                    .fact("problem", problem)
                    .by(AuditActor.system("upload " + upload.id())));
          }
        });
  }

  private void write(ListUpload first) throws IOException {
    long most = files.mostRows();
    if (first.position() == 0) {
      long count = first.plan().file().counted(files.of(first.id()), most, () -> !isRunning());
      if (count > most) {
        throw new UnreadableFileException(
            "The file has more than " + most + " rows; nothing was stored");
      }
      if (count < 0) {
        return;
      }
    }
    try (Table table = first.plan().file().open(files.of(first.id()))) {
      ListUpload upload = first;
      Row row = table.next();
      while (row != null && row.number() <= first.position()) {
        row = table.next();
      }
      while (upload != null && isRunning()) {
        List<Row> chunk = new ArrayList<>();
        long size = 0;
        while (row != null && chunk.size() < CHUNK && size < LARGEST_CHUNK) {
          if (!row.blank()) {
            chunk.add(row);
            size += row.size();
          }
          row = table.next();
        }
        if (chunk.isEmpty()) {
          end(upload, Status.DONE, null);
          return;
        }
        ListUpload from = upload;
        long bytes = table.bytesRead();
        upload = transaction.execute(tx -> chunk(from, chunk, bytes, tx));
        // It goes on: what failed before has passed.
        tries.remove(from.id());
      }
    }
  }

  /** Writes some rows; returns the upload as it stands then, or null when it is not ours any more. */
  private @Nullable ListUpload chunk(
      ListUpload upload, List<Row> chunk, long bytes, TransactionStatus tx) {
    Long user = upload.createdBy();
    // Asked for each chunk: who does not keep the process any more writes no more into it.
    Rights rights = user == null ? Rights.account() : access.of(user);
    LeadLists.Opened opened = lists.open(upload.list(), rights);
    String zone = upload.plan().mapped() ? opened.list().timeZone() : null;
    Target target = leads.target(opened, upload.mode(), upload.id(), zone, rights);
    UploadedRows reading = new UploadedRows(upload.plan(), target, rights);
    List<Wanted> wanted = chunk.stream().map(reading::of).toList();
    List<Outcome> outcomes = leads.write(target, wanted);
    long position = chunk.get(chunk.size() - 1).number();
    if (!rows.advance(upload, position, counts(outcomes), bytes)) {
      // Cancelled, or somebody else has gone on: nothing of this chunk stays.
      tx.setRollbackOnly();
      return null;
    }
    rows.remark(upload.id(), outcomes);
    return rows.find(upload.id()).orElse(null);
  }

  private static Counts counts(List<Outcome> outcomes) {
    Map<Outcome.Kind, Long> counts = new EnumMap<>(Outcome.Kind.class);
    outcomes.forEach(outcome -> counts.merge(outcome.kind(), 1L, Long::sum));
    return new Counts(
        counts.getOrDefault(Outcome.Kind.CREATED, 0L),
        counts.getOrDefault(Outcome.Kind.UPDATED, 0L),
        counts.getOrDefault(Outcome.Kind.MIGRATED, 0L),
        counts.getOrDefault(Outcome.Kind.SKIPPED, 0L),
        counts.getOrDefault(Outcome.Kind.FAILED, 0L));
  }

  @Override
  public void destroy() throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      workers.shutdownNow();
    }
  }
}
