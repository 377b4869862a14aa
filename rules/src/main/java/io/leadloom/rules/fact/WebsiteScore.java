package io.leadloom.rules.fact;

/**
 * What page views are worth (LEAD-148).
 *
 * @param pointsPerView what each of them earns
 * @param cap the most that a lead earns by them
 */
public record WebsiteScore(long pointsPerView, long cap) {}
