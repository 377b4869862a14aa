package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.SetFields;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import org.springframework.stereotype.Component;

/** Posts an activity on the run's record (AUT-049). */
@Component
final class ActivityPost implements Card {

  @Override
  public String type() {
    return "activity.post";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String type = settings.required("activityType");
    if (!type.isEmpty() && scope.schema().activityType(type).isEmpty()) {
      settings.problem("activityType", type, "the key of an existing activity type");
    }
    SetFields fields =
        SetFields.read(
            settings, "values", scope, (in, key) -> in.schema().activityField(type, key));
    return run -> {
      try {
        Values values = fields.values(run, null);
        values.with(run.root().type().key(), run.root().id());
        if (!values.has("happenedAt")) {
          values.with("happenedAt", run.now());
        }
        return run.change(new RecordCommand.Create(EntityType.ACTIVITY, type, values));
      } catch (SetFields.Unfit e) {
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
    };
  }
}
