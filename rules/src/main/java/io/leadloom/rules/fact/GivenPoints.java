package io.leadloom.rules.fact;

/**
 * Points that an automation or another program has given to a lead.
 *
 * @param lead tells the leads of one evaluation apart
 * @param giver who gave them
 * @param points how many; negative when they were taken
 */
public record GivenPoints(long lead, String giver, long points) {}
