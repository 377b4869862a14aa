package io.leadloom.schema.look;

import org.jspecify.annotations.Nullable;

/**
 * How administrators have a field look.
 *
 * @param version rises by one with every change; the base of optimistic locking; 0 while nobody has changed anything
 * @param position the place among the fields of its entity, from 1; null while nobody has ordered them
 * @param label what a delivered field is called instead; null for its own name, and for custom fields, which keep theirs
 * @param placeholder what stands in the empty input (SET-096)
 * @param help what helps to fill it in
 * @param disabled whether it has gone from form, list and filters; its values stay (LEAD-129)
 * @param criterion whether the filters of the list offer it (LEAD-077)
 * @param listed whether the list shows it to who has chosen no columns; null for what the list usually shows (LEAD-083)
 */
public record FieldLook(
    int version,
    @Nullable Integer position,
    @Nullable String label,
    @Nullable String placeholder,
    @Nullable String help,
    boolean disabled,
    boolean criterion,
    @Nullable Boolean listed) {

  /** As fields are delivered. */
  public static final FieldLook DELIVERED =
      new FieldLook(0, null, null, null, null, false, true, null);

  FieldLook at(int place) {
    return new FieldLook(version, place, label, placeholder, help, disabled, criterion, listed);
  }
}
