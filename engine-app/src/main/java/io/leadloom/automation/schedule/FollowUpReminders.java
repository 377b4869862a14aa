package io.leadloom.automation.schedule;

import io.leadloom.automation.notice.Notices;
import io.leadloom.identity.Users;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operator;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import io.leadloom.record.followup.FollowUps;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reminds the owner of a lead at the moment that a follow-up was planned for (LEAD-091). */
@Component
final class FollowUpReminders implements TimeSource {

  private final Notices notices;
  private final LiveUpdates updates;
  private final Users users;

  FollowUpReminders(Notices notices, LiveUpdates updates, Users users) {
    this.notices = notices;
    this.updates = updates;
    this.users = users;
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
    Set<Long> leads = new LinkedHashSet<>();
    for (long id : ids) {
      session
          .get(RecordRef.task(id))
          .map(task -> task.values().number("lead"))
          .ifPresent(leads::add);
    }
    session.preload(EntityType.LEAD, leads);
    List<Notices.New> due = new ArrayList<>();
    for (long id : ids) {
      session
          .get(RecordRef.task(id))
          .filter(task -> task.trashedAt() == null)
          .map(task -> notice(task, session, from, to))
          .ifPresent(due::add);
    }
    notices.write(due, to);
    Set<Long> told = due.stream().map(Notices.New::userId).collect(Collectors.toSet());
    AfterCommit.run(() -> told.forEach(user -> updates.publish("notice.created", user)));
  }

  private boolean active(@Nullable Long user) {
    return user != null && users.find(user).filter(Users.Person::active).isPresent();
  }

  private Notices.@Nullable New notice(
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
      owner = active(present) ? present : owner;
    }
    if (!now || owner == null || !active(owner)) {
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
