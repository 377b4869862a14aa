package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.automation.run.TimerWheel;
import io.leadloom.automation.schedule.TimeTriggers;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.Lists;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What tests of automations do: publish, change records, let time pass, look at runs. */
@Component
public class Workshop {

  private static final AtomicLong NUMBER = new AtomicLong();

  @Autowired Publishing publishing;
  @Autowired Records records;
  @Autowired RunHistory history;
  @Autowired JournalConsumers consumers;
  @Autowired TimerWheel timers;
  @Autowired TimeTriggers timeTriggers;
  @Autowired MutableClock clock;
  @Autowired Staff staff;
  @Autowired Users users;
  @Autowired Lists lists;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;
  @Autowired Schemas schemas;
  @Autowired FieldConversion conversion;

  /** A name that no other test uses. */
  public String unique(String prefix) {
    return prefix + "-" + NUMBER.incrementAndGet();
  }

  public AutomationVersion publish(Bpmn bpmn) {
    Automation automation = publishing.create(null, null, bpmn.xml());
    return publishing.publish(automation.id());
  }

  public RecordRef lead(Map<String, ?> values) {
    return write(new RecordCommand.Create(EntityType.LEAD, Values.copyOf(values)));
  }

  public RecordRef activity(RecordRef lead, String type, Map<String, ?> values) {
    Values all = Values.copyOf(values).with("lead", lead.id());
    return write(new RecordCommand.Create(EntityType.ACTIVITY, type, all));
  }

  public void update(RecordRef ref, String field, Object value) {
    write(new RecordCommand.Update(ref, null, Values.of(field, value)));
  }

  public RecordRef write(RecordCommand command) {
    WriteResult result = records.write(List.of(command), Cause.system("test")).get(0);
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written) result).ref();
  }

  /** Waits until the automations have seen everything that happened so far, and what follows from it. */
  public void settle() {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              JournalConsumers.Status status = consumers.find("automation").orElseThrow();
              assertThat(status.parked()).as("parked events").isZero();
              assertThat(status.dead()).as("dead letters").isZero();
              assertThat(status.lag()).as("events to come").isZero();
            });
  }

  /** Lets the triggers of time look; those that looked while an earlier test was ahead in time begin anew. */
  public void look() {
    transactions.executeWithoutResult(
        status ->
            jdbc.update(
                "delete from automation_moment where position > ?", Utc.column(clock.instant())));
    timeTriggers.look();
    settle();
  }

  /** Lets time pass, and carries on what comes due, or waits for the timers that are at it already. */
  public void pass(Duration time) {
    clock.advance(time);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              timers.fireDue();
              assertThat(
                      jdbc.queryForObject(
                          "select count(*) from run_wait where held = false and due <= ?",
                          Long.class,
                          Utc.column(clock.instant())))
                  .as("waits that are due")
                  .isZero();
            });
    settle();
  }

  public Record get(RecordRef ref) {
    return records.find(ref).orElseThrow();
  }

  public List<RunHistory.Summary> runs(RecordRef ref) {
    return history.ofRecord(ref, null, null, 100).items();
  }

  public RunHistory.Summary onlyRun(RecordRef ref) {
    List<RunHistory.Summary> runs = runs(ref);
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  public List<String> path(long run) {
    return history.steps(run).stream().map(RunHistory.Step::card).toList();
  }

  public RunStatus status(RecordRef ref) {
    return onlyRun(ref).status();
  }

  /** The subjects of the mails that were ordered for an address, oldest first. */
  public List<String> mails(String address) {
    return jdbc
        .queryForList(
            "select body from delivery where recipient = ? and channel = 1 order by id",
            String.class,
            address)
        .stream()
        .map(body -> body.replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** The titles of a lead's tasks. */
  public List<String> tasks(RecordRef lead) {
    return jdbc.queryForList(
        "select title from tasks where lead_id = ? order by id", String.class, lead.id());
  }

  /** The types of a lead's activities. */
  public List<String> activities(RecordRef lead) {
    return jdbc.queryForList(
        "select type from activities where lead_id = ? order by id", String.class, lead.id());
  }

  /** The subjects of the notices about a record. */
  public List<String> notices(RecordRef ref) {
    return jdbc.queryForList(
        "select subject from notice where ref_id = ? order by id", String.class, ref.id());
  }

  /** Completes the pending task of this title. */
  public void complete(RecordRef lead, String title) {
    Long task =
        jdbc.queryForObject(
            "select id from tasks where lead_id = ? and title = ? and status = 'pending'",
            Long.class,
            lead.id(),
            title);
    update(RecordRef.task(task == null ? 0 : task), "status", "completed");
  }

  public void tag(RecordRef ref, String tag) {
    write(new RecordCommand.AddTags(ref, Set.of(tag)));
  }

  public void untag(RecordRef ref, String tag) {
    write(new RecordCommand.RemoveTags(ref, Set.of(tag)));
  }

  /** A sales user; the same one each time. */
  public long seller() {
    return person("scenario-seller");
  }

  /** An active user with this login. */
  public long person(String login) {
    return users
        .byLogin(login)
        .map(Users.Person::id)
        .orElseGet(
            () ->
                staff
                    .create(
                        new Staff.NewAccount(
                            login,
                            "The " + login,
                            login + "@leadloom.test",
                            null,
                            "long enough for a test",
                            Set.of(Role.SALES),
                            null,
                            null,
                            null))
                    .id());
  }

  /** Makes sure that there is a list of this name. */
  public void list(String name) {
    if (lists.find(name).isEmpty()) {
      lists.create(name, null, null);
    }
  }

  /** Whether a lead is on a list. */
  public boolean isOn(RecordRef lead, String list) {
    Integer found =
        jdbc.queryForObject(
            "select count(*) from list_member m join static_list l on l.id = m.list_id"
                + " where l.name = ? and m.record_id = ?",
            Integer.class,
            list,
            lead.id());
    return found != null && found > 0;
  }
}
