package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.Duration;
import io.leadloom.automation.card.MergeText;
import io.leadloom.automation.card.Outcomes;
import io.leadloom.automation.card.People;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Creates a task about the run's record, for its owner or a named user (AUT-059). */
@Component
final class TaskCreate implements Card {

  @Override
  public String type() {
    return "task.create";
  }

  @Override
  public boolean createsTask() {
    return true;
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String type = settings.required("taskType");
    if (!type.isEmpty()
        && scope.schema().taskTypes().stream().noneMatch(each -> each.key().equals(type))) {
      settings.problem("taskType", type, "the key of an existing task type");
    }
    settings.required("title");
    MergeText title = MergeText.read(settings, "title", scope);
    MergeText notes = MergeText.read(settings, "notes", scope);
    String assignee = People.check(settings, "assignTo", scope);
    Optional<Duration> dueIn = settings.duration("dueIn");
    Optional<Duration> remindBefore = settings.duration("remindBefore");
    if (remindBefore.isPresent() && dueIn.isEmpty()) {
      settings.problem("dueIn", null, "when the task is due, because a reminder is asked for");
    }
    return run -> {
      Values values =
          Values.of("type", type).with("title", title.render(run)).with("status", "pending");
      values.with(run.root().type().key(), run.root().id());
      Users.Person person = People.find(assignee, run);
      if (person != null) {
        values.with("owner", person.id());
      } else if (!assignee.equals(People.OWNER)) {
        run.note("The user is not active, the task has no owner");
      }
      if (!notes.isBlank()) {
        values.with("notes", notes.render(run));
      }
      if (dueIn.isPresent()) {
        Instant due = dueIn.get().after(run.now(), run.zone());
        values.with("dueAt", due);
        remindBefore.ifPresent(
            before -> values.with("remindAt", before.negated().after(due, run.zone())));
      }
      values.with("createdByRun", run.runId()).with("createdByCard", run.card());
      WriteResult result = run.apply(new RecordCommand.Create(EntityType.TASK, values));
      if (result instanceof WriteResult.Written written) {
        run.created(written.ref());
        return Outcome.DONE;
      }
      return Outcomes.of(result);
    };
  }
}
