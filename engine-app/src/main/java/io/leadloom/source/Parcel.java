package io.leadloom.source;

import io.leadloom.platform.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has brought, read as far as that goes.
 *
 * @param key what tells it from other deliveries; null for nothing
 * @param values by the names of whoever brings it
 * @param raw what came when it could not be read; otherwise null
 * @param problems why it could not be read
 * @param test whether it only tries the way out
 * @param complete whether the values are here; of Meta they have still to be fetched
 */
record Parcel(
    @Nullable String key,
    Map<String, String> values,
    @Nullable String raw,
    List<Violation> problems,
    boolean test,
    boolean complete) {

  static Parcel of(@Nullable String key, Map<String, String> values) {
    return new Parcel(key, values, null, List.of(), false, true);
  }

  static Parcel unreadable(String raw, Violation problem) {
    return new Parcel(null, Map.of(), raw, List.of(problem), false, true);
  }
}
