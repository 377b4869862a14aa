package io.leadloom.record.calling;

import io.leadloom.platform.Ids;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Table definitions in the database. Columns know their field by its permanent id. */
@Component
class TableRows {

  private static final String SELECT =
      "select d.id, d.name, d.version, (select count(*) from call_process p where p.definition_id = d.id)"
          + " from table_definition d ";

  private final JdbcTemplate jdbc;
  private final Schemas schemas;

  TableRows(JdbcTemplate jdbc, Schemas schemas) {
    this.jdbc = jdbc;
    this.schemas = schemas;
  }

  List<TableDefinition> page(byte[] after, int limit) {
    return complete(SELECT + "where d.folded > ? order by d.folded limit ?", after, limit);
  }

  Optional<TableDefinition> find(long id) {
    return complete(SELECT + "where d.id = ?", id).stream().findFirst();
  }

  /** Keeps others from changing or deleting a definition until the transaction ends. */
  Optional<TableDefinition> lock(long id) {
    boolean there =
        !jdbc.queryForList("select id from table_definition where id = ? for update", id).isEmpty();
    return there ? find(id) : Optional.empty();
  }

  /** Those with a column that is built on a field, by name. */
  List<TableDefinition> using(long field) {
    return complete(
        SELECT
            + "where exists (select 1 from table_column c where c.definition_id = d.id and c.field_id = ?)"
            + " order by d.folded",
        field);
  }

  /** Takes what is built on a field out of all definitions, which are others than were read before. */
  void deleteColumns(long field) {
    jdbc.update(
        "update table_definition set version = version + 1 where id in"
            + " (select definition_id from table_column where field_id = ?)",
        field);
    jdbc.update("delete from table_column where field_id = ?", field);
  }

  private List<TableDefinition> complete(String sql, Object... arguments) {
    List<TableDefinition> bare =
        jdbc.query(
            sql,
            (row, number) ->
                new TableDefinition(
                    row.getLong(1), row.getString(2), List.of(), row.getInt(4), row.getInt(3)),
            arguments);
    if (bare.isEmpty()) {
      return bare;
    }
    Map<Long, List<TableColumn>> columns = new HashMap<>();
    jdbc.query(
        "select definition_id, name, field_id, nullable, single, main from table_column where definition_id in ("
            + Ids.listed(bare.stream().map(TableDefinition::id).toList())
            + ") order by definition_id, position",
        row -> {
          Field field = schemas.current().field(row.getLong(3)).orElse(null);
          if (field != null) {
            columns
                .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                .add(
                    new TableColumn(
                        row.getString(2),
                        field.key(),
                        field.label(),
                        field.type(),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6)));
          }
        });
    return bare.stream()
        .map(
            each ->
                new TableDefinition(
                    each.id(),
                    each.name(),
                    columns.getOrDefault(each.id(), List.of()),
                    each.processes(),
                    each.version()))
        .toList();
  }

  void insert(TableDefinition table, Map<String, Long> fields) {
    Named.write(
        "table definition",
        table.name(),
        () ->
            jdbc.update(
                "insert into table_definition (id, name, folded, version) values (?, ?, ?, ?)",
                table.id(),
                table.name(),
                Named.folded(table.name()),
                table.version()));
    insertColumns(table, fields);
  }

  /** Writes all but the columns. */
  void update(TableDefinition table) {
    Named.write(
        "table definition",
        table.name(),
        () ->
            jdbc.update(
                "update table_definition set name = ?, folded = ?, version = ? where id = ?",
                table.name(),
                Named.folded(table.name()),
                table.version(),
                table.id()));
  }

  /** Writes the columns in place of those that were there. */
  void updateColumns(TableDefinition table, Map<String, Long> fields) {
    jdbc.update("delete from table_column where definition_id = ?", table.id());
    insertColumns(table, fields);
  }

  private void insertColumns(TableDefinition table, Map<String, Long> fields) {
    List<Object[]> rows = new ArrayList<>();
    for (TableColumn column : table.columns()) {
      rows.add(
          new Object[] {
            table.id(),
            rows.size() + 1,
            column.name(),
            fields.get(column.field()),
            column.nullable(),
            column.unique(),
            column.primary()
          });
    }
    jdbc.batchUpdate(
        "insert into table_column (definition_id, position, name, field_id, nullable, single, main)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  void delete(long id) {
    jdbc.update("delete from table_definition where id = ?", id);
  }
}
