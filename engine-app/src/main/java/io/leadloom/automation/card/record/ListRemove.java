package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.RecordCommand;
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
    long id = NamedList.id(settings, scope);
    return run -> run.change(new RecordCommand.RemoveFromList(run.root(), id));
  }
}
