package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.SetFields;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Updates the triggering task or one that an earlier card created. */
@Component
final class TaskUpdate implements Card {

  @Override
  public String type() {
    return "task.update";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String task = WhichTask.check(settings, scope);
    SetFields fields =
        SetFields.read(
            settings, "values", scope, (in, key) -> in.schema().field(EntityType.TASK, key));
    if (settings.map("values").isEmpty()) {
      settings.problem("values", null, "at least one field and its value");
    }
    return run -> {
      RecordRef ref = WhichTask.find(task, run);
      if (ref == null) {
        return new Outcome.Failed("There is no such task in this run");
      }
      Optional<Record> record = run.read(ref);
      Values present = record.isEmpty() ? null : record.get().values();
      try {
        return run.change(new RecordCommand.Update(ref, null, fields.values(run, present)));
      } catch (SetFields.Unfit e) {
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
    };
  }
}
