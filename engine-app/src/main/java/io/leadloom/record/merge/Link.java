package io.leadloom.record.merge;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.store.EntityTable;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field by which records point at others.
 *
 * @param entity the kind of record that has it
 * @param activityType the only type of activity that has it; null for any
 * @param from the tables that hold it: {@code r} is the record
 * @param column the column of the link
 */
record Link(
    EntityType entity, String key, @Nullable String activityType, String from, String column) {

  /** The kinds of record that are about another one: they go where it goes, without being changed themselves. */
  static final List<EntityType> ABOUT =
      List.of(EntityType.ACTIVITY, EntityType.TASK, EntityType.NOTE);

  /** All links to a kind of record that can be looked up, apart from those of records that are about one. */
  static List<Link> to(EntityType type, Schema schema) {
    List<Link> links = new ArrayList<>();
    for (EntityType entity : EntityType.values()) {
      for (Field field : schema.fields(entity)) {
        boolean about = field.system() && ABOUT.contains(entity);
        if (leads(field, type) && !about) {
          links.add(of(field, null));
        }
      }
    }
    for (Schema.ActivityType activityType : schema.activityTypes()) {
      for (Field field : schema.activityFields(activityType.key())) {
        if (leads(field, type) && !field.system()) {
          links.add(of(field, activityType.key()));
        }
      }
    }
    return links;
  }

  /** Whether a field links to this kind, and records can be found by it and be changed. */
  private static boolean leads(Field field, EntityType type) {
    return field.type() == FieldType.RECORD_LINK
        && field.link() == type
        && (!field.readOnly() || marks(field.key()))
        && (field.system() || field.slot() != null);
  }

  /** A client that is merged goes on as the survivor: what its leads carry goes along (LEAD-106). */
  private static boolean marks(String key) {
    return key.equals(RecordCommand.Convert.CLIENT);
  }

  /** What has a record link to another one. */
  RecordCommand command(long record, long to) {
    RecordRef ref = new RecordRef(entity, record);
    return marks(key)
        ? new RecordCommand.Convert(ref, EntityType.CONTACT, to)
        : new RecordCommand.Update(ref, null, Values.of(key, to));
  }

  private static Link of(Field field, @Nullable String activityType) {
    String table = EntityTable.name(field.entity());
    return field.system()
        ? new Link(
            field.entity(),
            field.key(),
            activityType,
            table + " r",
            "r." + EntityTable.columnName(field))
        : new Link(
            field.entity(),
            field.key(),
            activityType,
            EntityTable.slots(field.entity()) + " s join " + table + " r on r.id = s.id",
            "s." + field.slot());
  }

  /** What narrows the records down to those that have the field. */
  String having() {
    return activityType == null ? "" : " and r.type = ?";
  }

  List<Object> arguments() {
    return activityType == null ? List.of() : List.of(activityType);
  }
}
