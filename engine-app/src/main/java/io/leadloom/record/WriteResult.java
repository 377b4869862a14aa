package io.leadloom.record;

import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import java.util.List;

/** What became of one {@link RecordCommand}. */
public sealed interface WriteResult {

  /** How the expectation of a violation begins when another record has the value. */
  String TAKEN = "a value that no other ";

  /**
   * It is written, or nothing had to change.
   *
   * @param created whether the record is new
   * @param changed whether anything differs from before
   */
  record Written(RecordRef ref, int version, boolean created, boolean changed)
      implements WriteResult {}

  /** The input is not acceptable; nothing of this command was written. */
  record Refused(List<Violation> violations) implements WriteResult {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /** Somebody else changed the record since the caller read it. */
  record Conflict(int expectedVersion, Record current) implements WriteResult {}

  /** The writer may see the record, or records of this kind, but not do this; {@code what} says which. */
  record Forbidden(String what) implements WriteResult {}

  /** There is no such record for the writer, or it is in the trash. */
  record Missing(RecordRef ref) implements WriteResult {}
}
