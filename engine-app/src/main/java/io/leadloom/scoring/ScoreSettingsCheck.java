package io.leadloom.scoring;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks settings of the score that somebody wants (LEAD-143 to LEAD-151). */
final class ScoreSettingsCheck {

  static final int MOST_PERCENT = 100;
  static final int MOST_POINTS = 1_000;
  static final int MOST_CAP = 100_000;

  private final Schema schema;
  private final List<Violation> violations = new ArrayList<>();

  ScoreSettingsCheck(Schema schema) {
    this.schema = schema;
  }

  ScoreSettings checked(LeadScoreSettings.Wanted wanted, ScoreSettings before) {
    ScoreSettings checked =
        new ScoreSettings(
            wanted.fields() == null ? before.fields() : fields(wanted.fields(), before.fields()),
            wanted.choices() == null ? before.choices() : choices(wanted.choices()),
            points("pointsPerView", wanted.pointsPerView(), before.pointsPerView(), MOST_POINTS),
            points("websiteCap", wanted.websiteCap(), before.websiteCap(), MOST_CAP),
            display(wanted.display(), before.display()));
    if (!violations.isEmpty()) {
      throw new RefusedException(Reason.INVALID, "The score is not clear", violations);
    }
    return checked;
  }

  private Map<String, Integer> fields(
      Map<String, @Nullable Integer> wanted, Map<String, Integer> before) {
    Map<String, Integer> fields = new TreeMap<>();
    long sum = 0;
    for (Map.Entry<String, @Nullable Integer> entry : wanted.entrySet()) {
      Integer percentage = entry.getValue();
      Field field = schema.field(EntityType.LEAD, entry.getKey()).orElse(null);
      String where = "fields." + entry.getKey();
      if (field == null ? !before.containsKey(entry.getKey()) : !PointScale.pickable(field)) {
        violations.add(
            Violation.of(where, entry.getKey(), "a field of leads that people give its values"));
      } else if (percentage == null || percentage < 0 || percentage > MOST_PERCENT) {
        violations.add(Violation.of(where, percentage, "a whole number from 0 to 100"));
      } else if (field != null) {
        fields.put(field.key(), percentage);
        sum += percentage;
      }
    }
    if (sum > MOST_PERCENT) {
      violations.add(
          Violation.of("fields", sum, "percentages with a sum of at most 100, not " + sum));
    }
    return fields;
  }

  private Map<Long, Integer> choices(Map<String, @Nullable Integer> wanted) {
    Set<Long> known = new HashSet<>();
    for (String kind : PointScale.KINDS) {
      schema.choices(kind).forEach(choice -> known.add(choice.id()));
    }
    Map<Long, Integer> choices = new TreeMap<>();
    for (Map.Entry<String, @Nullable Integer> entry : wanted.entrySet()) {
      String where = "choices." + entry.getKey();
      Integer points = entry.getValue();
      if (!entry.getKey().matches("[0-9]{1,18}") || !known.contains(Long.valueOf(entry.getKey()))) {
        violations.add(
            Violation.of(
                where, entry.getKey(), "the id of a stage, status, group, rating or source"));
      } else if (points != null && Math.abs((long) points) > MOST_POINTS) {
        violations.add(Violation.of(where, points, "a whole number from -1,000 to 1,000"));
      } else if (points != null) {
        choices.put(Long.valueOf(entry.getKey()), points);
      }
    }
    return choices;
  }

  private int points(String where, @Nullable Integer wanted, int before, int most) {
    if (wanted == null) {
      return before;
    }
    if (wanted < 0 || wanted > most) {
      violations.add(
          Violation.of(
              where, wanted, String.format(Locale.ROOT, "a whole number from 0 to %,d", most)));
    }
    return wanted;
  }

  private ScoreSettings.Display display(@Nullable String wanted, ScoreSettings.Display before) {
    if (wanted == null) {
      return before;
    }
    for (ScoreSettings.Display display : ScoreSettings.Display.values()) {
      if (display.name().equalsIgnoreCase(wanted)) {
        return display;
      }
    }
    violations.add(Violation.of("display", wanted, "percentage or total"));
    return before;
  }
}
