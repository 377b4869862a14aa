package io.leadloom.automation.schedule;

import io.leadloom.automation.notice.Notices;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import io.leadloom.record.followup.FollowUps;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reminds the owner of a lead at the moment that a follow-up was planned for (LEAD-091). */
final class FollowUpReminders implements TimeSource {

  private final Notices notices;

  FollowUpReminders(Notices notices) {
    this.notices = notices;
  }

  @Override
  public EntityType type() {
    return EntityType.TASK;
  }

  @Override
  public Filter candidates(Instant from, Instant to) {
    return new Filter.And(
        List.of(
            TimeSource.test("status", Operator.EQUALS, "pending"),
            TimeSource.test("type", Operator.EQUALS, FollowUps.TYPE),
            TimeSource.test("remindAt", Operator.BETWEEN, from.toString(), to.toString())));
  }

  @Override
  public @Nullable JournalEntry event(Record record, Instant from, Instant to) {
    return null;
  }

  @Override
  public void tell(RecordSession session, List<Long> ids, Instant from, Instant to) {
    List<Notices.New> due = new ArrayList<>();
    for (long id : ids) {
      session
          .get(RecordRef.task(id))
          .filter(task -> task.trashedAt() == null)
          .map(task -> notice(task, session, from, to))
          .ifPresent(due::add);
    }
    notices.write(due, to);
  }

  private static Notices.@Nullable New notice(
      Record task, RecordSession session, Instant from, Instant to) {
    Values values = task.values();
    boolean now =
        values.get("remindAt") instanceof Instant at && at.isAfter(from) && !at.isAfter(to);
    Long lead = values.number("lead");
    Long owner = values.number("owner");
    if (lead != null) {
      // Whose lead it is by now, not whose it was when the follow-up was planned.
      Long present =
          session
              .get(RecordRef.lead(lead))
              .map(found -> found.values().number("owner"))
              .orElse(null);
      owner = present == null ? owner : present;
    }
    if (!now || owner == null) {
      return null;
    }
    String title = values.text("title");
    String notes = values.text("notes");
    return new Notices.New(
        owner,
        title == null ? "Follow-up" : title,
        notes == null ? "" : notes,
        lead == null ? task.ref() : RecordRef.lead(lead),
        null,
        null,
        null);
  }
}
