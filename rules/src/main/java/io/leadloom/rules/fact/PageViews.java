package io.leadloom.rules.fact;

/**
 * The pages with a tracking code that a known lead has looked at (LEAD-147).
 *
 * @param lead tells the leads of one evaluation apart
 * @param count how many page views there are
 */
public record PageViews(long lead, long count) {}
