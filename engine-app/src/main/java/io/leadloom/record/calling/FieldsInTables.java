package io.leadloom.record.calling;

import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.Use;
import java.util.List;
import org.springframework.stereotype.Component;

/** The columns of table definitions that are built on a field; without it they go. */
@Component
class FieldsInTables implements FieldDefinitions.Uses {

  private static final String KIND = "table-definition";

  private final TableRows rows;

  FieldsInTables(TableRows rows) {
    this.rows = rows;
  }

  @Override
  public List<Use> of(Field field) {
    return rows.using(field.id()).stream()
        .map(table -> new Use(KIND, table.id(), table.name()))
        .toList();
  }

  @Override
  public void stop(Field field, List<Use> uses) {
    rows.deleteColumns(field.id());
  }
}
