package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Sets fields to one value: {@code {"values": {"city": "Pune", "rating": null}}} (LEAD-081). */
@Component
class UpdateOperation implements BulkOperation {

  private static final int MOST_FIELDS = 20;

  private final Schemas schemas;
  private final FieldConversion conversion;
  private final FieldRules rules;
  private final FieldWork work;

  UpdateOperation(Schemas schemas, FieldConversion conversion, FieldRules rules, FieldWork work) {
    this.schemas = schemas;
    this.conversion = conversion;
    this.rules = rules;
    this.work = work;
  }

  @Override
  public String key() {
    return "update";
  }

  @Override
  public boolean suits(EntityType type) {
    return true;
  }

  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    JsonNode given = settings.path("values");
    if (!given.isObject() || given.isEmpty() || given.size() > MOST_FIELDS) {
      throw RefusedException.invalid(
          "What is to be set is not clear",
          Violation.of("settings.values", null, "1 to " + MOST_FIELDS + " fields with values"));
    }
    Schema schema = schemas.current().visibleTo(rights);
    List<Violation> violations = new ArrayList<>();
    ObjectNode accepted = Documents.object();
    ObjectNode values = accepted.putObject("values");
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String place = "settings.values." + entry.getKey();
      Field field = schema.field(type, entry.getKey()).orElse(null);
      if (field == null) {
        violations.add(Violation.of(place, null, "the key of a field of " + type.path()));
      } else if (field.readOnly() || rights.onlyReads(type, field.key())) {
        violations.add(Violation.of(place, null, "a field that you may change"));
      } else {
        Object natural = Documents.natural(entry.getValue());
        Converted read = conversion.fromNatural(field, natural);
        Converted checked =
            read instanceof Converted.Value value && value.value() != null
                ? rules.check(field, value.value())
                : read;
        if (checked instanceof Converted.Wrong wrong) {
          violations.add(Violation.of(place, natural, wrong.expectation()));
        }
        values.set(field.key(), entry.getValue());
      }
    }
    if (!violations.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "Some values are not acceptable", violations);
    }
    return accepted;
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    Schema schema = schemas.current();
    Values values = Values.none();
    for (Map.Entry<String, JsonNode> entry : settings.path("values").properties()) {
      Field field = schema.field(chunk.type(), entry.getKey()).orElse(null);
      Object natural = Documents.natural(entry.getValue());
      // A field that was deleted meanwhile is refused by the write path, record by record.
      Converted read =
          field == null ? Converted.of(natural) : conversion.fromNatural(field, natural);
      values.with(entry.getKey(), read instanceof Converted.Value value ? value.value() : natural);
    }
    return work.set(chunk, member -> values);
  }

  @Override
  public boolean undoable() {
    return true;
  }

  @Override
  public List<Outcome> undo(Chunk chunk, List<JsonNode> undo) {
    return work.putBack(chunk, undo);
  }
}
