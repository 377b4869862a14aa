package io.leadloom.record.calling;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The door to table definitions, for administrators (LEAD-003, LEAD-209). */
@Component
public class TableDefinitions {

  private final TableRows rows;
  private final LeadsOfTables leads;
  private final Schemas schemas;
  private final Ids ids;
  private final AuditTrail trail;

  TableDefinitions(
      TableRows rows, LeadsOfTables leads, Schemas schemas, Ids ids, AuditTrail trail) {
    this.rows = rows;
    this.leads = leads;
    this.schemas = schemas;
    this.ids = ids;
    this.trail = trail;
  }

  /** A column as it is wanted, see {@link TableColumn}. */
  public record NewColumn(
      @Nullable String name,
      @Nullable String field,
      @Nullable Boolean nullable,
      @Nullable Boolean unique,
      @Nullable Boolean primary) {}

  /**
   * What becomes of a definition; null leaves it.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   * @param columns all of them, in their order
   */
  public record Change(
      @Nullable Integer version, @Nullable String name, @Nullable List<NewColumn> columns) {}

  /** One page of the definitions by name. */
  @Transactional(readOnly = true)
  public Page<TableDefinition> page(@Nullable String cursor, int limit) {
    int read = Named.read(limit);
    return Named.page(rows.page(Named.after(cursor), read), limit, TableDefinition::name);
  }

  @Transactional(readOnly = true)
  public TableDefinition get(long id) {
    return rows.find(id).orElseThrow(() -> missing(id));
  }

  @Transactional
  public TableDefinition create(Change wanted) {
    Schema schema = schemas.held();
    TableDefinition made = with(ids.next("table_definition"), null, wanted, schema);
    rows.insert(made, fields(schema));
    trail.record(event(null, made));
    return made;
  }

  @Transactional
  public TableDefinition change(long id, Change change) {
    boolean columns = change.columns() != null;
    // Fields before definitions, as whoever deletes a field does.
    Schema schema = columns ? schemas.held() : schemas.latest();
    TableDefinition before = rows.lock(id).orElseThrow(() -> missing(id));
    Named.present("the table definition", change.version(), before.version());
    TableDefinition after = with(id, before, change, schema);
    if (columns) {
      Named.refuse(
          "Leads in lists do not satisfy the new columns",
          leads.violations(before, after, fields(schema)));
    }
    rows.update(after);
    // Columns that nobody spoke of stay, also those whose field this node may not know yet.
    if (columns) {
      rows.updateColumns(after, fields(schema));
    }
    AuditEvent event = event(before, after);
    if (!event.unchanged()) {
      trail.record(event);
    }
    return after;
  }

  @Transactional
  public void delete(long id) {
    TableDefinition before = rows.lock(id).orElseThrow(() -> missing(id));
    if (before.processes() > 0) {
      throw new RefusedException(
          Reason.CONFLICT,
          "Processes are built on this table definition: " + before.processes(),
          List.of(Violation.of("processes", before.processes(), "a definition of no process")));
    }
    rows.delete(id);
    trail.record(event(before, null));
  }

  private TableDefinition with(
      long id, @Nullable TableDefinition before, Change change, Schema schema) {
    List<Violation> violations = new ArrayList<>();
    Optional<String> name =
        before != null && change.name() == null
            ? Optional.of(before.name())
            : Named.name("name", change.name(), Named.LONGEST, violations);
    List<TableColumn> columns =
        before != null && change.columns() == null
            ? before.columns()
            : new ColumnCheck(schema, violations)
                .columns(Objects.requireNonNullElse(change.columns(), List.of()));
    Named.refuse("The table definition does not do", violations);
    return new TableDefinition(
        id,
        name.orElse(""),
        columns,
        before == null ? 0 : before.processes(),
        before == null ? 1 : before.version() + 1);
  }

  private static Map<String, Long> fields(Schema schema) {
    return schema.fields(EntityType.LEAD).stream().collect(Collectors.toMap(Field::key, Field::id));
  }

  private static RefusedException missing(long id) {
    return RefusedException.notFound("table definition", id);
  }

  /** What became of a definition; null before it was made and after it was deleted. */
  static AuditEvent event(@Nullable TableDefinition before, @Nullable TableDefinition after) {
    TableDefinition shown = after == null ? Objects.requireNonNull(before) : after;
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    return AuditEvent.of("table-definition." + what, "table-definition", shown.id(), shown.name())
        .change("name", before == null ? null : before.name(), after == null ? null : after.name())
        .change("columns", words(before), words(after));
  }

  private static @Nullable List<String> words(@Nullable TableDefinition table) {
    return table == null
        ? null
        : table.columns().stream()
            .map(
                column ->
                    column.name()
                        + " ("
                        + column.field()
                        + (column.nullable() ? "" : " not-null")
                        + (column.unique() ? " unique" : "")
                        + (column.primary() ? " primary" : "")
                        + ")")
            .toList();
  }
}
