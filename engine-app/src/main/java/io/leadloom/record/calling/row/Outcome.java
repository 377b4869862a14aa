package io.leadloom.record.calling.row;

import io.leadloom.platform.Violation;
import java.util.List;

/**
 * What became of a row.
 *
 * @param lead the id of the lead that was created, updated or migrated; 0 for none
 * @param remarks why it failed or was skipped, and duplicates that a migration left where they are
 */
public record Outcome(long row, Kind kind, long lead, List<Violation> remarks) {

  /** The counts of LEAD-053. */
  public enum Kind {
    CREATED,
    UPDATED,
    MIGRATED,
    SKIPPED,
    FAILED
  }

  public Outcome {
    remarks = List.copyOf(remarks);
  }
}
