package io.leadloom.decision;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small schema with a field of every type. */
final class SampleSchema implements Schema {

  private final Map<EntityType, List<Field>> fields = new HashMap<>();
  private final Map<String, List<Field>> ofActivities = new HashMap<>();

  SampleSchema() {
    for (EntityType entity : List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT)) {
      add(entity, "city", FieldType.TEXT);
      add(entity, "state", FieldType.TEXT);
      add(entity, "country", FieldType.TEXT);
      add(entity, "source", FieldType.TEXT);
      add(entity, "origin", FieldType.TEXT);
      add(entity, "stage", FieldType.DROPDOWN, "Prospect", "Opportunity", "Customer");
      add(entity, "score", FieldType.WHOLE_NUMBER);
      add(entity, "income", FieldType.MONEY);
      add(entity, "ratio", FieldType.DECIMAL);
      add(entity, "starred", FieldType.BOOLEAN);
      add(entity, "birthday", FieldType.DATE);
      add(entity, "createdAt", FieldType.DATE_TIME);
      add(entity, "interests", FieldType.MULTI_SELECT, "Loan", "Card", "Savings");
      add(entity, "notes", FieldType.LONG_TEXT);
      add(entity, "phone", FieldType.PHONE);
      add(entity, "owner", FieldType.USER);
      add(entity, "group", FieldType.TEXT);
      add(entity, "class", FieldType.TEXT);
      add(entity, "end", FieldType.TEXT);
      add(entity, "eMail2", FieldType.TEXT);
      add(entity, "product", FieldType.TEXT);
      add(entity, "jobTitle", FieldType.TEXT);
      add(entity, "run", FieldType.TEXT);
      add(entity, "then", FieldType.WHOLE_NUMBER);
    }
    add(EntityType.ACTIVITY, "subject", FieldType.TEXT);
    add(EntityType.ACTIVITY, "type", FieldType.TEXT);
    add(EntityType.TASK, "status", FieldType.DROPDOWN, "pending", "completed", "cancelled");
    add(EntityType.TASK, "dueAt", FieldType.DATE_TIME);
    ofActivities.put("payment", List.of(field(EntityType.ACTIVITY, "amount", FieldType.DECIMAL)));
    ofActivities.put("call", List.of(field(EntityType.ACTIVITY, "outcome", FieldType.TEXT)));
    ofActivities.put("email-link-clicked", List.of());
  }

  /** This schema, whoever asks. */
  static Schemas schemas() {
    return new Schemas() {

      @Override
      public Schema current() {
        return new SampleSchema();
      }

      @Override
      public Schema latest() {
        return current();
      }

      @Override
      public Schema held() {
        return current();
      }

      @Override
      public void confirmUnknown(Schema schema, long fieldId) {}
    };
  }

  private void add(EntityType entity, String key, FieldType type, String... options) {
    fields.computeIfAbsent(entity, e -> new ArrayList<>()).add(field(entity, key, type, options));
  }

  private static Field field(EntityType entity, String key, FieldType type, String... options) {
    return new Field(
        1,
        entity,
        null,
        key,
        key,
        type,
        true,
        false,
        false,
        false,
        true,
        null,
        List.of(options),
        null,
        null,
        Field.Limits.NONE);
  }

  @Override
  public long version() {
    return 1;
  }

  @Override
  public List<Field> fields(EntityType entity) {
    return fields.getOrDefault(entity, List.of());
  }

  @Override
  public Optional<Field> field(EntityType entity, String key) {
    return fields(entity).stream().filter(field -> field.key().equalsIgnoreCase(key)).findFirst();
  }

  @Override
  public List<Field> activityFields(String activityType) {
    return ofActivities.getOrDefault(activityType, List.of());
  }

  @Override
  public Optional<Field> activityField(String activityType, String key) {
    return java.util.stream.Stream.concat(
            activityFields(activityType).stream(), fields(EntityType.ACTIVITY).stream())
        .filter(field -> field.key().equalsIgnoreCase(key))
        .findFirst();
  }

  @Override
  public Optional<ActivityType> activityType(String key) {
    return activityTypes().stream().filter(type -> type.key().equalsIgnoreCase(key)).findFirst();
  }

  @Override
  public List<ActivityType> activityTypes() {
    return ofActivities.keySet().stream()
        .sorted()
        .map(key -> new ActivityType(1, key, key, 0, true))
        .toList();
  }

  @Override
  public List<TaskType> taskTypes() {
    return List.of(new TaskType(1, "follow-up", "Follow-up"));
  }
}
