package io.leadloom.record.imports;

import io.leadloom.platform.Violation;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.imports.ChunkQueue.Chunk;
import io.leadloom.record.imports.ImportRows.Lease;
import io.leadloom.record.imports.RowCommands.Planned;
import io.leadloom.record.imports.undo.StoredTraces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes rows and the progress of their job in one transaction. */
final class ChunkWriter implements ChunkQueue.Taker {

  private static final Logger LOG = LoggerFactory.getLogger(ChunkWriter.class);
  private static final int MOST_TRIES = 8;

  private final Supplier<Records> records;
  private final ImportRows rows;
  private final Refusals refusals;
  private final TransactionTemplate transaction;
  private final Lease lease;
  private final ImportJob job;
  private final StoredTraces traces;

  ChunkWriter(
      Supplier<Records> records,
      ImportRows rows,
      Refusals refusals,
      TransactionTemplate transaction,
      Lease lease,
      ImportJob job,
      StoredTraces traces) {
    this.records = records;
    this.rows = rows;
    this.refusals = refusals;
    this.transaction = transaction;
    this.lease = lease;
    this.job = job;
    this.traces = traces;
  }

  @Override
  public boolean write(Chunk chunk) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Boolean.TRUE.equals(transaction.execute(status -> attempt(chunk, status)));
      } catch (ConcurrencyFailureException | DuplicateKeyException e) {
        if (attempt == MOST_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << attempt));
      } catch (DataIntegrityViolationException | IllegalArgumentException e) {
        return writeApart(chunk, e);
      }
    }
  }

  /** The database takes everything but one row: finds it by halving. */
  private boolean writeApart(Chunk chunk, RuntimeException failure) {
    int size = chunk.rows().size();
    if (size > 1) {
      List<Planned> first = chunk.rows().subList(0, size / 2);
      List<Planned> rest = chunk.rows().subList(size / 2, size);
      long position = first.get(first.size() - 1).row();
      return write(new Chunk(first, chunk.commands(), position, chunk.bytes()))
          && write(new Chunk(rest, chunk.commands(), chunk.position(), chunk.bytes()));
    }
    if (size == 0 || chunk.rows().get(0).command() == null) {
      throw failure;
    }
    long row = chunk.rows().get(0).row();
    LOG.warn("Import {}: row {} cannot be written", lease.id(), row, failure);
    Violation violation = Violation.of("row", null, "values that the database takes");
    Planned refused = new Planned(row, null, List.of(violation));
    return write(new Chunk(List.of(refused), chunk.commands(), chunk.position(), chunk.bytes()));
  }

  private boolean attempt(Chunk chunk, org.springframework.transaction.TransactionStatus status) {
    List<RecordCommand> commands = new ArrayList<>(chunk.rows().size());
    for (Planned row : chunk.rows()) {
      if (row.command() != null) {
        commands.add(row.command());
      }
    }
    RecordSession session = records.get().open();
    List<WriteResult> results = session.applyAll(commands, job.cause());
    traces.keep(job.id(), job.entity(), chunk.position(), session.pending());
    session.flush();
    Tally tally = new Tally(chunk.commands());
    int next = 0;
    for (Planned row : chunk.rows()) {
      tally.add(row, row.command() == null ? null : results.get(next++));
    }
    refusals.insert(lease.id(), tally.named());
    boolean ours = rows.advance(lease, tally.progress(chunk));
    if (!ours) {
      status.setRollbackOnly();
    }
    return ours;
  }
}
