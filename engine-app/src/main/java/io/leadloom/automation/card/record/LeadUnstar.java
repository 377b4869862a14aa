package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import org.springframework.stereotype.Component;

/** Unstars the run's record (AUT-053). */
@Component
final class LeadUnstar implements Card {

  @Override
  public String type() {
    return "lead.unstar";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    return run ->
        run.change(new RecordCommand.Update(run.root(), null, Values.of("starred", false)));
  }
}
