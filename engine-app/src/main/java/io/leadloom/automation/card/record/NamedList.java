package io.leadloom.automation.card.record;

import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.Lists;
import java.util.Optional;

/** The static list that a card's setting names. */
final class NamedList {

  private NamedList() {}

  /** Its id; 0 with a problem noted when there is none. */
  static long id(CardSettings settings, CardScope scope) {
    String name = settings.required("list");
    Optional<Lists.StaticList> list = name.isEmpty() ? Optional.empty() : scope.lists().find(name);
    if (list.isEmpty() && !name.isEmpty()) {
      settings.problem("list", name, "the name of an existing static list");
    }
    scope.need(CardScope.Need.LISTS);
    return list.map(Lists.StaticList::id).orElse(0L);
  }
}
