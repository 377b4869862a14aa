package io.leadloom.schema.value;

/**
 * A named text of the account.
 *
 * @param key what stands after {@code custom_values.}; never changes
 * @param value may be empty
 * @param version the base of optimistic locking
 */
public record CustomValue(long id, String name, String key, String value, int version) {}
