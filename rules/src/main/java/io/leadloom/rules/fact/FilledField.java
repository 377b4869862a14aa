package io.leadloom.rules.fact;

/**
 * A field in which a lead has a value.
 *
 * @param lead tells the leads of one evaluation apart
 * @param field the key of the field
 * @param value the value as text
 */
public record FilledField(long lead, String field, String value) {}
