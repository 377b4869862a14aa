package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes a whole import back: what it created goes to the trash, with the contacts that were made for its leads and that
 * nobody else needs; what it changed gets its earlier values, but for fields that were changed since. A record that it
 * created and that was changed since stays where it is, unless whoever takes the import back wants it gone as well.
 */
@Component
class TakeBackImport implements BulkOperation {

  private static final String VERSION = "version";
  private static final String FIELDS = "fields";
  private static final String IS = "is";
  private static final String ALWAYS = "always";

  private final ImportTraces traces;
  private final FieldWork work;
  private final BulkMembers members;
  private final JdbcTemplate jdbc;

  TakeBackImport(ImportTraces traces, FieldWork work, BulkMembers members, JdbcTemplate jdbc) {
    this.traces = traces;
    this.work = work;
    this.members = members;
    this.jdbc = jdbc;
  }

  @Override
  public String key() {
    return "undo-import";
  }

  @Override
  public boolean suits(EntityType type) {
    return type != EntityType.ACTIVITY;
  }

  /** What is deleted needs more, which the session asks for. */
  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    return settings;
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    throw new UnsupportedOperationException("It has nothing to do, only to take back");
  }

  @Override
  public boolean traced() {
    return true;
  }

  @Override
  public @Nullable Traces traces(JsonNode settings, long after) {
    Traces next = traces.next(settings.path("import").asLong(), after);
    if (next != null && settings.path("changed").asText().equals("trash")) {
      next.records()
          .values()
          .forEach(
              undo -> {
                if (undo instanceof ObjectNode document) {
                  document.put(ALWAYS, true);
                }
              });
    }
    return next;
  }

  /** What a field was before the first change goes with what it is after the last one. */
  @Override
  public JsonNode joined(JsonNode earlier, JsonNode later) {
    ObjectNode joined = earlier.deepCopy();
    joined.set(VERSION, later.path(VERSION));
    if (joined.path(FIELDS) instanceof ObjectNode fields) {
      later
          .path(FIELDS)
          .properties()
          .forEach(
              change -> {
                if (fields.path(change.getKey()) instanceof ObjectNode before) {
                  before.set(IS, change.getValue().path(IS));
                } else {
                  fields.set(change.getKey(), change.getValue());
                }
              });
    }
    return joined;
  }

  @Override
  public List<Outcome> undo(Chunk chunk, List<JsonNode> undo) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Record> trashed = new ArrayList<>();
    for (int i = 0; i < undo.size(); i++) {
      Record record = chunk.members().get(i).record();
      JsonNode trace = undo.get(i);
      Outcome outcome =
          trace.has(FIELDS)
              ? putBack(chunk, record, trace.path(FIELDS))
              : trash(chunk, record, trace);
      if (!trace.has(FIELDS) && outcome instanceof Done done && done.changed()) {
        trashed.add(record);
      }
      outcomes.add(outcome);
    }
    if (chunk.type() == EntityType.LEAD && !trashed.isEmpty()) {
      trashContacts(chunk, trashed);
    }
    return outcomes;
  }

  private Outcome putBack(Chunk chunk, Record record, JsonNode fields) {
    if (record.trashedAt() != null) {
      return new Failed(Reasons.IN_TRASH);
    }
    return work.putBack(
            new Chunk(
                chunk.bulkId(),
                chunk.type(),
                List.of(new Member(0, record)),
                chunk.session(),
                chunk.rights(),
                chunk.cause(),
                chunk.now()),
            List.of(fields))
        .get(0);
  }

  private static Outcome trash(Chunk chunk, Record record, JsonNode trace) {
    if (record.trashedAt() != null) {
      return new Done(false, null);
    }
    if (record.version() != trace.path(VERSION).asInt() && !trace.path(ALWAYS).asBoolean()) {
      return new Failed("It was changed since the import and stays");
    }
    return Reasons.of(
        chunk.session().apply(new RecordCommand.Trash(record.ref(), null), chunk.cause()), null);
  }

  /** The contacts that the import made for these leads, when they are as they were made and no other lead has them. */
  private void trashContacts(Chunk chunk, List<Record> leads) {
    Map<Long, Set<Long>> byContact = new HashMap<>();
    for (Record lead : leads) {
      Long contact = lead.values().number("contact");
      if (contact != null) {
        byContact.computeIfAbsent(-contact, key -> new HashSet<>()).add(lead.ref().id());
      }
    }
    Map<Long, JsonNode> made = members.undos(chunk.bulkId(), byContact.keySet());
    if (made.isEmpty()) {
      return;
    }
    List<Long> ids = made.keySet().stream().map(id -> -id).sorted().toList();
    Set<Long> needed = new HashSet<>();
    jdbc.query(
        "select id, contact_id from leads where trashed_at is null and contact_id in ("
            + Ids.listed(ids)
            + ")",
        row -> {
          if (!byContact.getOrDefault(-row.getLong(2), Set.of()).contains(row.getLong(1))) {
            needed.add(row.getLong(2));
          }
        });
    chunk.session().preload(EntityType.CONTACT, ids);
    List<RecordCommand> commands = new ArrayList<>();
    for (Long id : ids) {
      RecordRef ref = RecordRef.contact(id);
      JsonNode trace = made.get(-id);
      boolean untouched =
          trace != null
              && chunk
                  .session()
                  .get(ref)
                  .filter(contact -> contact.trashedAt() == null)
                  .filter(contact -> contact.version() == trace.path(VERSION).asInt())
                  .isPresent();
      if (untouched && !needed.contains(id)) {
        commands.add(new RecordCommand.Trash(ref, null));
      }
    }
    // One that he may not delete stays, as it would without its lead.
    chunk.session().applyAll(commands, chunk.cause());
  }
}
