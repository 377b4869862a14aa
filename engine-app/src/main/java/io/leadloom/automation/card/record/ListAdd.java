package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.Lists;
import io.leadloom.record.RecordCommand;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Adds the run's record to a static list (AUT-050). */
@Component
final class ListAdd implements Card {

  @Override
  public String type() {
    return "list.add";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String name = settings.required("list");
    Optional<Lists.StaticList> list = name.isEmpty() ? Optional.empty() : scope.lists().find(name);
    if (list.isEmpty() && !name.isEmpty()) {
      settings.problem("list", name, "the name of an existing static list");
    }
    scope.need(CardScope.Need.LISTS);
    long id = list.map(Lists.StaticList::id).orElse(0L);
    return run -> run.change(new RecordCommand.AddToList(run.root(), id));
  }
}
