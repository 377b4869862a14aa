package io.leadloom.rules.verdict;

/**
 * How promising a lead is.
 *
 * @param leadId the lead
 * @param rating the rating that fits, for example {@code Hot}
 */
public record Qualification(long leadId, String rating) {}
