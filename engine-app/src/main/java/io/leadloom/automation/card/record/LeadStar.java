package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import org.springframework.stereotype.Component;

/** Stars the run's record (AUT-052). */
@Component
final class LeadStar implements Card {

  @Override
  public String type() {
    return "lead.star";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    return run ->
        run.change(new RecordCommand.Update(run.root(), null, Values.of("starred", true)));
  }
}
