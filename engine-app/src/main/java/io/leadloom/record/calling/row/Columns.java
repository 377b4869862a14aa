package io.leadloom.record.calling.row;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.calling.TableColumn;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a process with their fields, as somebody may use them: what is hidden from him is no column for him.
 *
 * @param all in the order of the definition
 */
public record Columns(List<Column> all) {

  /** The column by which numbers are compared (LEAD-063). */
  public static final String PHONE = "phone1";

  /** The column whose values can fall back to the zone of the list (LEAD-059). */
  public static final String ZONE = "timezone";

  private static final String NAME = "name";

  /** A column and its field. */
  public record Column(TableColumn definition, Field field) {

    public String name() {
      return definition.name();
    }

    /** Whether it is called so, without letter case. */
    public boolean named(String name) {
      return name.equals(Folded.of(definition.name()));
    }
  }

  public Columns {
    all = List.copyOf(all);
  }

  /** All columns of a definition. */
  public static Columns of(List<TableColumn> definition, Schema schema) {
    List<Column> columns = new ArrayList<>();
    for (TableColumn column : definition) {
      schema
          .field(EntityType.LEAD, column.field())
          .ifPresent(field -> columns.add(new Column(column, field)));
    }
    return new Columns(columns);
  }

  /** Those whose values somebody may see. */
  public Columns shownTo(Rights rights) {
    return new Columns(
        all.stream()
            .filter(column -> !rights.hides(EntityType.LEAD, column.field().key()))
            .toList());
  }

  /** Whether somebody may give values to a column. */
  public static boolean writes(Rights rights, Column column) {
    String key = column.field().key();
    return !rights.hides(EntityType.LEAD, key) && !rights.onlyReads(EntityType.LEAD, key);
  }

  /** The column of this name, without letter case and outer spaces. */
  public Optional<Column> named(String name) {
    String folded = Folded.of(name);
    return folded == null
        ? Optional.empty()
        : all.stream().filter(column -> column.named(folded)).findFirst();
  }

  @Nullable Column phone() {
    return named(PHONE).filter(column -> textual(column.field())).orElse(null);
  }

  @Nullable Column primary() {
    return all.stream().filter(column -> column.definition().primary()).findFirst().orElse(null);
  }

  /** What a lead is called by: the column "name", else the first text. */
  @Nullable Column title() {
    return named(NAME)
        .filter(column -> textual(column.field()))
        .or(
            () ->
                all.stream().filter(column -> column.field().type() == FieldType.TEXT).findFirst())
        .orElse(null);
  }

  private static boolean textual(Field field) {
    return field.type().valueType() == String.class;
  }
}
