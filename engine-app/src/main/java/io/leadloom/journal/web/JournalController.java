package io.leadloom.journal.web;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.platform.Page;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Consumers with their lag, and dead letters with replay and discard. */
@RestController
@RequestMapping("/api/v1/journal")
class JournalController {

  private static final int MAX_LIMIT = 200;

  private final JournalConsumers consumers;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  JournalController(JournalConsumers consumers, AuditTrail trail, TransactionTemplate transaction) {
    this.consumers = consumers;
    this.trail = trail;
    this.transaction = transaction;
  }

  record ConsumerList(List<JournalConsumers.Status> items) {}

  record DeadLetterJson(
      String id,
      String consumer,
      int attempts,
      Instant parkedAt,
      String error,
      Instant at,
      String kind,
      String subject,
      String root,
      Map<String, FieldChange> changes,
      Map<String, String> detail) {

    static DeadLetterJson of(JournalConsumers.DeadLetter letter) {
      JournalEvent event = letter.event();
      JournalEntry entry = event.entry();
      return new DeadLetterJson(
          letter.id(),
          letter.consumer(),
          letter.attempts(),
          letter.parkedAt(),
          letter.error(),
          entry.at(),
          entry.kind().name().toLowerCase(Locale.ROOT),
          entry.subject().toString(),
          entry.root().toString(),
          entry.changes(),
          entry.detail());
    }
  }

  @GetMapping("/consumers")
  @Needs(section = Section.JOURNAL, value = Action.VIEW)
  ConsumerList all() {
    return new ConsumerList(consumers.all());
  }

  @PostMapping("/consumers/{name}/pause")
  @Needs(section = Section.JOURNAL, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void pause(@PathVariable String name) {
    audited("consumer", "paused", name, consumers::pause);
  }

  @PostMapping("/consumers/{name}/resume")
  @Needs(section = Section.JOURNAL, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void resume(@PathVariable String name) {
    audited("consumer", "resumed", name, consumers::resume);
  }

  @GetMapping("/dead-letters")
  @Needs(section = Section.JOURNAL, value = Action.VIEW)
  Page<DeadLetterJson> deadLetters(
      @RequestParam(required = false) @Nullable String consumer,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Page.limit(limit, MAX_LIMIT);
    Page<JournalConsumers.DeadLetter> page = consumers.deadLetters(consumer, cursor, limit);
    return new Page<>(
        page.items().stream().map(DeadLetterJson::of).toList(), page.next(), page.total());
  }

  @PostMapping("/dead-letters/{id}/replay")
  @Needs(section = Section.JOURNAL, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void replay(@PathVariable String id) {
    audited("dead-letter", "replayed", id, consumers::replay);
  }

  @PostMapping("/dead-letters/{id}/discard")
  @Needs(section = Section.JOURNAL, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void discard(@PathVariable String id) {
    audited("dead-letter", "discarded", id, consumers::discard);
  }

  private void audited(String kind, String what, String id, Consumer<String> work) {
    transaction.executeWithoutResult(
        status -> {
          work.accept(id);
          trail.record(AuditEvent.of(kind + "." + what, kind, id, id));
        });
  }
}
