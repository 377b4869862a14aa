package io.leadloom.record.imports;

import io.leadloom.platform.EntityType;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.file.Row;
import io.leadloom.record.imports.file.Table;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes custom fields for the columns that are none yet. */
@Component
class NewColumns {

  /** The first rows say what a column holds, those up to here may widen it. */
  private static final int MOST_ROWS = 100_000;

  private final FieldDefinitions definitions;
  private final Schemas schemas;

  NewColumns(FieldDefinitions definitions, Schemas schemas) {
    this.definitions = definitions;
    this.schemas = schemas;
  }

  /** Looks at the values of a table's columns. */
  static List<ColumnSniffer> sniff(Table table, int mostRows, Set<String> emptyValues) {
    List<ColumnSniffer> sniffers =
        Stream.generate(ColumnSniffer::new).limit(table.header().size()).toList();
    int rows = 0;
    for (Row row = table.next(); row != null && rows < mostRows; row = table.next()) {
      rows++;
      for (int i = 0; i < sniffers.size(); i++) {
        String value = ColumnSniffer.value(row.cells(), i, emptyValues);
        if (value != null) {
          sniffers.get(i).accept(value);
        }
      }
    }
    return sniffers;
  }

  /** The plan's columns with a field for each that was to get one; fields made by an earlier try are found again. */
  List<Column> make(ImportJob job, Table table) {
    Set<String> emptyValues = ColumnSniffer.emptyValues(job.plan().emptyValues());
    List<ColumnSniffer> sniffers = sniff(table, MOST_ROWS, emptyValues);
    List<Column> columns = new ArrayList<>(job.plan().columns());
    // The column that rows are matched by comes first: it needs one of the places for filterable
    // texts.
    for (boolean matched : new boolean[] {true, false}) {
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        if (column.open() && column.header().equals(job.match()) == matched) {
          Field field = madeBefore(job, column.header(), columns);
          if (field == null) {
            field =
                definitions.create(
                    job.entity(),
                    job.activityType(),
                    sniffers.get(i).field(column.header(), matched));
          }
          columns.set(i, new Column(column.header(), field.key(), true));
        }
      }
    }
    return columns;
  }

  private @Nullable Field madeBefore(ImportJob job, String label, List<Column> columns) {
    Schema schema = schemas.current();
    List<Field> fields =
        job.entity() == EntityType.ACTIVITY && job.activityType() != null
            ? schema.activityFields(job.activityType())
            : schema.fields(job.entity());
    return fields.stream()
        .filter(field -> !field.system() && field.label().equals(label))
        .filter(field -> columns.stream().noneMatch(column -> field.key().equals(column.field())))
        .findFirst()
        .orElse(null);
  }
}
