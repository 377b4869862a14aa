package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.SetFields;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Field;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Updates the activity that triggered the run; only where the trigger is about one (AUT-057). */
@Component
final class ActivityUpdate implements Card {

  @Override
  public String type() {
    return "activity.update";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    if (scope.trigger() == null || !scope.trigger().suppliesActivity()) {
      settings.problem("trigger", null, "a flow whose trigger is a new or updated activity");
    }
    scope.need(CardScope.Need.SUBJECT);
    SetFields fields = SetFields.read(settings, "values", scope, ActivityUpdate::field);
    if (settings.map("values").isEmpty()) {
      settings.problem("values", null, "at least one field and its value");
    }
    return run -> {
      Optional<Record> activity = run.record(EntityType.ACTIVITY);
      if (activity.isEmpty()) {
        return new Outcome.Failed("The activity that started the run is gone");
      }
      try {
        return run.change(
            new RecordCommand.Update(
                activity.get().ref(), null, fields.values(run, activity.get().values())));
      } catch (SetFields.Unfit e) {
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
    };
  }

  private static Optional<Field> field(CardScope scope, String key) {
    return scope.activityType() == null
        ? scope.schema().field(EntityType.ACTIVITY, key)
        : scope.schema().activityField(scope.activityType(), key);
  }
}
