package io.leadloom.record.calling;

import java.util.List;

/**
 * The columns of processes, in the order in which files have them (LEAD-042, LEAD-209).
 *
 * @param columns those whose field is deleted go with it
 * @param processes how many processes are built on it
 * @param version the base of optimistic locking
 */
public record TableDefinition(
    long id, String name, List<TableColumn> columns, int processes, int version) {

  public TableDefinition {
    columns = List.copyOf(columns);
  }
}
