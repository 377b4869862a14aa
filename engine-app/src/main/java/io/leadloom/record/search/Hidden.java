package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Leaves out what the list page does not show of its own accord (LEAD-084, LEAD-085, LEAD-138). */
public final class Hidden {

  private Hidden() {}

  /** The filter without the leads that their stage or status hides, unless it asks for the stage, or the status, itself. */
  public static Filter without(Filter filter, Schema schema) {
    List<Filter> parts = new ArrayList<>(List.of(filter));
    for (String key : List.of("stage", "status")) {
      List<Operand> hidden =
          schema.choices(key).stream()
              .filter(Schema.Choice::hidden)
              .<Operand>map(choice -> new Operand.Literal(choice.label()))
              .toList();
      if (!hidden.isEmpty()
          && schema.field(EntityType.LEAD, key).isPresent()
          && !names(filter, key)) {
        parts.add(new Filter.Test(key, Operator.NOT_IN, hidden));
      }
    }
    return parts.size() == 1 ? filter : new Filter.And(parts);
  }

  private static boolean names(Filter filter, String field) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().anyMatch(part -> names(part, field));
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(part -> names(part, field));
    }
    if (filter instanceof Filter.Not not) {
      return names(not.part(), field);
    }
    return ((Filter.Test) filter).field().equalsIgnoreCase(field);
  }
}
