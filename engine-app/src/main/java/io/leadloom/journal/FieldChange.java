package io.leadloom.journal;

import org.jspecify.annotations.Nullable;

/**
 * A field's value before and after, in JSON-natural form: text, number, true or false, list of texts; dates and moments
 * in ISO form; money as {@code {"amount": …, "currency": …}}.
 */
public record FieldChange(@Nullable Object before, @Nullable Object after) {}
