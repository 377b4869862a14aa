package io.leadloom.record.imports;

import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Violation;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.file.Row;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows into commands. */
final class RowCommands {

  private final ImportJob job;
  private final List<Column> columns;
  private final @Nullable Field[] fields;
  private final Set<String> emptyValues;
  private final FieldConversion conversion;
  private final Users users;
  private final boolean exactWidth;
  private final Map<String, String> headers = new HashMap<>();

  RowCommands(ImportJob job, Schema schema, FieldConversion conversion, Users users) {
    this.job = job;
    this.columns = job.plan().columns();
    this.conversion = conversion;
    this.users = users;
    this.emptyValues = ColumnSniffer.emptyValues(job.plan().emptyValues());
    // A row of a workbook ends with its last cell, a row of a CSV file has all of them.
    this.exactWidth = job.plan().delimiter() != null;
    this.fields = new Field[columns.size()];
    for (int i = 0; i < fields.length; i++) {
      String key = columns.get(i).field();
      if (key != null) {
        fields[i] = field(schema, key);
        headers.put(key, columns.get(i).header());
      }
    }
  }

  private @Nullable Field field(Schema schema, String key) {
    return (job.activityType() == null
            ? schema.field(job.entity(), key)
            : schema.activityField(job.activityType(), key))
        .orElse(null);
  }

  /**
   * A row on its way.
   *
   * @param command what to write; null when the row is refused before that
   */
  record Planned(long row, @Nullable RecordCommand command, List<Violation> violations) {}

  Planned plan(Row row) {
    List<String> cells = row.cells();
    if (row.problem() != null) {
      return new Planned(row.number(), null, List.of(row.problem()));
    }
    Violation width = width(cells);
    if (width != null) {
      return new Planned(row.number(), null, List.of(width));
    }
    Values values = Values.none();
    List<Violation> violations = new ArrayList<>(0);
    for (int i = 0; i < fields.length; i++) {
      Field field = fields[i];
      String text = field == null ? null : ColumnSniffer.value(cells, i, emptyValues);
      if (field == null || text == null) {
        continue;
      }
      Converted converted = converted(field, text);
      if (converted instanceof Converted.Value value) {
        values.with(field.key(), value.value());
      } else if (converted instanceof Converted.Wrong wrong) {
        violations.add(Violation.of(columns.get(i).header(), text, wrong.expectation()));
      }
    }
    return violations.isEmpty()
        ? new Planned(row.number(), command(values), List.of())
        : new Planned(row.number(), null, violations);
  }

  private @Nullable Violation width(List<String> cells) {
    int wanted = columns.size();
    boolean wrong =
        (exactWidth && cells.size() < wanted)
            || (cells.size() > wanted
                && !cells.subList(wanted, cells.size()).stream().allMatch(String::isBlank));
    return wrong
        ? Violation.of("row", cells.size() + " cells", "as many cells as the header has: " + wanted)
        : null;
  }

  private Converted converted(Field field, String text) {
    if (field.type() == FieldType.USER && !text.matches("[0-9]{1,18}")) {
      return users
          .byLogin(text)
          .<Converted>map(person -> Converted.of(person.id()))
          .orElseGet(() -> new Converted.Wrong("the login or id of a user"));
    }
    return conversion.fromText(field, text);
  }

  private RecordCommand command(Values values) {
    return job.match() == null || job.entity() == EntityType.ACTIVITY
        ? new RecordCommand.Create(
            job.entity(), job.activityType(), values, true, job.plan().unreachable())
        : new RecordCommand.Upsert(
            job.entity(),
            job.match(),
            values,
            job.duplicates() == Duplicates.SKIP,
            job.plan().unreachable());
  }

  /** The header of the column that goes to a field, or the field itself when none does. */
  String header(String field) {
    return headers.getOrDefault(field, field);
  }

  /** The same complaints with the names that the file has for the fields. */
  List<Violation> named(List<Violation> violations) {
    return violations.stream()
        .map(
            violation ->
                new Violation(
                    header(violation.field()), violation.value(), violation.expectation()))
        .toList();
  }
}
