package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.Lists;
import io.leadloom.record.RecordCommand;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Takes the run's record off a static list (AUT-051). */
@Component
final class ListRemove implements Card {

  @Override
  public String type() {
    return "list.remove";
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
    return run -> run.change(new RecordCommand.RemoveFromList(run.root(), id));
  }
}
