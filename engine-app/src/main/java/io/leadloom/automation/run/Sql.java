package io.leadloom.automation.run;

import java.util.Collection;
import java.util.Iterator;

/** Lists of numbers inside statements; numbers cannot carry anything else. */
final class Sql {

  private Sql() {}

  static String list(Collection<Long> ids) {
    StringBuilder list = new StringBuilder(ids.size() * 8);
    for (Iterator<Long> each = ids.iterator(); each.hasNext(); ) {
      list.append(each.next().longValue());
      if (each.hasNext()) {
        list.append(',');
      }
    }
    return list.toString();
  }
}
