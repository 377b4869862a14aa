package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.look.FieldLook;
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
 * @param names how the choices of a classifying field are called and kept; null for other fields
 * @param look how administrators have it look
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
    Limits limits,
    @Nullable ChoiceNames names,
    FieldLook look) {

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

  /** A field that is not one of the classifying ones, as it is delivered. */
  public Field(
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
    this(
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
        slot,
        options,
        link,
        defaultValue,
        limits,
        null,
        FieldLook.DELIVERED);
  }

  /** The same field, its values indexed in this slot. */
  Field withSlot(@Nullable String newSlot) {
    return with(newSlot, options, defaultValue, names);
  }

  /** The same field with another value for new records. */
  Field withDefault(@Nullable Object newDefault) {
    return with(slot, options, newDefault, names);
  }

  /** The same field with these choices, in display order. */
  public Field withChoices(ChoiceNames choices, @Nullable Object newDefault) {
    return with(
        slot, choices.choices().stream().map(Schema.Choice::label).toList(), newDefault, choices);
  }

  /** The same field as administrators have it look; a disabled one asks for nothing and fills in nothing (LEAD-129). */
  public Field looking(FieldLook newLook) {
    return new Field(
        id,
        entity,
        activityType,
        key,
        newLook.label() == null ? label : newLook.label(),
        type,
        system,
        readOnly,
        mandatory && !newLook.disabled(),
        unique,
        filterable,
        slot,
        options,
        link,
        newLook.disabled() ? null : defaultValue,
        limits,
        names,
        newLook);
  }

  private Field with(
      @Nullable String newSlot,
      List<String> newOptions,
      @Nullable Object newDefault,
      @Nullable ChoiceNames newNames) {
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
        newOptions,
        link,
        newDefault,
        limits,
        newNames,
        look);
  }
}
