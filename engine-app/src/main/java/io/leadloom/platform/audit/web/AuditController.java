package io.leadloom.platform.audit.web;

import io.leadloom.platform.Cursors;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEntry;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditLog;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.audit.AuditVerification;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail, for administrators: read, downloaded, verified. */
@Tag(name = "Audit trail")
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

  private static final int MAX_LIMIT = 200;
  private static final int LONGEST_TEXT = 200;

  private final AuditLog log;
  private final AuditVerification verification;
  private final AuditTrail trail;
  private final Cursors cursors;

  /** Reading all of it is work: one at a time. */
  private final Semaphore verifying = new Semaphore(1);

  AuditController(AuditLog log, AuditVerification verification, AuditTrail trail, Cursors cursors) {
    this.log = log;
    this.verification = verification;
    this.trail = trail;
    this.cursors = cursors;
  }

  /** Who acted. */
  record Actor(
      String kind,
      @Nullable Long userId,
      String name,
      @Nullable String apiKey,
      @Nullable String address) {}

  /** What it was done to. */
  record Subject(String kind, String id, String name) {}

  /** An entry. */
  record Entry(
      long id,
      Instant at,
      Actor actor,
      String action,
      Subject subject,
      List<AuditEvent.Change> changes) {

    static Entry of(AuditEntry entry) {
      return new Entry(
          entry.seq(),
          entry.at(),
          new Actor(
              entry.actor().kind().key(),
              entry.actor().userId(),
              entry.actor().name(),
              entry.actor().apiKey(),
              entry.actor().address()),
          entry.action(),
          new Subject(entry.subjectKind(), entry.subjectId(), entry.subjectName()),
          entry.changes());
    }
  }

  /** The filters of list and download, as they stand in the address. */
  record Asked(
      @Nullable String from,
      @Nullable String to,
      @Nullable Long user,
      @Nullable String action,
      @Nullable String subjectKind,
      @Nullable String subject,
      @Nullable String text) {

    AuditLog.Filter filter() {
      return new AuditLog.Filter(
          time("from", from),
          time("to", to),
          user,
          part("action", action),
          part("subjectKind", subjectKind),
          part("subject", subject),
          part("text", text));
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
      try {
        return text == null || text.isBlank() ? null : Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw refused(name, text, "a time in UTC such as 2026-01-31T00:00:00Z");
      }
    }

    private static @Nullable String part(String name, @Nullable String text) {
      if (text != null && text.length() > LONGEST_TEXT) {
        throw refused(name, text, "at most " + LONGEST_TEXT + " characters");
      }
      return text == null || text.isBlank() ? null : text.strip();
    }
  }

  /**
   * Entries, newest first. A page can be short of {@code limit} and still have a {@code next}: a search for a text looks
   * through 20,000 entries a call.
   */
  @GetMapping
  @Needs(section = Section.AUDIT, value = Action.VIEW)
  Page<Entry> list(
      Asked asked,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Page.limit(limit, MAX_LIMIT);
    AuditLog.Slice slice = log.before(asked.filter(), place(cursor), limit);
    Long next = slice.next();
    return new Page<>(
        slice.entries().stream().map(Entry::of).toList(),
        next == null ? null : cursors.seal("audit:" + next),
        null);
  }

  private @Nullable Long place(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    String position = cursors.open(cursor);
    if (!position.matches("audit:[0-9]{1,18}")) {
      throw refused("cursor", cursor, "the 'next' of the page before, unchanged");
    }
    return Long.valueOf(position.substring("audit:".length()));
  }

  @GetMapping("/{id}")
  @Needs(section = Section.AUDIT, value = Action.VIEW)
  Entry one(@PathVariable long id) {
    return log.find(id)
        .map(Entry::of)
        .orElseThrow(() -> RefusedException.notFound("audit entry", id));
  }

  /** All matching entries as CSV, written as they are read. The download itself is an entry. */
  @GetMapping("/download.csv")
  @Needs(section = Section.AUDIT, value = Action.EXPORT)
  void download(Asked asked, HttpServletResponse response) throws IOException {
    AuditLog.Filter filter = asked.filter();
    trail.record(
        AuditEvent.of("export.audit", "audit", "trail", "Audit trail")
            .fact("from", filter.from())
            .fact("to", filter.to())
            .fact("user", filter.userId())
            .fact("action", filter.action())
            .fact("subjectKind", filter.subjectKind())
            .fact("subject", filter.subjectId())
            .fact("text", filter.text()));
    response.setContentType("text/csv; header=present");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-trail.csv\"");
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
      AuditCsv csv = new AuditCsv(out);
      log.each(
          filter,
          entry -> {
            try {
              csv.write(entry);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** Computes the whole chain again and names the first entry that is not as it was written. */
  @PostMapping("/verify")
  @Needs(section = Section.AUDIT, value = Action.VIEW)
  AuditVerification.Result verify() {
    if (!verifying.tryAcquire()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT, "The trail is being verified already", List.of());
    }
    try {
      return verification.verify();
    } finally {
      verifying.release();
    }
  }

  private static RefusedException refused(
      String place, @Nullable String value, String expectation) {
    return RefusedException.invalid(
        "The audit trail cannot be read like this", Violation.of(place, value, expectation));
  }
}
