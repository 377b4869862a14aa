package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.RecordCommand;
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
    long id = NamedList.id(settings, scope);
    return run -> run.change(new RecordCommand.AddToList(run.root(), id));
  }
}
