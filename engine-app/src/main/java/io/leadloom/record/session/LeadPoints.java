package io.leadloom.record.session;

import io.leadloom.record.LeadScoring;
import io.leadloom.record.Record;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the points of leads true with each change, from the values at hand: the total is what a lead has earned by
 * activities and visits and was given, and what its values are worth now (LEAD-149). Changes that touch neither cost
 * nothing.
 */
final class LeadPoints {

  static final String TOTAL = "score";
  static final String EARNED = "earnedPoints";
  static final String PERCENTAGE = "scorePercent";

  private final Schema schema;
  private final @Nullable LeadScoring scoring;
  private LeadScoring.@Nullable Scale scale;

  LeadPoints(Schema schema, @Nullable LeadScoring scoring) {
    this.schema = schema;
    this.scoring = scoring;
  }

  private LeadScoring.@Nullable Scale scale() {
    LeadScoring.Scale known = scale;
    if (known == null && scoring != null) {
      known = scoring.scale(schema);
      scale = known;
    }
    return known;
  }

  /** Works out the points of a new lead; a score that came with it was given. Returns what was given. */
  long ofNew(Values values) {
    long given = number(values.get(TOTAL));
    settle(values, given, values::get);
    return given;
  }

  /**
   * Adds the points to a change of a lead. Who sets the score gives or takes the difference; who has counted what the lead
   * has earned sets that. Returns what was given.
   */
  long ofChange(Record before, Values changes) {
    LeadScoring.Scale now = scale();
    boolean given = changes.has(TOTAL);
    boolean earned = changes.has(EARNED);
    if (!given && !earned && (now == null || now.reads().stream().noneMatch(changes::has))) {
      return 0;
    }
    long gift = given ? number(changes.get(TOTAL)) - number(before.values().get(TOTAL)) : 0;
    long points = number(earned ? changes.get(EARNED) : before.values().get(EARNED)) + gift;
    settle(changes, points, key -> changes.has(key) ? changes.get(key) : before.values().get(key));
    return gift;
  }

  private void settle(Values values, long earned, Function<String, @Nullable Object> after) {
    LeadScoring.Scale now = scale();
    long total = earned + (now == null ? 0 : now.points(after));
    values.with(EARNED, earned).with(TOTAL, total);
    values.with(PERCENTAGE, now == null ? 0L : (long) now.percentage(total));
  }

  static long number(@Nullable Object value) {
    return value instanceof Long number ? number : 0;
  }
}
