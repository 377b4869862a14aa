package io.leadloom.record.imports;

import io.leadloom.identity.Users;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Access;
import io.leadloom.record.Records;
import io.leadloom.record.imports.ChunkQueue.Chunk;
import io.leadloom.record.imports.ImportJob.Status;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.ImportRows.Lease;
import io.leadloom.record.imports.RowCommands.Planned;
import io.leadloom.record.imports.check.SeenRows;
import io.leadloom.record.imports.file.Row;
import io.leadloom.record.imports.file.RowCount;
import io.leadloom.record.imports.file.Table;
import io.leadloom.record.imports.file.UnreadableFileException;
import io.leadloom.record.imports.undo.StoredTraces;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs one import from where it stands: one thread reads and converts, another writes. */
@Component
class ImportWork {

  /** A chunk ends early when its rows have so many characters. */
  private static final long LARGEST_CHUNK = 8L * 1024 * 1024;

  private static final int CHUNKS_AHEAD = 2;

  /** A check looks at so many chunks together, as rows know most of those that they are looked at with. */
  private static final int CHECKED_CHUNKS = 10;

  private final ImportSettings settings;
  private final ImportRows rows;
  private final Refusals refusals;
  private final SeenRows seenRows;
  private final StoredTraces traces;
  private final FieldRules rules;
  private final NewColumns newColumns;
  private final Records records;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Users users;
  private final AuditTrail trail;
  private final Access access;
  private final TransactionTemplate transaction;

