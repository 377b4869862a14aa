package io.leadloom.record.calling;

import io.leadloom.platform.Folded;
import io.leadloom.platform.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the leads in the lists of processes say about a change of the columns that they stand in (LEAD-209). */
@Component
class LeadsOfTables {

  /** By its values numbers are compared, which are kept beside the leads. */
  private static final String PHONE = "phone1";

  private static final String OF =
      " from list_lead r where r.list_id in (select l.id from lead_list l"
          + " join call_process p on p.id = l.process_id where p.definition_id = ?)";

  private final JdbcTemplate jdbc;
  private final UniqueValues values;

  LeadsOfTables(JdbcTemplate jdbc, UniqueValues values) {
    this.jdbc = jdbc;
    this.values = values;
  }

  /** Complains about each column whose new rule some leads do not satisfy, and says how many. */
  List<Violation> violations(
      TableDefinition before, TableDefinition after, Map<String, Long> fields) {
    // Whoever writes leads holds the row of their process.
    jdbc.queryForList(
        "select id from call_process where definition_id = ? order by id for update",
        Long.class,
        before.id());
    Long leads =
        jdbc.queryForObject(
            "select coalesce(sum(l.leads), 0) from lead_list l join call_process p on p.id = l.process_id"
                + " where p.definition_id = ?",
            Long.class,
            before.id());
    List<Violation> violations = new ArrayList<>();
    if (leads == null || leads == 0) {
      return violations;
    }
    for (int i = 0; i < after.columns().size(); i++) {
      String place = "columns[" + i + "].";
      TableColumn column = after.columns().get(i);
      if (leads > UniqueValues.MOST_LOOKED_AT) {
        tooMany(place, before, column, leads, violations);
      } else {
        column(place, before, after, column, fields, violations);
      }
    }
    Optional<TableColumn> phone = named(before, PHONE);
    if (!phone.map(TableColumn::field).equals(named(after, PHONE).map(TableColumn::field))) {
      violations.add(
          Violation.of(
              "columns",
              PHONE,
              "the column phone1 as it is: the numbers of " + leads + " leads are compared by it"));
    }
    return violations;
  }

  /** Complains about what only a look at each lead could tell, while whoever uploads leads waits. */
  private static void tooMany(
      String place,
      TableDefinition before,
      TableColumn column,
      long leads,
      List<Violation> violations) {
    Optional<TableColumn> former = ofField(before, column.field());
    TableColumn called = named(before, column.name()).orElse(column);
    String why =
        leads
            + " leads are in its lists and at most "
            + UniqueValues.MOST_LOOKED_AT
            + " are looked at";
    if (!called.field().equals(column.field())) {
      violations.add(
          Violation.of(place + "field", column.field(), called.field() + ", since " + why));
    }
    if (!column.nullable() && former.map(TableColumn::nullable).orElse(true)) {
      violations.add(Violation.of(place + "nullable", false, "true, since " + why));
    }
    if (column.unique() && !former.map(TableColumn::unique).orElse(false)) {
      violations.add(
          Violation.of(
              place + (column.primary() ? "primary" : "unique"), true, "false, since " + why));
    }
  }

  private static Optional<TableColumn> ofField(TableDefinition table, String field) {
    return table.columns().stream().filter(each -> each.field().equals(field)).findFirst();
  }

  private void column(
      String place,
      TableDefinition before,
      TableDefinition after,
      TableColumn column,
      Map<String, Long> fields,
      List<Violation> violations) {
    TableColumn former = ofField(before, column.field()).orElse(null);
    TableColumn called = named(before, column.name()).orElse(column);
    long lost = called.field().equals(column.field()) ? 0 : count(before, called, fields, "like");
    if (lost > 0) {
      violations.add(
          Violation.of(
              place + "field",
              column.field(),
              called.field() + ", since " + lost + " leads have a value in it"));
    }
    long blank =
        column.nullable() || former != null && !former.nullable()
            ? 0
            : count(before, column, fields, "not like");
    if (blank > 0) {
      violations.add(
          Violation.of(
              place + "nullable", false, "true, since " + blank + " leads have nothing in it"));
    }
    if (column.unique() && (former == null || !former.unique())) {
      String why = notUnique(after, column, count(before, column, fields, "like"));
      if (why != null) {
        violations.add(
            Violation.of(
                place + (column.primary() ? "primary" : "unique"), true, "false, since " + why));
      }
    }
  }

  /** Why the values that leads have keep a column from becoming unique; null when all differ. */
  private @Nullable String notUnique(TableDefinition after, TableColumn column, long filled) {
    if (filled > UniqueValues.MOST) {
      return filled + " leads have a value in it and " + UniqueValues.MOST + " can be compared";
    }
    long shared = filled == 0 ? 0 : values.shared(after, column);
    return shared == 0 ? null : shared + " leads share their value with another one";
  }

  private static Optional<TableColumn> named(TableDefinition table, String name) {
    String folded = Folded.of(name);
    return table.columns().stream()
        .filter(column -> Objects.equals(Folded.of(column.name()), folded))
        .findFirst();
  }

  /** How many leads have a value in the field of a column, or none. */
  private long count(
      TableDefinition table, TableColumn column, Map<String, Long> fields, String comparison) {
    Long count =
        jdbc.queryForObject(
            "select count(*)" + OF + " and coalesce(r.custom, '') " + comparison + " ?",
            Long.class,
            table.id(),
            "%\"" + fields.get(column.field()) + "\":%");
    return count == null ? 0 : count;
  }
}
