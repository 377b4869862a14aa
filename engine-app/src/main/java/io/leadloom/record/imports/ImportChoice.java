package io.leadloom.record.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided about a prepared import.
 *
 * @param match the field (or the header of the column that becomes one) by which rows find the record they update; null
 *     to create a record for each row
 * @param duplicates what becomes of rows whose record is there already
 * @param columns what becomes of each column, in the order of the file
 * @param unreachable whether leads are taken that name no way of reaching the person (LEAD-217)
 */
public record ImportChoice(
    @Nullable String match, Duplicates duplicates, List<Target> columns, boolean unreachable) {

  public ImportChoice {
    columns = List.copyOf(columns);
  }

  /** What a job that was checked has; no columns for one that was not. */
  static ImportChoice of(ImportJob job) {
    return new ImportChoice(
        job.match(),
        job.duplicates(),
        job.status() == ImportJob.Status.PREPARED
            ? List.of()
            : job.plan().columns().stream()
                .map(column -> new Target(column.field(), column.create()))
                .toList(),
        job.plan().unreachable());
  }

  /**
   * Where the values of a column go.
   *
   * @param field the key of a field; null for none
   * @param create whether a custom field is made for it, when {@code field} is null
   */
  public record Target(@Nullable String field, boolean create) {}
}
