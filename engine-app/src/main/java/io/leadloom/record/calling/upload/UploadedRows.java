package io.leadloom.record.calling.upload;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.calling.row.Columns;
import io.leadloom.record.calling.row.Columns.Column;
import io.leadloom.record.calling.row.Target;
import io.leadloom.record.calling.row.Wanted;
import io.leadloom.record.imports.file.Row;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns rows of a file into rows to be written. */
final class UploadedRows {

  /** What stands in a text for bytes that its encoding does not know. */
  private static final char UNREADABLE = '\uFFFD';

  private final UploadPlan plan;
  private final Target target;
  private final List<@Nullable Column> columns = new ArrayList<>();

  UploadedRows(UploadPlan plan, Target target, Rights rights) {
    this.plan = plan;
    this.target = target;
    for (String name : plan.columns()) {
      columns.add(name == null ? null : column(name, target, rights));
    }
  }

  /** A column that has gone since the file was mapped ends the upload: the rest would lack it without a word. */
  private static @Nullable Column column(String name, Target target, Rights rights) {
    Column column =
        target
            .columns()
            .named(name)
            .orElseThrow(
                () ->
                    RefusedException.invalid(
                        "The column " + name + " is not there any more",
                        Violation.of("columns", name, "the columns that the file was mapped to")));
    return Columns.writes(rights, column) ? column : null;
  }

  Wanted of(Row row) {
    Violation problem = row.problem() != null ? row.problem() : unusable(row.cells());
    if (problem != null) {
      return new Wanted(row.number(), Values.none(), List.of(problem));
    }
    Map<Column, Object> cells = new LinkedHashMap<>();
    for (int i = 0; i < columns.size() && i < row.cells().size(); i++) {
      Column column = columns.get(i);
      String cell = row.cells().get(i);
      // Spaces only are nothing (LEAD-050).
      if (column != null && !cell.isBlank()) {
        cells.put(column, cell);
      }
    }
    List<Violation> violations = new ArrayList<>();
    Values values = target.check().checked(cells, violations);
    return new Wanted(row.number(), values, violations);
  }

  private @Nullable Violation unusable(List<String> cells) {
    int wanted = plan.headers().size();
    boolean wrong =
        plan.file().text() && cells.size() < wanted
            || cells.size() > wanted
                && !cells.subList(wanted, cells.size()).stream().allMatch(String::isBlank);
    if (wrong) {
      return Violation.of(
          "row", cells.size() + " cells", "as many cells as the header has: " + wanted);
    }
    String encoding = plan.file().encoding();
    for (int i = 0; encoding != null && i < cells.size(); i++) {
      if (cells.get(i).indexOf(UNREADABLE) >= 0) {
        String header = i < wanted ? plan.headers().get(i) : "row";
        return Violation.of(header, cells.get(i), "text in " + encoding);
      }
    }
    return null;
  }
}
