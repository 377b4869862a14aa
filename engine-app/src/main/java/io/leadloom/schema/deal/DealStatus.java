package io.leadloom.schema.deal;

/**
 * A status of opportunities: one of the four that are always there, or a named one of one of these kinds (REV-012).
 *
 * @param delivered whether it is one of the four
 */
public record DealStatus(long id, String name, StatusKind kind, boolean delivered) {}
