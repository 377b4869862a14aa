package io.leadloom.identity.intake;

import io.leadloom.platform.Violation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row, or would become of it.
 *
 * @param line the line of the file, the header being line 1
 * @param id of the user, once there is one
 * @param violations what is wrong with a refused row
 */
public record ImportedUser(
    long line,
    Outcome outcome,
    @Nullable Long id,
    String name,
    String email,
    List<Violation> violations) {

  /** What becomes of rows. */
  public enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REFUSED;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ImportedUser {
    violations = List.copyOf(violations);
  }
}
