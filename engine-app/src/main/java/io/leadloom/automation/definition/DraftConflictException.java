package io.leadloom.automation.definition;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.util.List;

/** A draft was saved that was made from an older state than the present one. */
public final class DraftConflictException extends RefusedException {

  private static final long serialVersionUID = 1L;

  private final int expectedVersion;
  private final transient Automation current;

  DraftConflictException(int expectedVersion, Automation current) {
    super(
        Reason.CONFLICT,
        "Somebody else changed the automation",
        List.of(Violation.of("version", expectedVersion, "version " + current.lockVersion())));
    this.expectedVersion = expectedVersion;
    this.current = current;
  }

  /** The version that the saved draft was made from. */
  public int expectedVersion() {
    return expectedVersion;
  }

  /** The automation as it is now. */
  public Automation current() {
    return current;
  }
}
