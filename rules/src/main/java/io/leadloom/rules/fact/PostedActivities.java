package io.leadloom.rules.fact;

/**
 * The activities of one type that were posted to a lead (LEAD-215).
 *
 * @param lead tells the leads of one evaluation apart
 * @param type the key of the activity type
 * @param count how many there are
 * @param points what each of them adds; may be negative
 */
public record PostedActivities(long lead, String type, long count, long points) {}
