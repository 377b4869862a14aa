package io.leadloom.automation.run;

import io.leadloom.automation.definition.PublishedAutomations;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.identity.Users;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import io.leadloom.record.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people do with runs: start, retry, skip, cancel. Each may be asked for twice without harm. */
@Service
public class RunControl {

  private static final String OPEN =
      " from run where automation_id = ? and status in (2, 3) and version_id = ? and started_at <= ?";

  private final RunEngine engine;
  private final StoredRuns stored;
  private final PublishedAutomations published;
  private final Records records;
  private final Journal journal;
  private final Users users;
  private final JdbcTemplate jdbc;
  private final Clock clock;

  RunControl(
      RunEngine engine,
      StoredRuns stored,
      PublishedAutomations published,
      Records records,
      Journal journal,
      Users users,
      JdbcTemplate jdbc,
      Clock clock) {
    this.engine = engine;
    this.stored = stored;
    this.published = published;
    this.records = records;
    this.journal = journal;
    this.users = users;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Asks to start an automation for a record that the asker may change; it starts in the order of the record's events.
   */
  @Transactional
  public void start(long automationId, RecordRef ref, Rights rights) {
    mustStart(automationId);
    Records within = records.as(rights);
    if (within.find(ref).filter(record -> record.trashedAt() == null).isEmpty()) {
      throw RefusedException.notFound("record", ref);
    }
    if (!within.may(ref, Action.EDIT)) {
      throw RefusedException.forbidden("Your permissions do not let you change " + ref);
    }
    // An automation can share it again, with whom it will: a share is not made longer by whom it is
    // with.
    if (!within.mayUnshared(ref, Action.EDIT)) {
      throw RefusedException.forbidden(
          "Who reaches " + ref + " by a share alone starts no automations for it");
    }
    Optional<Users.Person> person = users.current();
    Cause cause = Cause.api(person.map(Users.Person::id).orElse(null));
    start(automationId, List.of(ref), cause);
  }

  /** Asks to start an automation for records that the asker may change; part of the caller's transaction. */
  public void start(long automationId, Collection<RecordRef> refs, Cause cause) {
    Map<String, String> detail = Map.of("automation", Long.toString(automationId));
    Instant now = clock.instant();
    if (!refs.isEmpty()) {
      journal.append(
          refs.stream()
              .map(
                  ref ->
                      new JournalEntry(
                          now, JournalKind.START_REQUESTED, ref, ref, Map.of(), detail, cause))
              .toList());
    }
  }

  /**
   * Checks that an automation can be started for a record.
   *
   * @throws RefusedException when it is not published, is paused, or needs what triggers it
   */
  public void mustStart(long automationId) {
    TriggerIndex.Starter starter = published.current().index().starter(automationId);
    if (starter == null || !starter.acceptsStarts()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "The automation is not published, or is paused",
          List.of(Violation.of("state", null, "a published automation")));
    }
    if (!starter.callable()) {
      throw RefusedException.invalid(
          "This automation needs the activity or task that triggers it",
          Violation.of(
              "trigger",
              starter.trigger().type().key(),
              "a trigger that is about the record itself"));
    }
  }

  /** Does the failed card again. Nothing happens when it has been mended already. */
  @Transactional
  public void retry(long runId, @Nullable String waitId) {
    mend(runId, waitId, true);
  }

  /** Goes on after the failed card. Nothing happens when it has been mended already. */
  @Transactional
  public void skip(long runId, @Nullable String waitId) {
    mend(runId, waitId, false);
  }

  private void mend(long runId, @Nullable String waitId, boolean again) {
    mustExist(runId);
    String person = person();
    engine.withAll(
        List.of(runId),
        (run, work) -> {
          for (Wait wait : List.copyOf(run.waits)) {
            if (wait instanceof Wait.Failure && (waitId == null || wait.id().equals(waitId))) {
              RunStep step = run.step(wait.nodeId(), wait.visit(), work.batch().now());
              step.say((again ? "Tried again by " : "Skipped by ") + person);
              if (!again) {
                step.result = "skipped";
              }
              work.resume(run, again ? new Signal.Retry(wait.id()) : new Signal.Skip(wait.id()));
            }
          }
        });
  }

  /** Ends a run that has not ended. */
  @Transactional
  public void cancel(long runId) {
    mustExist(runId);
    String reason = "Cancelled by " + person();
    engine.cancel(List.of(runId), reason);
  }

  /** Ends those of these runs that have not ended; part of the caller's transaction. Returns how many. */
  public int cancel(Collection<Long> runIds, String reason) {
    return engine.cancel(runIds, reason);
  }

  /** The ids of a version's runs that have not ended, in order, beginning after one. */
  public List<Long> open(
      long automationId, long versionId, Instant startedUntil, long after, int limit) {
    return jdbc.queryForList(
        "select id" + OPEN + " and id > ? order by id limit " + limit,
        Long.class,
        automationId,
        versionId,
        Utc.column(startedUntil),
        after);
  }

  /** How many of a version's runs have not ended. */
  public long countOpen(long automationId, long versionId, Instant startedUntil) {
    Long count =
        jdbc.queryForObject(
            "select count(*)" + OPEN,
            Long.class,
            automationId,
            versionId,
            Utc.column(startedUntil));
    return count == null ? 0 : count;
  }

  /** After a resume the timers that came due meanwhile go. */
  @EventListener
  void resumed(Publishing.Resumed resumed) {
    stored.release(resumed.automationId());
  }

  private void mustExist(long runId) {
    Integer found =
        jdbc.queryForObject("select count(*) from run where id = ?", Integer.class, runId);
    if (found == null || found == 0) {
      throw RefusedException.notFound("run", runId);
    }
  }

  private String person() {
    return users.current().map(Users.Person::name).orElse("the system");
  }
}
