package io.leadloom.record.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.identity.Users;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalHistory;
import io.leadloom.journal.JournalHistory.Matter;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Cursors;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.CauseNames;
import io.leadloom.record.Record;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.record.store.MergedRecords;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells what happened to a record and who or what caused it: from the journal, then from what it has let go of. */
@Component
public class RecordHistory {

  /** So many merged records are read with the one that stands for them. */
  private static final int MOST_MERGED = 30;

  private final EventPages events;
  private final MergedRecords merged;
  private final RecordSearch search;
  private final Schemas schemas;
  private final Cursors cursors;
  private final ObjectProvider<Users> users;
  private final ObjectProvider<CauseNames> names;
  private final ShownLists lists;

  RecordHistory(
      EventPages events,
      MergedRecords merged,
      RecordSearch search,
      Schemas schemas,
      Cursors cursors,
      ObjectProvider<Users> users,
      ObjectProvider<CauseNames> names,
      ShownLists lists) {
    this.lists = lists;
    this.events = events;
    this.merged = merged;
    this.search = search;
    this.schemas = schemas;
    this.cursors = cursors;
    this.users = users;
    this.names = names;
  }

  /** Something that happened. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      String id,
      Instant at,
      String kind,
      String title,
      @Nullable String detail,
      String ref,
      List<Change> changes,
      @Nullable Meeting appointment,
      Origin cause) {}

  /** An appointment as it stood then; {@code before} is when it had been to begin, if it was moved. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Meeting(Instant start, Instant end, String status, @Nullable Instant before) {

    static @Nullable Meeting of(JournalEntry entry) {
      Map<String, String> detail = entry.detail();
      String start = detail.get("start");
      String end = detail.get("end");
      if (start == null || end == null) {
        return null;
      }
      String before = detail.get("before");
      return new Meeting(
          Instant.parse(start),
          Instant.parse(end),
          detail.getOrDefault("status", ""),
          before == null ? null : Instant.parse(before));
    }
  }

  /** A field before and after. */
  public record Change(
      String field, String label, @Nullable Object before, @Nullable Object after) {}

  /** Who or what caused it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Origin(
      String kind,
      @Nullable Long userId,
      @Nullable String userName,
      @Nullable String reference,
      @Nullable Automation automation) {}

  /** The automation step that acted last. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Automation(
      long id, @Nullable String name, long runId, String card, @Nullable String cardName) {}

  /** What the automations and cards of a page are called. */
  private record Called(Map<Long, String> automations, Map<Cause.Step, String> cards) {}

  /**
   * What happened, newest first.
   *
   * @param around also what happened to the record's activities, tasks and notes
   * @param kinds only what is of one of these kinds, which needs {@code around}; empty for everything
   */
  @Transactional(readOnly = true)
  public Page<Item> page(
      RecordRef ref,
      boolean around,
      Set<TimelineKind> kinds,
      @Nullable String cursor,
      int limit,
      Rights rights) {
    Page.limit(limit, JournalHistory.MAX_LIMIT);
    Record record =
        search.visible(ref.type(), List.of(ref.id()), rights).stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
    String position = cursor == null || cursor.isBlank() ? "" : cursors.open(cursor);
    List<Matter> matters = kinds.stream().map(TimelineKind::matter).toList();
    Page<JournalEvent> page =
        around
            ? events.around(withMerged(ref), matters, position, limit)
            : events.ofOne(record, position, limit);
    String next = page.next();
    return new Page<>(items(page.items(), rights), next == null ? null : cursors.seal(next), null);
  }

  /** The record, and those whose history has become part of its own. */
  private List<RecordRef> withMerged(RecordRef ref) {
    List<RecordRef> refs = new ArrayList<>(List.of(ref));
    if (ref.type().root()) {
      refs.addAll(merged.mergedInto(ref, MOST_MERGED));
    }
    return refs;
  }

