package io.leadloom.record.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as they stand in JSON, on their way to their Java types.
 *
 * @param violations what does not fit; nothing is written then
 */
record NaturalValues(Values values, List<Violation> violations) {

  static NaturalValues read(
      EntityType type,
      @Nullable String activityType,
      @Nullable Map<String, @Nullable Object> given,
      Schema schema,
      FieldConversion conversion) {
    Values values = Values.none();
    List<Violation> violations = new ArrayList<>();
    if (given != null) {
      given.forEach(
          (key, natural) -> {
            Field field =
                (activityType == null
                        ? schema.field(type, key)
                        : schema.activityField(activityType, key))
                    .orElse(null);
            Converted converted =
                field == null ? Converted.of(natural) : conversion.fromNatural(field, natural);
            if (converted instanceof Converted.Value value) {
              values.with(key, value.value());
            } else if (converted instanceof Converted.Wrong wrong) {
              violations.add(Violation.of(key, natural, wrong.expectation()));
            }
          });
    }
    return new NaturalValues(values, violations);
  }

  /** The values; refuses them all when one does not fit. */
  Values acceptable() {
    if (!violations.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "Some values are not acceptable", violations);
    }
    return values;
  }
}
