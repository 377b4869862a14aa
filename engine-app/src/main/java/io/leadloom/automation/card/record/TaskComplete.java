package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.platform.RecordRef;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import org.springframework.stereotype.Component;

/** Completes the triggering task or one that an earlier card created. */
@Component
final class TaskComplete implements Card {

  @Override
  public String type() {
    return "task.complete";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String task = WhichTask.check(settings, scope);
    return run -> {
      RecordRef ref = WhichTask.find(task, run);
      return ref == null
          ? new Outcome.Failed("There is no such task in this run")
          : run.change(new RecordCommand.Update(ref, null, Values.of("status", "completed")));
    };
  }
}
