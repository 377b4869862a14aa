package io.leadloom.record.calling.upload;

import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Access;
import io.leadloom.record.calling.LeadList;
import io.leadloom.record.calling.LeadLists;
import io.leadloom.record.calling.row.Columns;
import io.leadloom.record.calling.row.DuplicateMode;
import io.leadloom.record.calling.row.ListLeads;
import io.leadloom.record.calling.upload.ListUpload.Counts;
import io.leadloom.record.calling.upload.ListUpload.Status;
import io.leadloom.record.imports.file.ReceivedFile;
import io.leadloom.record.imports.file.Table;
import io.leadloom.record.imports.file.TableFile;
import io.leadloom.record.imports.file.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The door to uploads into lead lists, for who keeps the process (LEAD-038 to LEAD-059). */
@Component
public class ListUploads {

  private static final int MOST = 200;
  private static final int LONGEST_NAME = 250;

  /** The encodings of LEAD-055. */
  private static final Map<String, Charset> ENCODINGS =
      Map.of(
          "utf-8", StandardCharsets.UTF_8,
          "utf-16", StandardCharsets.UTF_16,
          "windows-1252", Charset.forName("windows-1252"),
          "iso-8859-1", StandardCharsets.ISO_8859_1);

  private final UploadRows rows;
  private final UploadFiles files;
  private final LeadLists lists;
  private final ListLeads leads;
  private final Access access;
  private final Ids ids;
  private final AuditTrail trail;
  private final Clock clock;
  private final TransactionTemplate transaction;

  ListUploads(
      UploadRows rows,
      UploadFiles files,
      LeadLists lists,
      ListLeads leads,
      Access access,
      Ids ids,
      AuditTrail trail,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.rows = rows;
    this.files = files;
    this.lists = lists;
    this.leads = leads;
    this.access = access;
    this.ids = ids;
    this.trail = trail;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What somebody wants of a file.
   *
   * @param fileName as users know it
   * @param encoding of a text file; null for UTF-8
   * @param map whether it waits until its headers are mapped
   */
  public record Wanted(
      String fileName, DuplicateMode mode, @Nullable String encoding, boolean map) {}

  /**
   * Receives a file and starts to write it into a list, or lets it wait for its headers to be mapped.
   *
   * @throws RefusedException when it is no CSV or XLSX file or too large; nothing stays
   */
  public ListUpload receive(long list, Wanted wanted, InputStream content) {
    LeadList into = lists.get(list);
    kind(wanted.fileName());
    Charset encoding = encoding(wanted.encoding());
    long id = ids.next("list_upload");
    Path file = files.of(id);
    boolean accepted = false;
    try {
      Files.createDirectories(files.folder());
      long size = ReceivedFile.store(content, file, files.mostBytes());
      if (size == 0) {
        throw refused("file", null, "Choose a file");
      }
      ListUpload upload = fresh(id, into, wanted, size, plan(file, list, wanted, encoding));
      transaction.executeWithoutResult(
          tx -> {
            rows.insert(upload);
            trail.record(event("started", into.id(), upload));
          });
      accepted = true;
      return upload;
    } catch (UnreadableFileException e) {
      throw refused("file", wanted.fileName(), "a readable CSV or XLSX file. " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("The file could not be stored", e);
    } finally {
      if (!accepted) {
        files.delete(id);
      }
    }
  }

  private UploadPlan plan(Path file, long list, Wanted wanted, Charset encoding)
      throws IOException {
    TableFile opening = TableFile.examine(file, encoding);
    try (Table table = opening.open(file)) {
      List<String> headers = table.header();
      Columns columns = leads.columns(list);
      List<@Nullable String> places =
          wanted.map() ? List.of() : HeaderMapping.inOrder(headers, columns);
      return new UploadPlan(opening, headers, places, wanted.map());
    }
  }

  private ListUpload fresh(long id, LeadList list, Wanted wanted, long size, UploadPlan plan) {
    String name = wanted.fileName();
    return new ListUpload(
        id,
        list.id(),
        name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME),
        size,
        wanted.map() ? Status.PREPARED : Status.RUNNING,
        wanted.mode(),
        plan,
        null,
        0,
        Counts.NONE,
        0,
        clock.instant(),
        access.current().userId(),
        null);
  }

  /** Names tell of other kinds; what has no ending is looked at (LEAD-039). */
  private static void kind(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String ending = dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    if (!List.of("", "csv", "txt", "tsv", "xlsx").contains(ending)) {
      throw refused("file", fileName, "a CSV or XLSX file (.csv, .xlsx)");
    }
  }

  private static Charset encoding(@Nullable String given) {
    String wanted = given == null || given.isBlank() ? "utf-8" : given.strip();
    return Optional.ofNullable(ENCODINGS.get(wanted.toLowerCase(Locale.ROOT)))
        .orElseThrow(() -> refused("encoding", given, "UTF-8, UTF-16, Windows-1252 or ISO-8859-1"));
  }

  private static RefusedException refused(
      String place, @Nullable String value, String expectation) {
    return RefusedException.invalid(
        "The file cannot be uploaded like this", Violation.of(place, value, expectation));
  }

  static AuditEvent event(String what, long list, ListUpload upload) {
    return AuditEvent.of("list-upload." + what, "list-upload", upload.id(), upload.fileName())
        .fact("list", list);
  }

  /** One upload, for who keeps the process of its list. */
  public ListUpload get(long id) {
    ListUpload upload = rows.find(id).orElseThrow(() -> missing(id));
    try {
      lists.get(upload.list());
    } catch (RefusedException e) {
      throw e.reason() == RefusedException.Reason.NOT_FOUND ? missing(id) : e;
    }
    return upload;
  }

  private static RefusedException missing(long id) {
    return RefusedException.notFound("upload", id);
  }

  /** One page of the uploads into a list, the newest first. */
  public Page<ListUpload> page(long list, @Nullable String cursor, int limit) {
    int read = Page.limit(limit, MOST) + 1;
    if (cursor != null && !cursor.matches("[0-9]{1,18}")) {
      throw refused("cursor", cursor, "the 'next' of the page before");
    }
    lists.get(list);
    List<ListUpload> found =
        rows.page(list, cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor), read);
    return found.size() <= limit
        ? new Page<>(found, null, null)
        : new Page<>(found.subList(0, limit), Long.toString(found.get(limit - 1).id()), null);
  }

