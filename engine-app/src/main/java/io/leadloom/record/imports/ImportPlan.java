package io.leadloom.record.imports;

import io.leadloom.record.imports.starts.Starts;
import io.leadloom.schema.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a file is read; kept with the job, so that a restart reads it the same way.
 *
 * @param encoding the encoding of a CSV file; null for a workbook
 * @param delimiter the delimiter of a CSV file; null for a workbook
 * @param sheetRows how many rows a workbook has; 0 for a CSV file
 * @param emptyValues texts that stand for "empty"
 * @param columns the columns in the order of the file
 * @param samples what the first rows show of each column, in the same order; empty once the import has been started
 * @param remembered whether the columns are as whoever prepared it last had them for the same header
 * @param starts whether its rows start automations
 * @param unreachable whether leads are taken that name no way of reaching the person (LEAD-217)
 */
public record ImportPlan(
    @Nullable String encoding,
    @Nullable String delimiter,
    long sheetRows,
    List<String> emptyValues,
    List<Column> columns,
    List<Sample> samples,
    boolean remembered,
    Starts starts,
    boolean unreachable) {

  public ImportPlan {
    starts = starts == null ? Starts.YES : starts;
    emptyValues = List.copyOf(emptyValues);
    columns = List.copyOf(columns);
    samples = samples == null ? List.of() : List.copyOf(samples);
  }

  /** The same with columns that are decided on. */
  ImportPlan with(List<Column> otherColumns) {
    return with(otherColumns, List.of(), false);
  }

  ImportPlan with(List<Column> otherColumns, List<Sample> shown, boolean known) {
    return new ImportPlan(
        encoding,
        delimiter,
        sheetRows,
        emptyValues,
        otherColumns,
        shown,
        known,
        starts,
        unreachable);
  }

  /** The same, but automations start otherwise. */
  ImportPlan with(Starts otherwise) {
    return new ImportPlan(
        encoding,
        delimiter,
        sheetRows,
        emptyValues,
        columns,
        samples,
        remembered,
        otherwise,
        unreachable);
  }

  /** The same, but leads may name no way of reaching the person, or have to. */
  ImportPlan taking(boolean unreachableToo) {
    return new ImportPlan(
        encoding,
        delimiter,
        sheetRows,
        emptyValues,
        columns,
        samples,
        remembered,
        starts,
        unreachableToo);
  }

  /**
   * What the first rows show of a column.
   *
   * @param type the type of the field that would be made for it
   * @param values some of its values, each once, shortened
   */
  public record Sample(FieldType type, List<String> values) {
    public Sample {
      values = List.copyOf(values);
    }
  }

  /**
   * One column.
   *
   * @param header the text of its header
   * @param field the key of the field its values go to; null when it is ignored or still to be made
   * @param create whether a custom field is made for it
   */
  public record Column(String header, @Nullable String field, boolean create) {

    boolean open() {
      return create && field == null;
    }
  }
}
