package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of an entity, delivered with Leadloom or added by the account (SET custom fields).
 *
 * @param id the permanent id; system fields have ids below 1000
 * @param entity the entity it belongs to
 * @param activityType the activity type it belongs to; null for fields of the entity itself
 * @param key the fixed key, lower camel case, unique within the entity ({@code city}, {@code totalVisits})
 * @param label the name that users see
 * @param type the type of its values
 * @param system whether it came with Leadloom and has a column of its own in the entity's table
 * @param readOnly whether only Leadloom writes it (creation time, score)
 * @param mandatory whether a record without a value is refused
 * @param unique whether two live records may not share a value
 * @param filterable whether searches can use it
 * @param slot the slot column that holds its filterable values ({@code text_03}); null for system fields and when none
 *     was free
 * @param options the choices of a dropdown or multi-select, in order
 * @param link the entity that a record link points to
 * @param defaultValue the value a new record gets when none is given, in the field's Java type
 * @param limits what values must satisfy beyond their type
 */
public record Field(
    long id,
    EntityType entity,
    @Nullable String activityType,
    String key,
    String label,
    FieldType type,
    boolean system,
    boolean readOnly,
    boolean mandatory,
    boolean unique,
    boolean filterable,
    @Nullable String slot,
    List<String> options,
    @Nullable EntityType link,
    @Nullable Object defaultValue,
    Limits limits) {

  /**
   * Validation of a field.
   *
   * @param minimum the least number allowed
   * @param maximum the greatest number allowed
   * @param maxLength the longest text allowed, in characters
   * @param pattern a regular expression that texts must match whole
   */
  public record Limits(
      @Nullable BigDecimal minimum,
      @Nullable BigDecimal maximum,
      @Nullable Integer maxLength,
      @Nullable String pattern) {

    public static final Limits NONE = new Limits(null, null, null, null);
  }

  public Field {
    options = List.copyOf(options);
  }

  /** The same field, its values indexed in this slot. */
  Field withSlot(@Nullable String newSlot) {
    return with(newSlot, defaultValue);
  }

  /** The same field with another value for new records. */
  Field withDefault(@Nullable Object newDefault) {
    return with(slot, newDefault);
  }

  private Field with(@Nullable String newSlot, @Nullable Object newDefault) {
    return new Field(
        id,
        entity,
        activityType,
        key,
        label,
        type,
        system,
        readOnly,
        mandatory,
        unique,
        filterable,
        newSlot,
        options,
        link,
        newDefault,
        limits);
  }
}