  /**
   * Starts one that waits.
   *
   * @param mapping headers by target
   */
  public ListUpload start(long id, Map<String, @Nullable String> mapping) {
    ListUpload upload = get(id);
    UploadPlan plan = upload.plan();
    List<@Nullable String> columns =
        HeaderMapping.mapped(plan.headers(), leads.columns(upload.list()), mapping);
    boolean started =
        Objects.requireNonNull(
            transaction.execute(
                tx -> rows.start(id, new UploadPlan(plan.file(), plan.headers(), columns, true))));
    if (!started) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "The upload was started or cancelled already",
          List.of(Violation.of("status", upload.status(), "an upload that is prepared")));
    }
    return get(id);
  }

  /** Stops one at its next rows; what is written stays. Nothing happens to one that has ended. */
  public ListUpload cancel(long id) {
    ListUpload upload = get(id);
    transaction.executeWithoutResult(
        tx -> {
          if (rows.end(id, Status.CANCELLED, null)) {
            trail.record(event("cancelled", upload.list(), upload));
          }
        });
    if (upload.status() == Status.PREPARED) {
      files.delete(id);
    }
    return get(id);
  }

  /** Writes the rows that failed or were skipped as CSV, with the reasons. */
  public void writeRemarks(long id, Writer out) throws IOException {
    rows.write(id, leads.hidden(get(id).list()), out);
  }

  /** The headers of a file in the order of the definition (LEAD-044). */
  public List<String> sample(long list) {
    return leads.columns(list).all().stream().map(Columns.Column::name).toList();
  }
}
