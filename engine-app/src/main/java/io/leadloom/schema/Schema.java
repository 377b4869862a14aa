package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Rights;
import io.leadloom.schema.deal.Deals;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

  /** Finds a field by its permanent id. */
  default Optional<Field> field(long id) {
    return Optional.empty();
  }

  /**
   * The choices of a classifying field in display order, also those not in use any more.
   *
   * @param kind one of {@link ChoiceNames#KINDS}
   */
  default List<Choice> choices(String kind) {
    return List.of();
  }

  /** How leads are worked with. */
  default LeadSettings leadSettings() {
    return LeadSettings.DELIVERED;
  }

  /** What opportunities are made of. */
  default Deals deals() {
    return Deals.NONE;
  }

  /** The definitions without the fields that are not kept. */
  default Schema keeping(Predicate<Field> kept) {
    return new Kept(this, kept);
  }

  /** The definitions as they are for somebody: without the fields that are hidden from them. */
  default Schema visibleTo(Rights rights) {
    for (EntityType type : EntityType.values()) {
      if (rights.keepsFields(type)) {
        return keeping(field -> !rights.hides(field.entity(), field.key()));
      }
    }
    return this;
  }

  /**
   * A choice of a classifying field (VOC lead stage, status, source, group, rating).
   *
   * @param id the permanent id
   * @param kind which field it is a choice of
   * @param label the name that users see
   * @param position the place in the order, from 1
   * @param colour for example {@code #2f9e44}; null for none
   * @param active whether leads with it are still pursued (VOC-012)
   * @param hidden whether leads with it are left out of lists that do not ask for it (LEAD-084)
   * @param parent the stage that a status belongs to
   * @param delivered the permanent name of a choice that came with Leadloom and that rules mean whatever its label
   * @param shared whether a status is offered to others than administrators (LEAD-139)
   * @param stored what records keep of it; it never changes
   * @param offered whether the complete form of leads offers a source (LEAD-167, LEAD-168)
   */
  record Choice(
      long id,
      String kind,
      String label,
      int position,
      @Nullable String colour,
      boolean active,
      boolean hidden,
      @Nullable Long parent,
      @Nullable String delivered,
      boolean shared,
      String stored,
      boolean offered) {

    /** Whether it is one of the eight sources of the complete form of leads, which stay (LEAD-168). */
    public boolean builtIn() {
      return kind.equals("source") && delivered != null;
    }
  }

  /**
   * How leads are worked with.
   *
   * @param stageComments whether a change of the stage can be commented on (PLT-016)
   * @param stageMandatory whether people must choose the stage of a new lead (PLT-017, PLT-D03)
   * @param stageQuickAdd whether the form for a new lead asks for the stage (PLT-018)
   * @param stageImport whether a column of a file can be the stage (PLT-020)
   * @param flagOnAllocation whether a new lead is flagged when it is given to somebody (LEAD-099, LEAD-214)
   * @param followUpMail whether the reminder of a follow-up also goes by e-mail (LEAD-091, LEAD-214)
   * @param withoutCompany whether the complete form asks for no company (LEAD-214)
   */
  record LeadSettings(
      boolean stageComments,
      boolean stageMandatory,
      boolean stageQuickAdd,
      boolean stageImport,
      boolean flagOnAllocation,
      boolean followUpMail,
      boolean withoutCompany) {

    /** As a new installation has them. */
    public static final LeadSettings DELIVERED =
        new LeadSettings(false, false, true, true, true, true, false);
  }

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

  /** Definitions that are those of another one, but for what they say otherwise. */
  interface Derived extends Schema {

    /** The definitions that these are made of. */
    Schema all();

    @Override
    default long version() {
      return all().version();
    }

    @Override
    default List<Field> fields(EntityType entity) {
      return all().fields(entity);
    }

    @Override
    default Optional<Field> field(EntityType entity, String key) {
      return all().field(entity, key);
    }

    @Override
    default List<Field> activityFields(String activityType) {
      return all().activityFields(activityType);
    }

    @Override
    default Optional<Field> activityField(String activityType, String key) {
      return all().activityField(activityType, key);
    }

    @Override
    default Optional<ActivityType> activityType(String key) {
      return all().activityType(key);
    }

    @Override
    default List<ActivityType> activityTypes() {
      return all().activityTypes();
    }

    @Override
    default List<TaskType> taskTypes() {
      return all().taskTypes();
    }

    @Override
    default Optional<Field> field(long id) {
      return all().field(id);
    }

    @Override
    default List<Choice> choices(String kind) {
      return all().choices(kind);
    }

    @Override
    default LeadSettings leadSettings() {
      return all().leadSettings();
    }

    @Override
    default Deals deals() {
      return all().deals();
    }
  }

  /** Definitions with some of their fields. */
  record Kept(Schema all, Predicate<Field> kept) implements Derived {

    @Override
    public List<Field> fields(EntityType entity) {
      return all.fields(entity).stream().filter(kept).toList();
    }

    @Override
    public Optional<Field> field(EntityType entity, String key) {
      return all.field(entity, key).filter(kept);
    }

    @Override
    public List<Field> activityFields(String activityType) {
      return all.activityFields(activityType).stream().filter(kept).toList();
    }

    @Override
    public Optional<Field> activityField(String activityType, String key) {
      return all.activityField(activityType, key).filter(kept);
    }

    @Override
    public Optional<Field> field(long id) {
      return all.field(id).filter(kept);
    }
  }
}
