package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Ends shares of the opportunity that the run is about before their time: with named users, or with all (AUT-064, AUT-086). */
@Component
final class OpportunityStopSharing implements Card {

  @Override
  public String type() {
    return "opportunity.stop-sharing";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    if (scope.trigger() != null && !scope.trigger().suppliesOpportunity()) {
      settings.problem(
          "trigger", scope.trigger().key(), "a flow whose trigger is about an opportunity");
    }
    Set<Long> users = SharedUsers.many(settings, "users", scope);
    return run -> {
      Optional<Record> deal = run.record(EntityType.OPPORTUNITY);
      int stopped =
          deal.isEmpty() ? 0 : run.shares().stop(deal.get().ref().id(), users, run.sharing());
      run.note(
          switch (stopped) {
            case 0 -> "Nothing to stop";
            case 1 -> "Stopped one share";
            default -> "Stopped " + stopped + " shares";
          });
      return Outcome.DONE;
    };
  }
}
