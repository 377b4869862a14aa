package io.leadloom.record.file;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The files of records and the attachments of notes (LEAD-122, PLT-059). Who sees a record sees its files, who may change
 * it adds and removes them. With a record in the trash they stay as they are, and come back with it.
 */
@Component
public class RecordFiles {

  /** The longest file, in bytes: 25 MB. */
  public static final long LONGEST = 25L * 1024 * 1024;

  private static final int MOST = 200;

  private final Records records;
  private final FileRows rows;
  private final FileContent content;
  private final AuditTrail trail;
  private final Journal journal;
  private final Ids ids;
  private final Clock clock;
  private final TransactionTemplate transaction;

  RecordFiles(
      Records records,
      FileRows rows,
      FileContent content,
      AuditTrail trail,
      Journal journal,
      Ids ids,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.records = records;
    this.rows = rows;
    this.content = content;
    this.trail = trail;
    this.journal = journal;
    this.ids = ids;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** The files of a record and of its notes that one sees, newest first; 200 of either. */
  public List<StoredFile> of(RecordRef ref, Rights rights) {
    seen(ref, rights);
    List<StoredFile> files = new ArrayList<>(rows.of(ref, MOST));
    if (ref.type().root()) {
      List<StoredFile> attached = rows.ofNotes(ref, MOST);
      Set<Long> notes = attached.stream().map(file -> file.of().id()).collect(Collectors.toSet());
      Set<Long> visible = new HashSet<>();
      records.as(rights).find(EntityType.NOTE, notes).forEach(note -> visible.add(note.ref().id()));
      attached.stream().filter(file -> visible.contains(file.of().id())).forEach(files::add);
    }
    return files;
  }

  private Record seen(RecordRef ref, Rights rights) {
    return records
        .as(rights)
        .find(ref)
        .orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
  }

  private void changeable(RecordRef ref, Rights rights) {
    if (seen(ref, rights).trashedAt() != null) {
      throw RefusedException.notFound(ref.type().key(), ref.id());
    }
    if (!records.as(rights).may(ref, Action.EDIT)) {
      throw RefusedException.forbidden("You may not change this " + ref.type().key());
    }
  }

  /** A file that one sees. */
  public StoredFile find(long id, Rights rights) {
    return rows.find(id)
        .filter(file -> records.as(rights).find(file.of()).isPresent())
        .orElseThrow(() -> RefusedException.notFound("file", id));
  }

  /** Hands on the bytes of a file. */
  public void copyTo(StoredFile file, OutputStream out) throws IOException {
    content.copyTo(file.id(), out);
  }

  /**
   * Adds a file to a record.
   *
   * @throws RefusedException when it is longer than {@link #LONGEST}, empty, a program or not what its name says, or when
   *     the record has 200 files
   */
  public StoredFile add(
      RecordRef ref, @Nullable String name, InputStream bytes, Rights rights, Cause cause)
      throws IOException {
    changeable(ref, rights);
    String kept = FileCheck.name(name);
    // Nobody holds a connection to the database while a slow sender sends.
    Path spooled = Files.createTempFile("leadloom-file", null);
    try {
      long length = spool(bytes, spooled);
      byte[] head;
      try (InputStream in = Files.newInputStream(spooled)) {
        head = in.readNBytes(FileCheck.HEAD);
      }
      StoredFile file =
          new StoredFile(
              ids.next("stored_file"),
              ref,
              kept,
              FileCheck.mediaType(kept, head),
              length,
              clock.instant(),
              rights.userId());
      transaction.executeWithoutResult(status -> insert(file, spooled, rights, cause));
      return file;
    } finally {
      Files.delete(spooled);
    }
  }

  private static long spool(InputStream bytes, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[64 * 1024];
      long length = 0;
      int read = bytes.read(buffer);
      while (read >= 0) {
        length += read;
        if (length > LONGEST) {
          throw new RefusedException(
              Reason.TOO_LARGE,
              "The file is too large",
              List.of(Violation.of("file", null, "at most " + LONGEST + " bytes (25 MB)")));
        }
        out.write(buffer, 0, read);
        read = bytes.read(buffer);
      }
      if (length == 0) {
        throw RefusedException.invalid(
            "The file is empty", Violation.of("file", null, "a file with content"));
      }
      return length;
    }
  }

  private void insert(StoredFile file, Path spooled, Rights rights, Cause cause) {
    // The record may have gone meanwhile, and is not to go or to be merged before the file is
    // there.
    rows.lock(file.of());
    changeable(file.of(), rights);
    if (rows.count(file.of()) >= MOST) {
      throw RefusedException.invalid(
          "The record has too many files",
          Violation.of("file", null, "at most " + MOST + " files"));
    }
    rows.insert(file);
    try (InputStream in = Files.newInputStream(spooled)) {
      content.write(file.id(), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tell(JournalKind.FILE_ADDED, file, cause);
  }

  /** The timeline of whatever the record belongs to hears of it (LEAD-124). */
  private void tell(JournalKind kind, StoredFile file, Cause cause) {
    RecordRef root = records.find(file.of()).map(RecordFiles::root).orElse(file.of());
    Map<String, String> detail = Map.of("file", file.name());
    journal.append(
        List.of(new JournalEntry(clock.instant(), kind, file.of(), root, Map.of(), detail, cause)));
  }

  private static RecordRef root(Record record) {
    if (!record.ref().type().root()) {
      for (EntityType type : EntityType.ROOTS) {
        Long id = record.values().number(type.key());
        if (id != null) {
          return new RecordRef(type, id);
        }
      }
    }
    return record.ref();
  }

  /** Removes a file for good. */
  public void remove(long id, Rights rights, Cause cause) {
    StoredFile file = find(id, rights);
    changeable(file.of(), rights);
    transaction.executeWithoutResult(
        status -> {
          if (rows.delete(id)) {
            content.delete(id);
            tell(JournalKind.FILE_REMOVED, file, cause);
            trail.record(
                AuditEvent.of("file.removed", "file", id, file.name())
                    .fact("record", Objects.toString(file.of()))
                    .fact("bytes", file.bytes()));
          }
        });
  }
}
