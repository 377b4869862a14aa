package io.leadloom.platform.audit.web;

import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEntry;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.csv.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The trail as CSV: one line for each changed part of an entry, or one for an entry without parts. */
final class AuditCsv {

  private final CsvWriter csv;

  AuditCsv(Writer out) throws IOException {
    csv = new CsvWriter(out);
    csv.row(
        "entry",
        "time",
        "actor kind",
        "actor",
        "api key",
        "address",
        "action",
        "subject kind",
        "subject id",
        "subject",
        "field",
        "before",
        "after");
  }

  void write(AuditEntry entry) throws IOException {
    if (entry.changes().isEmpty()) {
      write(entry, null);
    }
    for (AuditEvent.Change change : entry.changes()) {
      write(entry, change);
    }
  }

  private void write(AuditEntry entry, AuditEvent.@Nullable Change change) throws IOException {
    AuditActor actor = entry.actor();
    csv.row(
        Long.toString(entry.seq()),
        entry.at().toString(),
        actor.kind().key(),
        actor.name(),
        text(actor.apiKey()),
        text(actor.address()),
        entry.action(),
        entry.subjectKind(),
        entry.subjectId(),
        entry.subjectName(),
        change == null ? "" : change.field(),
        change == null ? "" : text(change.before()),
        change == null ? "" : text(change.after()));
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
