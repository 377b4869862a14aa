package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import java.util.List;
import java.util.Optional;

/** One immutable state of all field definitions. Safe to keep for the length of a batch; never changes under you. */
public interface Schema {

  /** Rises with every change of any field definition. */
  long version();

  /** The entity's own fields in display order (not those of single activity types). */
  List<Field> fields(EntityType entity);

  /** Finds a field of the entity by its key, ignoring letter case. */
  Optional<Field> field(EntityType entity, String key);

  /** The extra fields of an activity type; empty for an unknown type. */
  List<Field> activityFields(String activityType);

  /** Finds a field of an activity type, or of activities in general, by its key. */
  Optional<Field> activityField(String activityType, String key);

  /** The activity type with this key. */
  Optional<ActivityType> activityType(String key);

  List<ActivityType> activityTypes();

  /** Task types by display order. */
  List<TaskType> taskTypes();

  /**
   * A kind of activity (VOC Activity).
   *
   * @param id the permanent id
   * @param key the fixed key, for example {@code email-link-clicked}
   * @param label the name that users see
   * @param score the points that an activity of this type adds to the lead's score; may be negative
   * @param system whether it came with Leadloom
   */
  record ActivityType(long id, String key, String label, int score, boolean system) {}

  /** A kind of task, for example {@code follow-up}. */
  record TaskType(long id, String key, String label) {}
}
