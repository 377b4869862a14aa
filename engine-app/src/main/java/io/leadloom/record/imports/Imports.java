package io.leadloom.record.imports;

import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.imports.ImportJob.Status;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.ImportPlan.Sample;
import io.leadloom.record.imports.file.Table;
import io.leadloom.record.imports.file.UnreadableFileException;
import io.leadloom.schema.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The door to imports. */
@Component
@EnableConfigurationProperties(ImportSettings.class)
public class Imports {

  /** So many rows are looked at before the import is accepted. */
  private static final int FIRST_ROWS = 1_000;

  private final ImportSettings settings;
  private final ImportRows rows;
  private final Refusals refusals;
  private final ImportNode node;
  private final Schemas schemas;
  private final Ids ids;
  private final Clock clock;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  Imports(
      ImportSettings settings,
      ImportRows rows,
      Refusals refusals,
      ImportNode node,
      Schemas schemas,
      Ids ids,
      Clock clock,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.rows = rows;
    this.refusals = refusals;
    this.node = node;
    this.schemas = schemas;
    this.ids = ids;
    this.clock = clock;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Stores the file and starts a job that imports it.
   *
   * @throws RefusedException when it cannot be read as a table, is too large, or does not fit the request; nothing stays
   */
  public ImportJob start(ImportRequest request, InputStream content) {
    return receive(request, content, Status.RUNNING);
  }

  /**
   * Stores the file and looks at its columns; the import waits to be started with what they are to become.
   *
   * @throws RefusedException when it cannot be read as a table or is too large; nothing stays
   */
  public ImportJob prepare(ImportRequest request, InputStream content) {
    return receive(request, content, Status.PREPARED);
  }

  /**
   * Starts a prepared import.
   *
   * @throws RefusedException when it is not prepared, or the choice does not fit the file
   */
  public ImportJob start(long id, ImportChoice choice) {
    ImportJob job = get(id);
    ImportRequest request =
        new ImportRequest(
            job.entity(),
            job.activityType(),
            choice.match(),
            job.fileName(),
            Map.of(),
            false,
            job.plan().emptyValues(),
            null,
            null,
            job.createdBy());
    ColumnMapping mapping = new ColumnMapping(request, schemas.current());
    List<Column> columns = mapping.chosen(job.plan().columns(), choice.columns());
    mapping.checkSome(columns);
    String match = mapping.match(columns);
    boolean started =
        job.status() == Status.PREPARED
            && Boolean.TRUE.equals(
                transaction.execute(
                    tx -> {
                      boolean ours = rows.start(id, job.plan().with(columns), match);
                      if (ours) {
                        trail.record(event("started", job));
                      }
                      return ours;
                    }));
    if (!started) {
      throw new RefusedException(
          Reason.CONFLICT,
          "The import was started or cancelled already",
          List.of(Violation.of("status", job.status(), "an import that is prepared")));
    }
    node.wake();
    return get(id);
  }

  private ImportJob receive(ImportRequest request, InputStream content, Status status) {
    long id = ids.next("import_job");
    Path file = settings.file(id);
    boolean accepted = false;
    try {
      Files.createDirectories(settings.folder());
      long size = store(content, file);
      ImportJob job = planned(id, request, file, size, status);
      transaction.executeWithoutResult(
          tx -> {
            rows.insert(job);
            trail.record(
                event(status == Status.RUNNING ? "started" : "prepared", job).fact("bytes", size));
          });
      accepted = true;
      node.wake();
      return job;
    } catch (UnreadableFileException e) {
      throw RefusedException.invalid(
          "The file cannot be read",
          Violation.of(
              "file", request.fileName(), "a readable CSV or XLSX file. " + e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("The file could not be stored", e);
    } finally {
      if (!accepted) {
        delete(file);
      }
    }
  }

  private static AuditEvent event(String what, ImportJob job) {
    return AuditEvent.of("import." + what, "import", job.id(), job.fileName())
        .fact("entity", job.entity().key())
        .fact("match", job.match());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long store(InputStream content, Path file) throws IOException {
    long most = settings.maxSize().toBytes();
    long size = 0;
    byte[] buffer = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        size += read;
        if (size > most) {
          throw new RefusedException(
              Reason.TOO_LARGE,
              "The file is too large",
              List.of(Violation.of("file", null, "a file of at most " + most + " bytes")));
        }
        out.write(buffer, 0, read);
      }
    }
    return size;
  }

  private ImportJob planned(long id, ImportRequest request, Path file, long size, Status status) {
    ImportPlan opening = Tables.examine(file, request);
    ColumnMapping mapping = new ColumnMapping(request, schemas.current());
    List<Column> columns;
    List<Sample> samples;
    try (Table table = Tables.open(file, opening)) {
      Set<Integer> links = new HashSet<>();
      List<ColumnSniffer> sniffers =
          NewColumns.sniff(table, FIRST_ROWS, ColumnSniffer.emptyValues(request.emptyValues()));
      for (int i = 0; i < sniffers.size(); i++) {
        if (sniffers.get(i).onlyWholeNumbers()) {
          links.add(i);
        }
      }
      columns = mapping.columns(table.header(), links);
      samples = sniffers.stream().map(ColumnSniffer::sample).toList();
    }
    boolean running = status == Status.RUNNING;
    if (running) {
      mapping.checkSome(columns);
    }
    return new ImportJob(
        id,
        request.entity(),
        request.activityType(),
        mapping.match(columns),
        request.fileName(),
        status,
        running ? opening.with(columns) : opening.with(columns, samples),
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        size,
        clock.instant(),
        request.userId(),
        null,
        null);
  }

  /** An import as it stands. */
  public ImportJob get(long id) {
    return rows.find(id).orElseThrow(() -> RefusedException.notFound("import", id));
  }

  /** The imports of these users, newest first; {@code before} is the id of the last one seen. */
  public List<ImportJob> list(@Nullable Long before, int limit, Owners owners) {
    return rows.list(before == null ? Long.MAX_VALUE : before, limit, owners);
  }

  /** Stops an import at its next chunk; what is written stays. Nothing happens to one that has ended. */
  public ImportJob cancel(long id) {
    ImportJob job = get(id);
    transaction.executeWithoutResult(
        tx -> {
          if (rows.cancel(id)) {
            trail.record(event("cancelled", job));
          }
        });
    node.forget(id);
    return get(id);
  }

  /** Writes the refused rows as CSV: row, column, value, reason; without columns that were to fill hidden fields. */
  public void writeRefusals(long id, Rights rights, Writer out) throws IOException {
    ImportJob job = get(id);
    Set<String> hidden = new HashSet<>();
    for (Column column : job.plan().columns()) {
      String field = column.field();
      if (field != null && rights.hides(job.entity(), field)) {
        hidden.add(column.header());
      }
    }
    refusals.write(id, hidden, out);
  }
}
