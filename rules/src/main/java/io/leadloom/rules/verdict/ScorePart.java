package io.leadloom.rules.verdict;

/**
 * A part of the score of a lead (LEAD-149).
 *
 * @param lead the lead
 * @param kind what earned it
 * @param name the field, choice field, activity type or giver
 * @param points what it adds to the total; may be negative
 */
public record ScorePart(long lead, Kind kind, String name, long points) {

  /** What points are earned by. */
  public enum Kind {
    FIELD,
    CHOICE,
    ACTIVITY,
    WEBSITE,
    GIVEN
  }
}
