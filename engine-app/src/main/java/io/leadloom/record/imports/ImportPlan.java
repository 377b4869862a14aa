package io.leadloom.record.imports;

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
 */
public record ImportPlan(
    @Nullable String encoding,
    @Nullable String delimiter,
    long sheetRows,
    List<String> emptyValues,
    List<Column> columns) {

  public ImportPlan {
    emptyValues = List.copyOf(emptyValues);
    columns = List.copyOf(columns);
  }

  ImportPlan with(List<Column> otherColumns) {
    return new ImportPlan(encoding, delimiter, sheetRows, emptyValues, otherColumns);
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
