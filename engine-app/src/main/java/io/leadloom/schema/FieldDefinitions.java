package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.deal.Deals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door to changing custom fields (SET-090 to SET-099). A change holds on this node when the call returns and on the
 * others within two seconds. What is not acceptable is refused with a {@code RefusedException}.
 */
public interface FieldDefinitions {

  /** Adds a field; its key is made from the label unless one is given (SET-093, SET-094). */
  Field create(EntityType entity, @Nullable String activityType, NewField field);

  /** Changes what may be changed: never key or type (SET-097, SET-098). */
  Field change(EntityType entity, @Nullable String activityType, String key, ChangedField change);

  /** Has everybody work with what was changed within a transaction of the caller; called after its commit. */
  void settle();

  /** How many records have a value in the field. */
  long countValues(EntityType entity, @Nullable String activityType, String key);

  /** How many leads of lists have a value in it, which stand apart from the records (LEAD-008). */
  long countListed(EntityType entity, @Nullable String activityType, String key);

  /**
   * Deletes a field and its values for good (SET-099). A field that something uses is kept and the refusal names what does.
   *
   * @param confirmed the number of records with a value that the user has agreed to; refused when it is another
   * @param forced whether to delete it although something uses it, which then stops
   */
  void delete(
      EntityType entity,
      @Nullable String activityType,
      String key,
      @Nullable Long confirmed,
      boolean forced);

  /** Knows what uses custom fields. Rooms that use them have one, asked before a field is deleted. */
  interface Uses {

    /** Everything of this room that works with the field. */
    List<Use> of(Field field);

    /** What of this room works with the field, and goes on when the field is disabled (LEAD-129). */
    default List<Use> goingOn(Field field) {
      return of(field);
    }

    /** Stops what uses the field, which is deleted all the same in the current transaction. */
    void stop(Field field, List<Use> uses);

    /** Everything of this room that names a choice of a classifying field. */
    default List<Use> ofChoice(Schema.Choice choice) {
      return List.of();
    }

    /** A choice has another name, or another in its place; called in the transaction of the change. */
    default void renamed(Schema.Choice choice) {}

    /** Everything of this room that has something wrong when opportunities are made of this only. */
    default List<Use> withOnly(Deals left) {
      return List.of();
    }

    /** Opportunities are made of something else; called in the transaction of the change. */
    default void dealsChanged() {}
  }

  /**
   * Something that uses a field.
   *
   * @param kind what it is, for example {@code automation}
   * @param name what users call it
   */
  record Use(String kind, long id, String name) {}

  /**
   * What a deletion takes along.
   *
   * @param records how many records have a value in the field
   * @param listed how many leads of lists; it changes while one is uploaded, so that it is only told
   */
  record Lost(long records, long listed) {

    /** Whether the user has agreed to it. */
    boolean agreed(@Nullable Long confirmed) {
      return confirmed == null ? records + listed == 0 : confirmed == records;
    }

    RefusedException notDeleted(Field field, @Nullable Long confirmed, List<Use> uses) {
      List<Violation> violations = new ArrayList<>();
      List<String> reasons = new ArrayList<>();
      if (!agreed(confirmed)) {
        reasons.add(
            records
                + " records"
                + (listed > 0 ? " and " + listed + " leads of lists" : "")
                + " have a value in "
                + field.label()
                + "; they lose it for good");
        violations.add(
            Violation.of(
                "confirm", confirmed, "the number of records that lose a value: " + records));
      }
      if (!uses.isEmpty()) {
        reasons.add(
            field.label()
                + " is used by "
                + String.join(
                    ", ", uses.stream().map(use -> use.kind() + " '" + use.name() + "'").toList()));
        for (Use use : uses) {
          violations.add(
              Violation.of(
                  use.kind() + "/" + use.id(),
                  use.name(),
                  "not to use " + field.label() + " any more, or force=true, which stops it"));
        }
      }
      return new RefusedException(Reason.CONFLICT, String.join(". ", reasons), violations);
    }
  }

  /**
   * A field to add.
   *
   * @param key letters, digits and underscores; null to make it from the label
   * @param filterable null means yes where the type allows it
   * @param defaultValue in JSON-natural form
   */
  record NewField(
      @Nullable String key,
      String label,
      FieldType type,
      @Nullable String placeholder,
      boolean mandatory,
      boolean unique,
      @Nullable Boolean filterable,
      List<String> options,
      @Nullable EntityType link,
      @Nullable Object defaultValue,
      Limits limits) {

    /** A field with nothing but a label and a type. */
    public static NewField of(String label, FieldType type) {
      return new NewField(
          null, label, type, null, false, false, null, List.of(), null, null, Limits.NONE);
    }
  }

  /** What to change of a field; null leaves things as they are. */
  record ChangedField(
      @Nullable String label,
      @Nullable Boolean mandatory,
      @Nullable Boolean unique,
      @Nullable Boolean filterable,
      @Nullable List<String> options,
      @Nullable Object defaultValue,
      @Nullable Limits limits) {}
}
