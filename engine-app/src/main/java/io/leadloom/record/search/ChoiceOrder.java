package io.leadloom.record.search;

import io.leadloom.record.search.KeysetCursor.Part;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Schema.Choice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the display order of the choices that they have (PLT-011): one part per choice, each a plain range of the index,
 * those without one first when ascending. What records keep says nothing about the order, so rows are not sorted by it.
 */
final class ChoiceOrder {

  private final String column;
  private final ChoiceNames names;
  private final boolean descending;

  ChoiceOrder(String column, ChoiceNames names, boolean descending) {
    this.column = column;
    this.names = names;
    this.descending = descending;
  }

  /**
   * The rows after a position, or all.
   *
   * @param form what the last row keeps of its choice; null for a row without one
   * @param id the id of the last row; null for all rows
   */
  List<Part> parts(@Nullable String form, @Nullable Long id) {
    List<Choice> order = new ArrayList<>(names.choices());
    if (descending) {
      Collections.reverse(order);
    }
    List<SqlCondition> groups = new ArrayList<>();
    List<Object> known = new ArrayList<>();
    int at = 0;
    for (Choice choice : order) {
      List<Object> forms = List.copyOf(names.forms(choice));
      if (form != null && forms.contains(form)) {
        at = groups.size() + (descending ? 0 : 1);
      }
      known.addAll(forms);
      groups.add(
          new SqlCondition(
              forms.size() == 1
                  ? column + " = ?"
                  : column + " in (" + Sql.marks(forms.size()) + ")",
              forms));
    }
    SqlCondition none = SqlCondition.of(column + " is null");
    groups.add(descending ? groups.size() : 0, none);
    boolean unknown = form != null && !known.contains(form);
    if (!known.isEmpty()) {
      // What a row may still keep of a choice that was deleted while somebody chose it.
      groups.add(
          new SqlCondition(
              column + " is not null and " + column + " not in (" + Sql.marks(known.size()) + ")",
              known));
    }
    if (unknown) {
      at = groups.size() - 1;
    } else if (form == null && id != null) {
      at = groups.indexOf(none);
    }
    List<Part> parts = new ArrayList<>();
    for (int i = at; i < groups.size(); i++) {
      SqlCondition group = groups.get(i);
      parts.add(new Part(i == at && id != null ? beyond(group, id) : group, orderBy(), false));
    }
    return parts;
  }

  private SqlCondition beyond(SqlCondition group, long id) {
    List<Object> arguments = new ArrayList<>(group.arguments());
    arguments.add(id);
    return new SqlCondition(group.sql() + " and r.id" + (descending ? " < ?" : " > ?"), arguments);
  }

  private String orderBy() {
    return " order by r.id" + (descending ? " desc" : "");
  }
}
