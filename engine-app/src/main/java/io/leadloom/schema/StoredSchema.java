package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.deal.Deals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The definitions as they were at one version. */
final class StoredSchema implements Schema {

  private final long version;
  private final Map<EntityType, List<Field>> fields = new EnumMap<>(EntityType.class);
  private final Map<EntityType, Map<String, Field>> byKey = new EnumMap<>(EntityType.class);
  private final Map<String, Map<String, Field>> activityFields = new HashMap<>();
  private final Map<Long, Field> byId = new HashMap<>();
  private final Map<String, ActivityType> activityTypes = new java.util.LinkedHashMap<>();
  private final List<TaskType> taskTypes;
  private final Map<String, List<Choice>> choices = new HashMap<>();
  private final LeadSettings leadSettings;
  private final Deals deals;

  /**
   * Collects the definitions.
   *
   * @param all system and custom fields in display order
   */
  StoredSchema(
      long version,
      List<Field> all,
      List<ActivityType> activityTypes,
      List<TaskType> taskTypes,
      List<Choice> choices,
      LeadSettings leadSettings,
      Deals deals) {
    this.version = version;
    this.deals = deals;
    this.leadSettings = leadSettings;
    this.taskTypes = List.copyOf(taskTypes);
    for (EntityType type : EntityType.values()) {
      fields.put(type, new ArrayList<>());
      byKey.put(type, new HashMap<>());
    }
    activityTypes.forEach(
        type -> this.activityTypes.put(type.key().toLowerCase(Locale.ROOT), type));
    choices.forEach(
        choice ->
            this.choices.computeIfAbsent(choice.kind(), kind -> new ArrayList<>()).add(choice));
    for (Field field : all) {
      byId.put(field.id(), field);
      if (field.activityType() == null) {
        fields(field.entity(), fields).add(field);
        put(fields(field.entity(), byKey), field);
      } else {
        put(
            activityFields.computeIfAbsent(
                lower(field.activityType()), key -> new java.util.LinkedHashMap<>()),
            field);
      }
    }
    fields.replaceAll((type, list) -> List.copyOf(list));
    this.choices.replaceAll((kind, list) -> List.copyOf(list));
  }

  private static <T> T fields(EntityType entity, Map<EntityType, T> map) {
    T found = map.get(entity);
    if (found == null) {
      throw new IllegalStateException("No fields for " + entity);
    }
    return found;
  }

  private static void put(Map<String, Field> map, Field field) {
    map.put(field.key(), field);
    map.putIfAbsent(lower(field.key()), field);
  }

  private static @Nullable Field find(@Nullable Map<String, Field> map, String key) {
    if (map == null) {
      return null;
    }
    Field field = map.get(key);
    return field != null ? field : map.get(lower(key));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<Field> fields(EntityType entity) {
    return fields(entity, fields);
  }

  @Override
  public Optional<Field> field(EntityType entity, String key) {
    return Optional.ofNullable(find(fields(entity, byKey), key));
  }

  @Override
  public Optional<Field> field(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public List<Field> activityFields(String activityType) {
    Map<String, Field> map = activityFields.get(lower(activityType));
    return map == null ? List.of() : map.values().stream().distinct().toList();
  }

  @Override
  public Optional<Field> activityField(String activityType, String key) {
    Field field = find(activityFields.get(lower(activityType)), key);
    return field != null ? Optional.of(field) : field(EntityType.ACTIVITY, key);
  }

  @Override
  public Optional<ActivityType> activityType(String key) {
    return Optional.ofNullable(activityTypes.get(lower(key)));
  }

  @Override
  public List<ActivityType> activityTypes() {
    return List.copyOf(activityTypes.values());
  }

  @Override
  public List<TaskType> taskTypes() {
    return taskTypes;
  }

  @Override
  public List<Choice> choices(String kind) {
    return choices.getOrDefault(kind, List.of());
  }

  @Override
  public LeadSettings leadSettings() {
    return leadSettings;
  }

  @Override
  public Deals deals() {
    return deals;
  }
}
