package io.leadloom.rules.fact;

/**
 * What a lead earns as long as it has a choice (LEAD-146).
 *
 * @param field {@code stage}, {@code status}, {@code group}, {@code rating} or {@code source}
 * @param choice the choice, as leads have it
 * @param points what it is worth; may be negative
 */
public record ChoiceScore(String field, String choice, long points) {}
