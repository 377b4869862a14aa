package io.leadloom.record.calling;

import io.leadloom.platform.Violation;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Time zones by their IANA names (LEAD-014). */
final class Zones {

  private static final Set<String> NAMES = ZoneId.getAvailableZoneIds();

  private Zones() {}

  /** The name as it is kept, or nothing and a complaint. */
  static Optional<String> zone(@Nullable String given, List<Violation> violations) {
    String name = given == null ? "" : given.strip();
    if (!NAMES.contains(name)) {
      violations.add(
          Violation.of("timeZone", given, "the IANA name of a time zone such as Asia/Kolkata"));
      return Optional.empty();
    }
    return Optional.of(name);
  }
}