  /** The events as somebody sees them: without those about records out of reach, and without hidden fields. */
  private List<Item> items(List<JournalEvent> events, Rights rights) {
    Schema schema = schemas.current().visibleTo(rights);
    Map<RecordRef, Record> subjects = subjects(events, rights);
    Called called = called(events);
    ShownLists.Shown shown = lists.of(events, rights);
    List<Item> items = new ArrayList<>(events.size());
    for (JournalEvent event : events) {
      JournalEntry entry = event.entry();
      Record subject = subjects.get(entry.subject());
      if ((subject == null || shown.keepsBack(entry)) && !rights.everything()) {
        continue;
      }
      items.add(
          new Item(
              event.partition() + "-" + event.sequence(),
              entry.at(),
              entry.subject().type().key() + "." + kind(entry),
              title(entry, subject, schema, rights),
              detail(entry, subject, shown, rights),
              entry.subject().toString(),
              changes(entry, schema, rights),
              Meeting.of(entry),
              origin(entry.cause(), called)));
    }
    return items;
  }

  private Called called(List<JournalEvent> events) {
    Set<Long> automations = new HashSet<>();
    Set<Cause.Step> steps = new HashSet<>();
    for (JournalEvent event : events) {
      Cause.Step last = last(event.entry().cause());
      if (last != null) {
        automations.add(last.automationId());
        steps.add(last);
      }
    }
    CauseNames directory = names.getIfAvailable();
    return directory == null || steps.isEmpty()
        ? new Called(Map.of(), Map.of())
        : new Called(directory.automations(automations), directory.cards(steps));
  }

  private static Cause.@Nullable Step last(Cause cause) {
    return cause.chain().isEmpty() ? null : cause.chain().get(cause.chain().size() - 1);
  }

  private Map<RecordRef, Record> subjects(List<JournalEvent> events, Rights rights) {
    Map<EntityType, Set<Long>> ids = new EnumMap<>(EntityType.class);
    for (JournalEvent event : events) {
      RecordRef ref = event.entry().subject();
      ids.computeIfAbsent(ref.type(), type -> new HashSet<>()).add(ref.id());
    }
    Map<RecordRef, Record> subjects = new HashMap<>();
    ids.forEach(
        (type, some) ->
            search
                .visible(type, some, rights)
                .forEach(record -> subjects.put(record.ref(), record)));
    return subjects;
  }

  /** Whoever went by a merge is told apart from what was deleted. */
  private static String kind(JournalEntry entry) {
    return entry.kind() == JournalKind.TRASHED && entry.detail().containsKey("mergedInto")
        ? "mergedInto"
        : camel(entry.kind());
  }

  private static String camel(JournalKind kind) {
    StringBuilder camel = new StringBuilder();
    for (String word : kind.name().toLowerCase(java.util.Locale.ROOT).split("_")) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }

