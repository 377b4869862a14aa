package io.leadloom.connection.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.connection.outbox.SentMessages;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.Records;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was sent to a lead, for whoever sees the lead (LEAD-124, LEAD-126). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/leads/{id:[0-9]{1,18}}/messages")
class LeadMessageController {

  private final SentMessages messages;
  private final Records records;
  private final Schemas schemas;
  private final Access access;

  LeadMessageController(SentMessages messages, Records records, Schemas schemas, Access access) {
    this.messages = messages;
    this.records = records;
    this.schemas = schemas;
    this.access = access;
  }

  /** A message; without address and words where those could tell what is hidden from the caller. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record MessageJson(
      long id,
      String channel,
      String status,
      @Nullable String to,
      @Nullable String subject,
      Instant createdAt,
      @Nullable Instant endedAt,
      @Nullable String error) {}

  /** Messages, newest first, with their number. */
  @GetMapping
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Page<MessageJson> list(
      @PathVariable("id") long id,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "20") int limit) {
    RecordRef ref = RecordRef.lead(id);
    int most = Cursor.limit(limit);
    Long before = Cursor.before(cursor);
    Rights rights = access.current();
    if (records.as(rights).find(ref).isEmpty()) {
      throw RefusedException.notFound("lead", id);
    }
    // A text may have been made of any field.
    boolean whole =
        schemas.current().fields(EntityType.LEAD).stream()
            .noneMatch(field -> rights.hides(EntityType.LEAD, field.key()));
    Page<SentMessages.Message> page = messages.of(ref, before, most);
    return new Page<>(
        page.items().stream().map(message -> json(message, whole, rights)).toList(),
        page.next(),
        page.total());
  }

  private static MessageJson json(SentMessages.Message message, boolean whole, Rights rights) {
    String address = message.channel() == Channel.EMAIL ? "email" : "phone";
    return new MessageJson(
        message.id(),
        message.channel().name().toLowerCase(Locale.ROOT),
        message.status().key(),
        rights.hides(EntityType.LEAD, address) ? null : message.to(),
        whole ? message.subject() : null,
        message.createdAt(),
        message.endedAt(),
        whole ? message.error() : null);
  }
}
