package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.record.Record;
import io.leadloom.record.mark.Flag;
import io.leadloom.schema.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Flags a new lead when it is given to somebody (LEAD-099). New is a lead that nobody has had to do with yet: it has no
 * activity. Who takes a lead, or makes one of their own, is not told by a flag, and what Leadloom itself sets up is not
 * flagged.
 */
final class Allocation {

  private static final String OWNER = "owner";

  private Allocation() {}

  static void ofNew(Values values, Cause cause) {
    if (values.get(Flag.FIELD) == null && given(values.number(OWNER), cause)) {
      values.with(Flag.FIELD, Flag.AUTOMATIC);
    }
  }

  static void ofChange(Record before, Values changes, Cause cause) {
    Values had = before.values();
    if (changes.has(OWNER)
        && !changes.has(Flag.FIELD)
        && had.get(Flag.FIELD) == null
        && had.get("lastActivityAt") == null
        && !Objects.equals(changes.get(OWNER), had.get(OWNER))
        && given(changes.number(OWNER), cause)) {
      changes.with(Flag.FIELD, Flag.AUTOMATIC);
    }
  }

  private static boolean given(@Nullable Long owner, Cause cause) {
    return owner != null
        && switch (cause.kind()) {
          case USER, API, IMPORT -> !owner.equals(cause.userId());
          case AUTOMATION, CONNECTOR -> true;
          case SYSTEM -> false;
        };
  }
}
