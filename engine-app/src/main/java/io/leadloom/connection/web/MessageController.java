package io.leadloom.connection.web;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import io.leadloom.record.FormerRecords;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was sent to a lead or contact, or about an opportunity, for whoever sees it (LEAD-103, LEAD-124, LEAD-126). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:leads|contacts|opportunities}/{id:[0-9]{1,18}}/messages")
class MessageController {

  /** Whose values merge fields bring into addresses and texts. */
  private static final List<EntityType> MERGED =
      List.of(
          EntityType.LEAD,
          EntityType.CONTACT,
          EntityType.ACCOUNT,
          EntityType.ACTIVITY,
          EntityType.TASK);

  private static final int MOST_MERGED = 100;

  private final SentMessages messages;
  private final Records records;
  private final FormerRecords former;
  private final Schemas schemas;
  private final Access access;

  MessageController(
      SentMessages messages,
      Records records,
      FormerRecords former,
      Schemas schemas,
      Access access) {
    this.messages = messages;
    this.records = records;
    this.former = former;
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
  @Needs(Action.VIEW)
  Page<MessageJson> list(
      @PathVariable("entity") String entity,
      @PathVariable("id") long id,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", defaultValue = "20") int limit) {
    EntityType type =
        EntityType.of(entity)
            .orElseThrow(() -> RefusedException.notFound("kind of record", entity));
    RecordRef ref = new RecordRef(type, id);
    int most = Cursor.limit(limit);
    Long before = Cursor.before(cursor);
    Rights rights = access.current();
    Record record =
        records
            .as(rights)
            .find(ref)
            .orElseThrow(() -> RefusedException.notFound(ref.type().key(), id));
    boolean whole = seesAll(record, rights);
    Page<SentMessages.Message> page = messages.of(ref, merged(ref), before, most);
    return new Page<>(
        page.items().stream().map(message -> json(message, whole, record, rights)).toList(),
        page.next(),
        page.total());
  }

  /** What was sent to those that have been merged into a record was sent to it. */
  private List<Long> merged(RecordRef ref) {
    return former.mergedInto(ref, MOST_MERGED).stream().map(RecordRef::id).toList();
  }

  /** Whether nothing is hidden of which an address or a text can have been made. */
  private boolean seesAll(Record record, Rights rights) {
    if (rights.everything()) {
      return true;
    }
    Schema schema = schemas.current();
    // Messages about opportunities tell of these as well; those to leads and contacts cannot.
    List<EntityType> merged = new ArrayList<>(MERGED);
    merged.add(record.ref().type());
    for (EntityType type : merged) {
      Stream<Field> fields = schema.fields(type).stream();
      if (type == EntityType.ACTIVITY) {
        fields =
            Stream.concat(
                fields,
                schema.activityTypes().stream()
                    .flatMap(of -> schema.activityFields(of.key()).stream()));
      }
      if (!rights.may(Section.of(type), Action.VIEW)
          || fields.anyMatch(field -> rights.hides(type, field.key()))) {
        return false;
      }
    }
    return Stream.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT)
        .allMatch(type -> sees(record, type, rights));
  }

  /** Whether the record that this one links to is within reach, where there is one that was not erased for good. */
  private boolean sees(Record record, EntityType type, Rights rights) {
    Long linked = record.values().number(type.key());
    if (linked == null) {
      return true;
    }
    RecordRef ref = new RecordRef(type, linked);
    return records.as(rights).find(ref).isPresent() || records.find(ref).isEmpty();
  }

  /** Whether the reader sees the address among the values of the record anyhow. */
  private static boolean seen(String address, Record record, Rights rights) {
    return record.values().asMap().entrySet().stream()
        .anyMatch(
            value ->
                value.getValue() instanceof String text
                    && text.equalsIgnoreCase(address)
                    && !rights.hides(record.ref().type(), value.getKey()));
  }

  private static MessageJson json(
      SentMessages.Message message, boolean whole, Record record, Rights rights) {
    return new MessageJson(
        message.id(),
        message.channel().name().toLowerCase(Locale.ROOT),
        message.status().key(),
        whole || seen(message.to(), record, rights) ? message.to() : null,
        whole ? message.subject() : null,
        message.createdAt(),
        message.endedAt(),
        whole ? message.error() : null);
  }
}
