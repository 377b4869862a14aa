package io.leadloom.decision;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records keep of choices, which rules compare: a choice keeps its form when it gets another name, so rules compiled
 * before mean the same afterwards.
 */
final class KeptForms {

  private final Map<EntityType, Map<String, ChoiceNames>> names = new HashMap<>(0);

  KeptForms(Schema schema) {
    for (EntityType entity :
        List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT, EntityType.OPPORTUNITY)) {
      for (Field field : schema.fields(entity)) {
        ChoiceNames of = field.names();
        if (of != null && !of.plain()) {
          names.computeIfAbsent(entity, key -> new HashMap<>()).put(field.key(), of);
        }
      }
    }
  }

  /** The value as rules compare it. */
  @Nullable Object of(FactKind kind, Property property, @Nullable Object value) {
    if (names.isEmpty() || property.type() != FieldType.DROPDOWN || !(value instanceof String)) {
      return value;
    }
    EntityType entity =
        switch (kind) {
          case LEAD -> EntityType.LEAD;
          case CONTACT -> EntityType.CONTACT;
          case ACCOUNT -> EntityType.ACCOUNT;
          case OPPORTUNITY -> EntityType.OPPORTUNITY;
          default -> null;
        };
    return entity == null ? value : of(entity, property.key(), value);
  }

  private @Nullable Object of(EntityType entity, String key, @Nullable Object value) {
    ChoiceNames of = names.getOrDefault(entity, Map.of()).get(key);
    return of != null && value instanceof String text ? of.stored(text) : value;
  }

  /** The values of a lead as rules compare them. */
  @Nullable Values ofLead(@Nullable Values lead) {
    Map<String, ChoiceNames> renamed = names.getOrDefault(EntityType.LEAD, Map.of());
    if (renamed.isEmpty() || lead == null) {
      return lead;
    }
    Values kept = lead.copy();
    renamed.keySet().forEach(key -> kept.with(key, of(EntityType.LEAD, key, lead.get(key))));
    return kept;
  }
}
