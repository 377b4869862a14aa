package io.leadloom.record.imports;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.ImportStarts;
import io.leadloom.record.WriteAttempts;
import io.leadloom.record.imports.FileReading.Read;
import io.leadloom.record.imports.ImportJob.Status;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.starts.Starts;
import io.leadloom.schema.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** The door to imports. */
@Component
@EnableConfigurationProperties(ImportSettings.class)
public class Imports {

  private final ImportSettings settings;
  private final ImportRows rows;
  private final Refusals refusals;
  private final FileReading reading;
  private final Preview preview;
  private final ImportNode node;
  private final ImportStarts starts;
  private final Schemas schemas;
  private final Ids ids;
  private final Clock clock;
  private final AuditTrail trail;
  private final WriteAttempts attempts;

  Imports(
      ImportSettings settings,
      ImportRows rows,
      Refusals refusals,
      FileReading reading,
      Preview preview,
      ImportNode node,
      ImportStarts starts,
      Schemas schemas,
      Ids ids,
      Clock clock,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.rows = rows;
    this.refusals = refusals;
    this.reading = reading;
    this.preview = preview;
    this.node = node;
    this.starts = starts;
    this.schemas = schemas;
    this.ids = ids;
    this.clock = clock;
    this.trail = trail;
    this.attempts = new WriteAttempts(transactions);
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
   * Reads the file of a waiting import in another way; what was decided about its columns is forgotten.
   *
   * @param encoding null to find out
   * @param delimiter null to find out
   * @throws RefusedException when it does not wait, or cannot be read like this
   */
  public ImportJob read(long id, @Nullable String encoding, @Nullable Character delimiter) {
    ImportJob job = get(id);
    if (job.plan().delimiter() == null) {
      throw RefusedException.invalid(
          "An Excel file is read in one way only",
          Violation.of("encoding", encoding, "nothing: only text files have one"));
    }
    Read read =
        waiting(job)
            ? reading.suggested(
                settings.file(id), ImportRequest.again(job, null, delimiter, encoding))
            : null;
    boolean ours =
        read != null
            && attempts.run(
                () -> {
                  rows.counted(id, 0, false);
                  return rows.turn(
                      id, Status.PREPARED, read.plan(), read.match(), read.duplicates());
                });
    return turned(id, ours);
  }

  /**
   * Looks in the background at what all rows of a waiting import would do; nothing is written.
   *
   * @throws RefusedException when it does not wait, or the choice does not fit the file
   */
  public ImportJob check(long id, ImportChoice choice) {
    ImportJob job = get(id);
    Decided decided = decide(job, choice);
    if (decided.match() != null
        && decided.columns().stream().noneMatch(c -> decided.match().equals(c.field()))) {
      throw RefusedException.invalid(
          "The file cannot be checked like this",
          Violation.of(
              "match", decided.match(), "a field that is there already, not one to be made"));
    }
    ImportPlan plan =
        job.plan()
            .taking(choice.unreachable())
            .with(decided.columns(), job.plan().samples(), job.plan().remembered());
    boolean ours =
        waiting(job)
            && attempts.run(
                () ->
                    rows.turn(id, Status.CHECKING, plan, decided.match(), choice.duplicates())
                        && remember(job, choice));
    return turned(id, ours);
  }

  /** Lets the columns of a waiting import be decided on anew. */
  public ImportJob revise(long id) {
    ImportJob job = get(id);
    boolean ours =
        waiting(job)
            && attempts.run(
                () -> rows.turn(id, Status.PREPARED, job.plan(), job.match(), job.duplicates()));
    return turned(id, ours);
  }

  /**
   * The first rows of a waiting import as they would be stored.
   *
   * @throws RefusedException when it does not wait
   */
  public List<Preview.Line> preview(long id) {
    ImportJob job = get(id);
    if (!waiting(job)) {
      throw over(job);
    }
    return preview.of(job);
  }

  /**
   * Starts a waiting import.
   *
   * @param choice null for what it was checked with
   * @param starts whether its rows start automations; null for what was said before, or else yes
   * @throws RefusedException when it does not wait, or the choice does not fit the file
   */
  public ImportJob start(long id, @Nullable ImportChoice choice, @Nullable Starts starts) {
    ImportJob job = get(id);
    ImportChoice wanted = choice == null ? ImportChoice.of(job) : choice;
    ImportPlan planned = starts == null ? job.plan() : job.plan().with(starts);
    Decided decided = decide(job, wanted);
    boolean ours =
        waiting(job)
            && attempts.run(
                () -> {
                  boolean started =
                      rows.turn(
                              id,
                              Status.RUNNING,
                              planned.taking(wanted.unreachable()).with(decided.columns()),
                              decided.match(),
                              wanted.duplicates())
                          && remember(job, wanted);
                  if (started) {
                    holdBack(id, planned.starts());
                    trail.record(
                        event("started", job).fact("starts", planned.starts().mode().key()));
                  }
                  return started;
                });
    return turned(id, ours);
  }

  private void holdBack(long id, Starts wanted) {
    if (wanted.mode() == Starts.Mode.THROTTLED) {
      starts.hold(id, wanted.perMinute());
    }
  }

  private record Decided(List<Column> columns, @Nullable String match) {}

  private Decided decide(ImportJob job, ImportChoice choice) {
    ColumnMapping mapping =
        new ColumnMapping(ImportRequest.again(job, choice, null, null), schemas.current());
    List<Column> columns = mapping.chosen(job.plan().columns(), choice.columns());
    mapping.checkSome(columns);
    return new Decided(columns, mapping.match(columns));
  }

  private boolean remember(ImportJob job, ImportChoice choice) {
    reading.remember(ImportRequest.again(job, choice, null, null), job.plan().columns(), choice);
    return true;
  }

  /** Whether it waits and the file is on this node. */
  private boolean waiting(ImportJob job) {
    return job.waits() && Files.exists(settings.file(job.id()));
  }

  private ImportJob turned(long id, boolean ours) {
    if (!ours) {
      throw over(get(id));
    }
    node.wake();
    return get(id);
  }

  private static RefusedException over(ImportJob job) {
    return job.waits()
        ? new RefusedException(
            Reason.CONFLICT,
            "The file was received by another node of Leadloom",
            List.of(Violation.of("id", job.id(), "an import whose file is on this node")))
        : new RefusedException(
            Reason.CONFLICT,
            "The import was started or cancelled already",
            List.of(Violation.of("status", job.status(), "an import that is prepared")));
  }

  private ImportJob receive(ImportRequest request, InputStream content, Status status) {
    long id = ids.next("import_job");
    Path file = settings.file(id);
    boolean accepted = false;
    try {
      Files.createDirectories(settings.folder());
      long size = reading.store(content, file);
      Read read =
          status == Status.RUNNING
              ? reading.asAsked(file, request)
              : reading.suggested(file, request);
      ImportJob job = fresh(id, request, read, size, status);
      attempts.run(
          () -> {
            rows.insert(job);
            if (status == Status.RUNNING) {
              holdBack(id, request.starts());
            }
            trail.record(
                event(status == Status.RUNNING ? "started" : "prepared", job).fact("bytes", size));
            return id;
          });
      accepted = true;
      node.wake();
      return job;
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

  private ImportJob fresh(long id, ImportRequest request, Read read, long size, Status status) {
    return new ImportJob(
        id,
        request.entity(),
        request.activityType(),
        read.match(),
        read.duplicates(),
        request.fileName(),
        status,
        read.plan(),
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        0,
        size,
        clock.instant(),
        request.userId(),
        null,
        null,
        request.entity() != EntityType.ACTIVITY,
        null);
  }

  /** The headers of a file that brings a value for every field of these records that somebody may import. */
  public List<String> sample(EntityType type, Rights rights) {
    ImportRequest request = ImportRequest.about(type, rights.userId());
    return new ColumnMapping(request, schemas.current().visibleTo(rights)).sample();
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
    attempts.run(
        () -> {
          boolean ours = rows.cancel(id);
          if (ours) {
            trail.record(event("cancelled", job));
          }
          return ours;
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
