package io.leadloom.automation.run;

import io.leadloom.decision.Criterion;
import io.leadloom.decision.Facts;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the conditions of one run look at: the records as they are at this point of the batch (AUT-021). */
final class RunFacts implements Facts {

  private final LiveRun run;
  private final RunBatch batch;

  RunFacts(LiveRun run, RunBatch batch) {
    this.run = run;
    this.batch = batch;
  }

  @Override
  public @Nullable Values values(Criterion.Source source, @Nullable String card) {
    return switch (source) {
      case LEAD -> values(batch.related(run, EntityType.LEAD));
      case CONTACT -> values(batch.related(run, EntityType.CONTACT));
      case ACCOUNT -> values(batch.related(run, EntityType.ACCOUNT));
      case OPPORTUNITY -> values(batch.related(run, EntityType.OPPORTUNITY));
      case TRIGGERED_ACTIVITY -> values(triggered(EntityType.ACTIVITY));
      case TRIGGERED_TASK -> values(triggered(EntityType.TASK));
      case CREATED_TASK -> {
        Long task = card == null ? null : run.tasks.get(card);
        yield task == null ? null : values(batch.record(RecordRef.task(task)));
      }
      case WEBHOOK_RESPONSE -> card == null ? null : batch.response(run, card);
      case LEAD_ACTIVITY -> null;
    };
  }

  /** What started the run (AUT-030); for the condition of a wait for an event what that event is about. */
  private @Nullable Record triggered(EntityType type) {
    JournalEntry heard = run.heard;
    return heard != null && heard.subject().type() == type
        ? batch.record(heard.subject())
        : batch.related(run, type);
  }

  private @Nullable Values values(@Nullable Record record) {
    if (record == null || !record.ref().equals(run.root)) {
      return record == null ? null : record.values();
    }
    return batch.hindsight.values(
        record.values(), (key, value) -> batch.typed(run.root.type(), key, value));
  }

  @Override
  public Set<String> tags() {
    return batch.hindsight.tags(batch.session().tags(run.root));
  }

  @Override
  public Set<Long> lists() {
    return batch.hindsight.lists(batch.session().lists(run.root));
  }

  @Override
  public List<PastActivity> activities() {
    return batch.activities(run);
  }

  @Override
  public @Nullable Change change(String field) {
    JournalEntry event = event();
    FieldChange change = event == null ? null : event.changes().get(field);
    return change == null || event == null
        ? null
        : new Change(
            batch.typed(event.subject().type(), field, change.before()),
            batch.typed(event.subject().type(), field, change.after()));
  }

  /** Only the change of the very record that the source stands for, not of another of its kind or field name. */
  @Override
  public @Nullable Change change(Criterion.Source source, String field) {
    JournalEntry event = event();
    return event != null && event.subject().equals(ref(source)) ? change(field) : null;
  }

  private @Nullable JournalEntry event() {
    return run.heard == null ? run.event : run.heard;
  }

  private @Nullable RecordRef ref(Criterion.Source source) {
    return switch (source) {
      case LEAD -> ref(batch.related(run, EntityType.LEAD));
      case CONTACT -> ref(batch.related(run, EntityType.CONTACT));
      case ACCOUNT -> ref(batch.related(run, EntityType.ACCOUNT));
      case OPPORTUNITY -> ref(batch.related(run, EntityType.OPPORTUNITY));
      case TRIGGERED_ACTIVITY -> ref(triggered(EntityType.ACTIVITY));
      case TRIGGERED_TASK -> ref(triggered(EntityType.TASK));
      case LEAD_ACTIVITY, CREATED_TASK, WEBHOOK_RESPONSE -> null;
    };
  }

  private static @Nullable RecordRef ref(@Nullable Record record) {
    return record == null ? null : record.ref();
  }
}
