package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.BulkOperation.Chunk;
import io.leadloom.record.BulkOperation.Done;
import io.leadloom.record.BulkOperation.Failed;
import io.leadloom.record.BulkOperation.Member;
import io.leadloom.record.BulkOperation.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Sets fields of records and remembers per field what it was and what it became, so that an undo sees which of them
 * somebody has changed since.
 */
@Component
class FieldWork {

  private static final String WAS = "was";
  private static final String IS = "is";

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
    List<Outcome> outcomes = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      Member member = chunk.members().get(i);
      outcomes.add(Reasons.of(results.get(i), undo(chunk, member.record(), values.apply(member))));
    }
    return outcomes;
  }

  private static JsonNode undo(Chunk chunk, Record before, Values asked) {
    ObjectNode undo = Documents.object();
    chunk
        .session()
        .get(before.ref())
        .ifPresent(
            now -> {
              for (String key : asked.keys()) {
                JsonNode was = Documents.value(before.values().get(key));
                JsonNode is = Documents.value(now.values().get(key));
                if (!Documents.same(was, is)) {
                  undo.putObject(key).<ObjectNode>set(WAS, was).set(IS, is);
                }
              }
            });
    return undo;
  }

  /** Puts back the values that are still as the bulk action left them. */
  List<Outcome> putBack(Chunk chunk, List<JsonNode> undos) {
    Schema schema = schemas.current();
    List<Outcome> outcomes = new ArrayList<>(undos.size());
    for (int i = 0; i < undos.size(); i++) {
      outcomes.add(putBack(chunk, chunk.members().get(i).record(), undos.get(i), schema));
    }
    return outcomes;
  }

  private Outcome putBack(Chunk chunk, Record record, JsonNode undo, Schema schema) {
    Values values = Values.none();
    List<String> left = new ArrayList<>();
    for (Map.Entry<String, JsonNode> change : undo.properties()) {
      Field field = schema.field(chunk.type(), change.getKey()).orElse(null);
      JsonNode is = change.getValue().path(IS);
      JsonNode was = change.getValue().path(WAS);
      JsonNode now = Documents.value(record.values().get(change.getKey()));
      if (field == null) {
        left.add(change.getKey() + " does not exist any more");
      } else if (Documents.same(is, now)) {
        Converted before = conversion.fromNatural(field, Documents.natural(was));
        values.with(field.key(), before instanceof Converted.Value value ? value.value() : null);
      } else if (!Documents.same(was, now)) {
        left.add(field.label() + " was changed since");
      }
    }
    RecordRef ref = record.ref();
    Outcome outcome =
        values.isEmpty()
            ? new Done(false, null)
            : Reasons.of(
                chunk.session().apply(new RecordCommand.Update(ref, null, values), chunk.cause()),
                null);
    if (left.isEmpty() || outcome instanceof Failed) {
      return outcome;
    }
    return new Failed(
        String.join("; ", left) + (values.isEmpty() ? "" : "; the other fields were put back"));
  }
}
