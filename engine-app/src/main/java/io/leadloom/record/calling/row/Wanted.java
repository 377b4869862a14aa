package io.leadloom.record.calling.row;

import io.leadloom.platform.Violation;
import io.leadloom.schema.Values;
import java.util.List;

/**
 * A row as it is to be written.
 *
 * @param row its number in the file; 0 for one that comes by hand
 * @param values those of cells that are not blank
 * @param violations why it cannot be written, whatever is there already
 */
public record Wanted(long row, Values values, List<Violation> violations) {

  public Wanted {
    violations = List.copyOf(violations);
  }
}
