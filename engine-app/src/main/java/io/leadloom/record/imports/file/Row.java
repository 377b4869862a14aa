package io.leadloom.record.imports.file;

import io.leadloom.platform.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table.
 *
 * @param number its number as a spreadsheet shows it: the header row has 1, blank rows count
 * @param cells the texts of the cells, blank for empty; numbers, dates and truth values in their ISO or plain form
 * @param problem why the row cannot be used; null when it can
 */
public record Row(long number, List<String> cells, @Nullable Violation problem) {

  /** Whether there is nothing in it. */
  public boolean blank() {
    return problem == null && cells.stream().allMatch(String::isBlank);
  }

  /** How much memory it takes, in characters. */
  public long size() {
    long size = 0;
    for (String cell : cells) {
      size += cell.length();
    }
    return size;
  }
}
