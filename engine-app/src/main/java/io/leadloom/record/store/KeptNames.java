package io.leadloom.record.store;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what rows keep of choices in place of their present names, and back. Costs nothing while no choice of the entity
 * has another name than it was made with.
 */
final class KeptNames {

  private final Map<String, ChoiceNames> byKey = new HashMap<>(0);

  KeptNames(EntityType entity, Schema schema) {
    for (Field field : schema.fields(entity)) {
      ChoiceNames names = field.names();
      if (names != null && !names.plain()) {
        byKey.put(field.key(), names);
      }
    }
  }

  /** Whether all values are kept as they are. */
  boolean none() {
    return byKey.isEmpty();
  }

  Object shown(String key, Object value) {
    ChoiceNames names = byKey.get(key);
    return names == null ? value : names.shown((String) value);
  }

  @Nullable Object kept(String key, @Nullable Object value) {
    ChoiceNames names = value == null ? null : byKey.get(key);
    return names == null || value == null ? value : names.stored((String) value);
  }
}