  ImportWork(
      ImportSettings settings,
      ImportRows rows,
      Refusals refusals,
      SeenRows seenRows,
      StoredTraces traces,
      FieldRules rules,
      NewColumns newColumns,
      Records records,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      AuditTrail trail,
      Access access,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.rows = rows;
    this.refusals = refusals;
    this.seenRows = seenRows;
    this.traces = traces;
    this.rules = rules;
    this.newColumns = newColumns;
    this.records = records;
    this.schemas = schemas;
    this.conversion = conversion;
    this.users = users;
    this.trail = trail;
    this.access = access;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Runs until the file ends, the lease is lost, the job is cancelled or the node wants to stop. */
  void run(Lease lease, BooleanSupplier stopping) {
    ImportJob found = rows.find(lease.id()).orElseThrow();
    boolean check = found.status() == Status.CHECKING;
    try {
      if (found.position() == 0 && !begin(found, stopping)) {
        return;
      }
      ImportJob job = check ? found : prepared(lease);
      if (job != null && write(job, lease, stopping)) {
        end(lease, check ? Status.CHECKED : Status.DONE, null);
      }
    } catch (UnreadableFileException e) {
      end(lease, check ? Status.CHECKED : Status.FAILED, e.getMessage());
    }
    if (check && rows.find(lease.id()).filter(job -> job.status() == Status.CHECKING).isEmpty()) {
      seenRows.clear(lease.id());
    }
  }

  /**
   * Forgets what an earlier check has found, and refuses a file with too many rows before the first one is written
   * (LEAD-054).
   *
   * @return false when the node wants to stop
   */
  private boolean begin(ImportJob job, BooleanSupplier stopping) {
    refusals.clear(job.id());
    seenRows.clear(job.id());
    long count = job.allCounted() ? job.counted() : counted(job, stopping);
    if (count > settings.maxRows()) {
      throw new UnreadableFileException(
          "The file has more than " + settings.maxRows() + " rows; nothing was imported");
    }
    return count >= 0;
  }

  /** How many rows there are; 0 when there are surely not too many, -1 when the node wants to stop. */
  private long counted(ImportJob job, BooleanSupplier stopping) {
    Path file = settings.file(job.id());
    try {
      boolean few =
          job.plan().delimiter() == null
              ? job.plan().sheetRows() <= settings.maxRows()
              : RowCount.surelyAtMost(file, settings.maxRows());
      if (few) {
        return 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Table table = Tables.open(file, job.plan())) {
      return RowCount.of(table, count -> {}, stopping);
    }
  }

  private void end(Lease lease, Status status, @Nullable String problem) {
    transaction.executeWithoutResult(
        tx -> {
          if (rows.end(lease, status, problem) && status != Status.CHECKED) {
            rows.find(lease.id()).ifPresent(job -> trail.record(ended(job)));
          }
        });
  }

  private static AuditEvent ended(ImportJob job) {
    String what = job.status() == Status.DONE ? "import.done" : "import.failed";
    return AuditEvent.of(what, "import", job.id(), job.fileName())
        .fact("created", job.created())
        .fact("updated", job.updated())
        .fact("unchanged", job.unchanged())
        .fact("skipped", job.skipped())
        .fact("refused", job.refused())
        .fact("problem", job.problem())
        .by(AuditActor.system("import " + job.id()));
  }

  /** The job with a field for each column, or null when it is not ours any more. */
  private @Nullable ImportJob prepared(Lease lease) {
    ImportJob job = rows.find(lease.id()).orElseThrow();
    if (job.plan().columns().stream().noneMatch(Column::open)) {
      return job;
    }
    List<Column> columns;
    try (Table table = Tables.open(settings.file(job.id()), job.plan())) {
      columns = newColumns.make(job, table);
    }
    String match = job.match();
    for (int i = 0; i < columns.size(); i++) {
      Column before = job.plan().columns().get(i);
      if (before.open() && before.header().equals(job.match())) {
        match = columns.get(i).field();
      }
    }
    String key = match;
    boolean ours =
        Boolean.TRUE.equals(
            transaction.execute(tx -> rows.plan(lease, job.plan().with(columns), key)));
    return ours ? rows.find(lease.id()).orElseThrow() : null;
  }

  /** Whether the file has been written to its end. */
  private boolean write(ImportJob job, Lease lease, BooleanSupplier stopping) {
    // Asked for each chunk: what was taken away from the importer meanwhile counts for the rest of
    // the file.
    Supplier<Records> door = () -> records.as(job.rights(access));
    ChunkQueue.Taker writer =
        job.status() == Status.CHECKING
            ? new CheckWriter(
                job, lease, door, schemas.current(), rules, rows, refusals, seenRows, transaction)
            : new ChunkWriter(door, rows, refusals, transaction, lease, job, traces);
    try (ChunkQueue chunks =
        new ChunkQueue(CHUNKS_AHEAD, "import-" + job.id(), queue -> read(job, queue))) {
      for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
        if (stopping.getAsBoolean() || !writer.write(chunk)) {
          return false;
        }
      }
    }
    return true;
  }

  private void read(ImportJob job, ChunkQueue.Sink queue) throws InterruptedException {
    try (Table table = Tables.open(settings.file(job.id()), job.plan())) {
      RowCommands commands = new RowCommands(job, schemas.current(), conversion, users);
      int most = settings.chunk() * (job.status() == Status.CHECKING ? CHECKED_CHUNKS : 1);
      List<Planned> planned = new ArrayList<>();
      long size = 0;
      long position = job.position();
      for (Row row = table.next(); row != null; row = table.next()) {
        if (row.number() > position) {
          position = row.number();
          if (!row.blank()) {
            planned.add(commands.plan(row));
            size += row.size();
          }
          if (planned.size() >= most || size >= LARGEST_CHUNK) {
            queue.put(new Chunk(planned, commands, position, table.bytesRead()));
            planned = new ArrayList<>();
            size = 0;
          }
        }
      }
      if (!planned.isEmpty()) {
        queue.put(new Chunk(planned, commands, position, table.bytesRead()));
      }
    }
  }

  /** Forgets what would be needed to take imports back that are too old for it. */
  void forgetOld() {
    traces.forgetOld();
  }

  /** Forgets what a check that did not come to its end has seen. */
  void forget(long id) {
    seenRows.clear(id);
  }

  /** How often a job was tried again without getting on. */
  int tries(Lease lease) {
    return rows.tries(lease.id());
  }

  /** Gives up a job that fails again and again. */
  void fail(Lease lease, Throwable e) {
    boolean check =
        rows.find(lease.id()).filter(job -> job.status() == Status.CHECKING).isPresent();
    String reason = Objects.toString(e.getMessage(), e.toString());
    if (check) {
      end(lease, Status.CHECKED, "The check stopped: " + reason);
    } else {
      end(lease, Status.FAILED, "The import stopped: " + reason);
    }
  }
}
