package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.EntityType;
import io.leadloom.record.BulkOperation.Chunk;
import io.leadloom.record.BulkOperation.Done;
import io.leadloom.record.BulkOperation.Failed;
import io.leadloom.record.BulkOperation.Member;
import io.leadloom.record.BulkOperation.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sets fields of records and remembers per field what it was and what it became, so that an undo sees which of them
 * somebody has changed since.
 */
@Component
class FieldWork {

  private static final String WAS = "was";
  private static final String IS = "is";
  private static final String STAGE = "stage";
  private static final String STATUS = "status";
  private static final String GONE = "does not exist any more";

  private final Schemas schemas;
  private final FieldConversion conversion;

  FieldWork(Schemas schemas, FieldConversion conversion) {
    this.schemas = schemas;
    this.conversion = conversion;
  }

  List<Outcome> set(Chunk chunk, Function<Member, Values> values) {
    List<RecordCommand> commands = new ArrayList<>(chunk.members().size());
    for (Member member : chunk.members()) {
      commands.add(
          new RecordCommand.Update(member.record().ref(), null, values.apply(member).copy()));
    }
    List<WriteResult> results = chunk.session().applyAll(commands, chunk.cause());
    Schema schema = schemas.current();
    List<Outcome> outcomes = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      Member member = chunk.members().get(i);
      outcomes.add(Reasons.of(results.get(i), undo(chunk, member.record(), schema)));
    }
    return outcomes;
  }

  /**
   * What the write path changed beside what was asked for belongs to it: a status goes with its stage (LEAD-094), and
   * comes back with it.
   */
  private JsonNode undo(Chunk chunk, Record before, Schema schema) {
    ObjectNode undo = Documents.object();
    chunk
        .session()
        .get(before.ref())
        .ifPresent(
            now -> {
              for (Field field : schema.fields(chunk.type())) {
                JsonNode was = kept(field, before);
                JsonNode is = kept(field, now);
                if (!field.readOnly() && !Documents.same(was, is)) {
                  undo.putObject(field.key()).<ObjectNode>set(WAS, was).set(IS, is);
                }
              }
            });
    return undo;
  }

  private static JsonNode kept(Field field, Record record) {
    return Documents.kept(field, record.values().get(field.key()));
  }

  private static @Nullable Object natural(Field field, JsonNode kept) {
    Object value = Documents.natural(kept);
    ChoiceNames names = field.names();
    return names != null && value instanceof String form ? names.shown(form) : value;
  }

  /** What of a record is to be put back, and what is not. */
  private record Back(Values values, List<String> left) {}

  /** Puts back the values that are still as the bulk action left them. */
  List<Outcome> putBack(Chunk chunk, List<JsonNode> undos) {
    Schema schema = schemas.current();
    List<Back> backs = new ArrayList<>(undos.size());
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < undos.size(); i++) {
      Record record = chunk.members().get(i).record();
      Back back = back(chunk, record, undos.get(i), schema);
      backs.add(back);
      if (!back.values().isEmpty()) {
        commands.add(new RecordCommand.Update(record.ref(), null, back.values()));
      }
    }
    Iterator<WriteResult> results = chunk.session().applyAll(commands, chunk.cause()).iterator();
    List<Outcome> outcomes = new ArrayList<>(undos.size());
    for (Back back : backs) {
      Outcome outcome =
          back.values().isEmpty() ? new Done(false, null) : Reasons.of(results.next(), null);
      outcomes.add(
          back.left().isEmpty() || outcome instanceof Failed
              ? outcome
              : new Failed(
                  String.join("; ", back.left())
                      + (back.values().isEmpty() ? "" : "; the other fields were put back")));
    }
    return outcomes;
  }

  private Back back(Chunk chunk, Record record, JsonNode undo, Schema schema) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    List<String> left = new ArrayList<>();
    boolean together = chunk.type() == EntityType.LEAD && undo.has(STAGE);
    boolean apart = together && !undo.has(STATUS) && record.values().get(STATUS) != null;
    for (Map.Entry<String, JsonNode> change : undo.properties()) {
      Field field = schema.field(chunk.type(), change.getKey()).orElse(null);
      String reason = field == null ? GONE : left(chunk, record, field, change.getValue());
      if (field == null || reason != null) {
        left.add((field == null ? change.getKey() : name(chunk, field)) + " " + reason);
        apart |= together && (change.getKey().equals(STAGE) || change.getKey().equals(STATUS));
      } else {
        Object was = natural(field, change.getValue().path(WAS));
        if (conversion.fromNatural(field, was) instanceof Converted.Value before) {
          values.put(field.key(), before.value());
        }
      }
    }
    if (apart) {
      // A stage without its status, or a status without its stage, would take from the lead what
      // somebody gave it since.
      boolean stage = values.remove(STAGE) != null;
      boolean status = values.remove(STATUS) != null;
      if (stage || status) {
        left.add("Stage and status were left together");
      }
    }
    return new Back(Values.copyOf(values), left);
  }

  private static String name(Chunk chunk, Field field) {
    return chunk.rights().hides(field.entity(), field.key())
        ? "A field that you do not see"
        : field.label();
  }

  /** Why a value is not put back; null when it is. */
  private @Nullable String left(Chunk chunk, Record record, Field field, JsonNode change) {
    JsonNode now = kept(field, record);
    if (Documents.same(change.path(WAS), now)) {
      return null;
    }
    if (!Documents.same(change.path(IS), now)) {
      return "was changed since";
    }
    if (chunk.rights().hides(field.entity(), field.key())
        || chunk.rights().onlyReads(field.entity(), field.key())) {
      return "may not be changed by you";
    }
    return conversion.fromNatural(field, natural(field, change.path(WAS)))
            instanceof Converted.Value
        ? null
        : "cannot have any more what it had";
  }
}
