package io.leadloom.record.store;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of fields that stand in no column of their own, delivered ones too, as one document by the permanent ids of the
 * fields.
 */
public final class RowValues {

  private final EntityType entity;
  private final Schema schema;
  private final KeptNames kept;

  public RowValues(EntityType entity, Schema schema) {
    this.entity = entity;
    this.schema = schema;
    this.kept = new KeptNames(entity, schema);
  }

  /** The document of values; null for none. */
  public @Nullable String write(Values values) {
    Values stored = values;
    if (!kept.none()) {
      stored = Values.none();
      for (Map.Entry<String, @Nullable Object> each : values.asMap().entrySet()) {
        stored.with(each.getKey(), kept.kept(each.getKey(), each.getValue()));
      }
    }
    return CustomDocument.write(stored, key -> schema.field(entity, key).orElse(null));
  }

  /** The values of a document; those of fields that are gone are left out. */
  public Values read(@Nullable String document) {
    Values values = Values.none();
    if (document == null) {
      return values;
    }
    CustomDocument.read(document, schema, values, gone -> {});
    if (!kept.none()) {
      present(values).forEach((key, value) -> values.with(key, kept.shown(key, value)));
    }
    return values;
  }

  private static Map<String, Object> present(Values values) {
    Map<String, Object> present = new HashMap<>();
    values
        .asMap()
        .forEach(
            (key, value) -> {
              if (value != null) {
                present.put(key, value);
              }
            });
    return present;
  }

  /** What a document has for a field that it has a value of, for a search in the database. */
  public static String mark(Field field) {
    return "%\"" + field.id() + "\":%";
  }
}
