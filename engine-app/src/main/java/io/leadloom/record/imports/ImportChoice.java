package io.leadloom.record.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about a prepared import.
 *
 * @param match the field (or the header of the column that becomes one) by which rows find the record they update; null
 *     to create a record for each row
 * @param columns what becomes of each column, in the order of the file
 */
public record ImportChoice(@Nullable String match, List<Target> columns) {

  public ImportChoice {
    columns = List.copyOf(columns);
  }

  /**
   * Where the values of a column go.
   *
   * @param field the key of a field; null for none
   * @param create whether a custom field is made for it, when {@code field} is null
   */
  public record Target(@Nullable String field, boolean create) {}
}
