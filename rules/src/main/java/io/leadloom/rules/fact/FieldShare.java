package io.leadloom.rules.fact;

/**
 * A field that leads earn points by having a value in (LEAD-143, LEAD-145).
 *
 * @param field the key of the field
 * @param points what it is worth, 0 to 100
 */
public record FieldShare(String field, long points) {}