  private static String title(
      JournalEntry entry, @Nullable Record subject, Schema schema, Rights rights) {
    String type = entry.detail().getOrDefault("type", "");
    String what =
        switch (entry.subject().type()) {
          case ACTIVITY ->
              schema.activityType(type).map(Schema.ActivityType::label).orElse("Activity");
          case TASK ->
              subject == null || rights.hides(EntityType.TASK, "title")
                  ? "Task"
                  : "Task: " + subject.values().text("title");
          case NOTE -> "Note";
          case LEAD -> "Lead";
          case CONTACT -> "Contact";
          case ACCOUNT -> "Account";
          case OPPORTUNITY -> "Opportunity";
        };
    boolean posted =
        entry.kind() == JournalKind.CREATED && entry.subject().type() == EntityType.ACTIVITY;
    return switch (entry.kind()) {
      case CREATED -> posted ? what : what + " created";
      case UPDATED -> what + " changed";
      case TRASHED -> {
        String into = entry.detail().get("mergedInto");
        yield into == null ? what + " moved to the trash" : what + " merged into " + into;
      }
      case RESTORED -> what + " restored";
      case TAG_ADDED -> "Tag added: " + entry.detail().get("tag");
      case TAG_REMOVED -> "Tag removed: " + entry.detail().get("tag");
      case LIST_ADDED -> "Added to a list";
      case LIST_REMOVED -> "Removed from a list";
      case REMINDER_DUE -> "Reminder due: " + what;
      case DATE_REACHED -> "A date was reached";
      case SCHEDULED -> "Picked by a schedule";
      case START_REQUESTED ->
          entry.detail().containsKey("held")
              ? "The turn of an automation came that an import starts"
              : "An automation was started by hand";
      case DELIVERED -> "Delivered";
      case DELIVERY_FAILED -> "Delivery failed";
      case RUN_ENDED -> "A run ended";
      case SMART_LIST_ENTERED -> "Entered a smart list";
      case SMART_LIST_LEFT -> "Left a smart list";
      case MERGED -> "Merged with " + entry.detail().get("records");
      case UNMERGED -> "Merge taken back: " + entry.detail().get("records");
      case FILE_ADDED -> "File added";
      case FILE_REMOVED -> "File removed";
      case APPOINTMENT_BOOKED -> "Appointment booked";
      case APPOINTMENT_CHANGED -> "Appointment changed";
      case APPOINTMENT_DELETED -> "Appointment deleted";
    };
  }

  private static @Nullable String detail(
      JournalEntry entry, @Nullable Record subject, ShownLists.Shown shown, Rights rights) {
    if (entry.kind() == JournalKind.FILE_ADDED || entry.kind() == JournalKind.FILE_REMOVED) {
      return entry.detail().get("file");
    }
    if (subject != null) {
      for (String key : List.of("subject", "notes", "text")) {
        if (subject.values().get(key) instanceof String text
            && entry.subject().type() != EntityType.LEAD
            && !rights.hides(entry.subject().type(), key)) {
          return text.length() > 500 ? text.substring(0, 500) + "…" : text;
        }
      }
    }
    String comment = entry.detail().get("comment");
    if (comment != null) {
      return rights.hides(EntityType.LEAD, "stage") ? null : comment;
    }
    boolean hidden = rights.hides(entry.subject().type(), "outcome");
    String list = shown.detail(entry);
    return hidden ? list : entry.detail().getOrDefault("outcome", list);
  }

  private static List<Change> changes(JournalEntry entry, Schema schema, Rights rights) {
    String type = entry.subject().type() == EntityType.ACTIVITY ? entry.detail().get("type") : null;
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, FieldChange> change : new TreeMap<>(entry.changes()).entrySet()) {
      if (rights.hides(entry.subject().type(), change.getKey())) {
        continue;
      }
      Field field =
          (type == null
                  ? schema.field(entry.subject().type(), change.getKey())
                  : schema.activityField(type, change.getKey()))
              .orElse(null);
      changes.add(
          new Change(
              change.getKey(),
              field == null ? change.getKey() : field.label(),
              present(field, change.getValue().before()),
              present(field, change.getValue().after())));
    }
    return changes;
  }

  /** The value under the name that a choice has now (LEAD-141). */
  private static @Nullable Object present(@Nullable Field field, @Nullable Object value) {
    return field != null && field.names() != null && value instanceof String text
        ? field.names().find(text).map(Schema.Choice::label).orElse(text)
        : value;
  }

  private Origin origin(Cause cause, Called called) {
    Users directory = users.getIfAvailable();
    Long userId = cause.userId();
    String userName =
        directory == null || userId == null
            ? null
            : directory.find(userId).map(Users.Person::name).orElse(null);
    Automation automation = null;
    Cause.Step last = last(cause);
    if (last != null) {
      automation =
          new Automation(
              last.automationId(),
              called.automations().get(last.automationId()),
              last.runId(),
              last.card(),
              called.cards().get(last));
    }
    String kind = cause.kind().name().toLowerCase(java.util.Locale.ROOT);
    return new Origin(kind, userId, userName, cause.reference(), automation);
  }
}
