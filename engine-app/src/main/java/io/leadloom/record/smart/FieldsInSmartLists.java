package io.leadloom.record.smart;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.Use;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tells which smart lists a disabled field goes on in: who is in them stays as it is (LEAD-129). Private ones of others
 * are counted, not named: what they are called is their owners' own.
 */
@Component
class FieldsInSmartLists implements FieldDefinitions.Uses {

  private static final String LIST = "smart-list";
  private static final String OWN = "own-smart-list";

  private final SmartListRows rows;

  FieldsInSmartLists(SmartListRows rows) {
    this.rows = rows;
  }

  @Override
  public List<Use> of(Field field) {
    return List.of();
  }

  @Override
  public void stop(Field field, List<Use> uses) {}

  @Override
  public List<Use> goingOn(Field field) {
    List<Use> uses = new ArrayList<>();
    List<SmartList> own = new ArrayList<>();
    for (SmartList list : rows.naming(field.entity(), field.key())) {
      if (!shows(list, field.key()) && !asks(list, field.key())) {
        continue;
      }
      if (list.sharing() == Sharing.PRIVATE) {
        own.add(list);
      } else {
        uses.add(new Use(LIST, list.id(), list.name()));
      }
    }
    if (!own.isEmpty()) {
      uses.add(new Use(OWN, own.get(0).id(), String.valueOf(own.size())));
    }
    return uses;
  }

  private static boolean shows(SmartList list, String key) {
    return list.columns().stream().anyMatch(key::equalsIgnoreCase)
        || key.equalsIgnoreCase(list.sort() == null ? null : list.sort().replace("-", ""));
  }

  private static boolean asks(SmartList list, String key) {
    try {
      return asks(FilterGrammar.parse(list.filter()), key);
    } catch (RefusedException e) {
      // A list that cannot be read works with nothing.
      return false;
    }
  }

  private static boolean asks(Filter filter, String key) {
    if (filter instanceof Filter.And and) {
      return and.parts().stream().anyMatch(part -> asks(part, key));
    }
    if (filter instanceof Filter.Or or) {
      return or.parts().stream().anyMatch(part -> asks(part, key));
    }
    if (filter instanceof Filter.Not not) {
      return asks(not.part(), key);
    }
    return filter instanceof Filter.Test test && test.field().equalsIgnoreCase(key);
  }
}
