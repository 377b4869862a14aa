package io.leadloom.record.calling;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Violation;
import io.leadloom.record.calling.TableDefinitions.NewColumn;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes columns of what administrators ask for; complains about all that does not do. */
final class ColumnCheck {

  private static final int MOST = 100;
  private static final int LONGEST_NAME = 100;

  /** Links and users stand for something inside Leadloom that no file of a call centre names. */
  private static final Set<FieldType> NO_COLUMN = EnumSet.of(FieldType.RECORD_LINK, FieldType.USER);

  private static final Set<FieldType> NEVER_UNIQUE =
      EnumSet.of(FieldType.LONG_TEXT, FieldType.BOOLEAN, FieldType.MULTI_SELECT);

  private final Schema schema;
  private final List<Violation> violations;
  private final Set<String> names = new HashSet<>();
  private final Set<String> fields = new HashSet<>();
  private boolean primary;

  ColumnCheck(Schema schema, List<Violation> violations) {
    this.schema = schema;
    this.violations = violations;
  }

  /** Whether a field can hold the values of a column. */
  static boolean holds(Field field) {
    return !field.readOnly() && !NO_COLUMN.contains(field.type());
  }

  List<TableColumn> columns(List<NewColumn> wanted) {
    if (wanted.isEmpty() || wanted.size() > MOST) {
      violations.add(Violation.of("columns", wanted.size(), "1 to " + MOST + " columns"));
      return List.of();
    }
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String place = "columns[" + i + "]";
      NewColumn column = wanted.get(i);
      if (Objects.isNull(column)) {
        violations.add(Violation.of(place, null, "a column"));
      } else {
        column(place + ".", column).ifPresent(columns::add);
      }
    }
    return columns;
  }

  private Optional<TableColumn> column(String place, NewColumn wanted) {
    Optional<String> name = Named.name(place + "name", wanted.name(), LONGEST_NAME, violations);
    name.filter(kept -> !names.add(Folded.of(kept)))
        .ifPresent(
            kept ->
                violations.add(
                    Violation.of(place + "name", kept, "a name that no other column has")));
    Optional<Field> field = field(place + "field", wanted.field());
    if (name.isEmpty() || field.isEmpty()) {
      return Optional.empty();
    }
    FieldType type = field.get().type();
    boolean main = Boolean.TRUE.equals(wanted.primary());
    boolean unique = main || Boolean.TRUE.equals(wanted.unique());
    if (unique && NEVER_UNIQUE.contains(type)) {
      violations.add(
          Violation.of(
              place + (main ? "primary" : "unique"),
              true,
              "false: values of " + field.get().label() + " cannot be unique"));
    }
    if (main && primary) {
      violations.add(
          Violation.of(place + "primary", true, "false: another column is the primary key"));
    }
    primary |= main;
    return Optional.of(
        new TableColumn(
            name.get(),
            field.get().key(),
            field.get().label(),
            type,
            !main && !Boolean.FALSE.equals(wanted.nullable()),
            unique,
            main));
  }

  private Optional<Field> field(String place, @Nullable String key) {
    Optional<Field> field =
        schema
            .field(EntityType.LEAD, Objects.requireNonNullElse(key, ""))
            .filter(ColumnCheck::holds);
    if (field.isEmpty()) {
      violations.add(
          Violation.of(
              place,
              key,
              "the key of a field of leads that can be written and is no link or user"));
    } else if (!fields.add(field.get().key())) {
      violations.add(Violation.of(place, key, "a field that no other column is built on"));
    }
    return field;
  }
}
