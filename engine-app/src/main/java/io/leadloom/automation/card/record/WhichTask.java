package io.leadloom.automation.card.record;

import io.leadloom.automation.card.CardRun;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which task a card means: the one that triggered the run, or the one that an earlier card created. */
final class WhichTask {

  private static final String TRIGGERED = "triggered";

  private WhichTask() {}

  static String check(CardSettings settings, CardScope scope) {
    String task = settings.required("task");
    if (task.equals(TRIGGERED)) {
      scope.need(CardScope.Need.SUBJECT);
      if (scope.trigger() == null || !scope.trigger().suppliesTask()) {
        settings.problem(
            "task", task, "a task created by an earlier card, because no task starts this flow");
      }
    } else if (!task.isEmpty() && !scope.createdTasks().contains(task)) {
      settings.problem(
          "task",
          task,
          "'triggered', or the id of a Create task card before this one on every path");
    }
    return task;
  }

  static @Nullable RecordRef find(String task, CardRun run) {
    if (!task.equals(TRIGGERED)) {
      return run.createdBy(task);
    }
    Optional<Record> record = run.record(EntityType.TASK);
    return record.isEmpty() ? null : record.get().ref();
  }
}
