package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.SetFields;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sets stage, status and other fields of the opportunity that the run is about (AUT-065, AUT-D17). */
@Component
final class OpportunitySetFields implements Card {

  @Override
  public String type() {
    return "opportunity.set-fields";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    if (scope.trigger() != null && !scope.trigger().suppliesOpportunity()) {
      settings.problem(
          "trigger", scope.trigger().key(), "a flow whose trigger is about an opportunity");
    }
    SetFields fields = DealFields.read(settings, scope);
    if (settings.map("values").isEmpty()) {
      settings.problem("values", null, "at least one field and its value");
    }
    return run -> {
      Optional<Record> deal = run.record(EntityType.OPPORTUNITY);
      if (deal.isEmpty()) {
        run.note("There is no opportunity");
        return Outcome.DONE;
      }
      try {
        Values values = fields.values(run, deal.get().values());
        Outcome outcome = run.change(new RecordCommand.Update(deal.get().ref(), null, values));
        if (outcome == Outcome.DONE) {
          run.note(fields.said());
        }
        return outcome;
      } catch (SetFields.Unfit e) {
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
    };
  }
}
