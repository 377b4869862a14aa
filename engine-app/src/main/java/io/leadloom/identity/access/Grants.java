package io.leadloom.identity.access;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.FieldRule;
import io.leadloom.platform.permission.Reach;
import io.leadloom.platform.permission.Section;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What a template gives, or in which points a user is an exception.
 *
 * @param sections how far each action reaches; what is not mentioned is not given (or is no exception)
 * @param fields which fields are kept back, by key
 */
public record Grants(
    Map<Section, Map<Action, Reach>> sections, Map<EntityType, Map<String, FieldRule>> fields) {

  static final Grants NOTHING = new Grants(Map.of(), Map.of());

  public Grants {
    Map<Section, Map<Action, Reach>> kept = new EnumMap<>(Section.class);
    sections.forEach(
        (section, actions) -> {
          if (!actions.isEmpty()) {
            kept.put(section, new EnumMap<>(actions));
          }
        });
    sections = kept;
    Map<EntityType, Map<String, FieldRule>> rules = new EnumMap<>(EntityType.class);
    fields.forEach(
        (type, some) -> {
          if (!some.isEmpty()) {
            rules.put(type, new HashMap<>(some));
          }
        });
    fields = rules;
  }

  /** How far an action reaches. */
  Reach reach(Section section, Action action) {
    return sections.getOrDefault(section, Map.of()).getOrDefault(action, Reach.NONE);
  }

  boolean isEmpty() {
    return sections.isEmpty() && fields.isEmpty();
  }
}
