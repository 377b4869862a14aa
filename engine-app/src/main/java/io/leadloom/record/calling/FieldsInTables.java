package io.leadloom.record.calling;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.Use;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The columns of table definitions that are built on a field; without it they go. */
@Component
class FieldsInTables implements FieldDefinitions.Uses {

  private static final String KIND = "table-definition";

  private final TableRows rows;
  private final AuditTrail trail;

  FieldsInTables(TableRows rows, AuditTrail trail) {
    this.rows = rows;
    this.trail = trail;
  }

  @Override
  public List<Use> of(Field field) {
    return rows.using(field.id()).stream()
        .map(table -> new Use(KIND, table.id(), table.name()))
        .toList();
  }

  @Override
  public void stop(Field field, List<Use> uses) {
    // Locked, so that no process comes to stand on one of them meanwhile.
    List<TableDefinition> tables =
        rows.using(field.id()).stream().flatMap(table -> rows.lock(table.id()).stream()).toList();
    List<Violation> violations = new ArrayList<>();
    for (TableDefinition table : tables) {
      if (table.processes() > 0 && needs(table, field)) {
        violations.add(
            Violation.of(
                KIND + "/" + table.id(),
                table.name(),
                "another primary key, and another column than "
                    + field.label()
                    + ": processes stand on it: "
                    + table.processes()));
      }
    }
    if (!violations.isEmpty()) {
      throw new RefusedException(
          Reason.CONFLICT,
          field.label()
              + " is the primary key or the only column of tables that processes stand on",
          violations);
    }
    rows.deleteColumns(field.id());
    tables.forEach(table -> trail.record(TableDefinitions.event(table, without(table, field))));
  }

  /** Whether rows of a table could not be told apart without a field, or have nothing in them. */
  private static boolean needs(TableDefinition table, Field field) {
    return table.columns().size() == 1
        || table.columns().stream()
            .anyMatch(column -> column.primary() && column.field().equals(field.key()));
  }

  private static TableDefinition without(TableDefinition table, Field field) {
    return new TableDefinition(
        table.id(),
        table.name(),
        table.columns().stream().filter(column -> !column.field().equals(field.key())).toList(),
        table.processes(),
        table.version() + 1);
  }
}
