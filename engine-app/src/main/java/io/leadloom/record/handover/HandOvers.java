package io.leadloom.record.handover;

import io.leadloom.identity.Users;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Ids;
import io.leadloom.platform.JobStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives what a user owns to another, in pages (SET-037). A page is one transaction with the job's count, so that after a
 * crash or on another node the job goes on and counts each record once. Every record's change is an ordinary one: it is in
 * the journal and in the record's history, and automations see it.
 */
@Component
public class HandOvers {

  private static final Logger LOG = LoggerFactory.getLogger(HandOvers.class);
  private static final int PAGE = 200;
  private static final int SHOWN = 20;

  /** A job that cannot give more than this ends: something is wrong with more than single records. */
  private static final int MOST_LEFT_OUT = 1_000;

  private static final int LONGEST_PROBLEM = 500;
  private static final String SELECT =
      "select id, from_user, to_user, status, requested_by, requested_at, ended_at, total, done, left_out, problem"
          + " from hand_over ";

  private final Records records;
  private final Owned owned;
  private final GivenElsewhere elsewhere;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Users users;
  private final Ids ids;
  private final Clock clock;
  private final AuditTrail trail;

  /** What this node could not give, by job; forgotten with the process, so that another try is made after a restart. */
  private final Map<Long, Set<RecordRef>> leftOut = new ConcurrentHashMap<>();

  private volatile Runnable bell = () -> {};

  HandOvers(
      Records records,
      Owned owned,
      GivenElsewhere elsewhere,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Users users,
      Ids ids,
      Clock clock,
      AuditTrail trail) {
    this.records = records;
    this.owned = owned;
    this.elsewhere = elsewhere;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.users = users;
    this.ids = ids;
    this.clock = clock;
    this.trail = trail;
  }

  /** Who works off the jobs and wants to hear of a new one. */
  void onOrder(Runnable listener) {
    this.bell = listener;
  }

  /** How much a user owns that can be handed over, by the entity's key, {@code list} and {@code leadList}. */
  @Transactional(readOnly = true)
  public Map<String, Long> holdings(long user) {
    known(user);
    return owned.counts(user);
  }

  /** Orders a hand-over; when one to the same user is under way already it is that job. */
  @Transactional
  public HandOver order(long from, @Nullable Long to) {
    known(from);
    Users.Person taker = to == null ? null : users.find(to).orElse(null);
    if (taker == null || !taker.active() || taker.id() == from) {
      throw RefusedException.invalid(
          "Somebody else has to take over",
          Violation.of("to", to, "the id of another active user"));
    }
    // Two clicks at once: the second waits here, then finds the job of the first.
    jdbc.queryForList("select id from app_user where id = ? for update", Long.class, from);
    List<HandOver> underWay =
        jdbc.query(
            SELECT + "where from_user = ? and status = 1 order by id limit 1",
            HandOvers::job,
            from);
    if (!underWay.isEmpty()) {
      HandOver job = underWay.get(0);
      if (job.toUser() == taker.id()) {
        return job;
      }
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "Another hand-over of this user is under way",
          List.of(Violation.of("to", to, "the user who is taking over now: " + job.toUser())));
    }
    long id = ids.next("hand_over");
    jdbc.update(
        "insert into hand_over (id, from_user, to_user, status, requested_by, requested_at, total, done, left_out)"
            + " values (?, ?, ?, 1, ?, ?, ?, 0, 0)",
        id,
        from,
        taker.id(),
        users.current().map(Users.Person::id).orElse(null),
        Utc.column(clock.instant()),
        owned.counts(from).values().stream().mapToLong(Long::longValue).sum());
    trail.record(
        AuditEvent.of("user.handed-over", "user", from, login(from)).fact("to", taker.login()));
    AfterCommit.run(() -> bell.run());
    return find(from, id);
  }

  private String login(long user) {
    return users.find(user).map(Users.Person::login).orElse("");
  }

  private void known(long user) {
    if (users.find(user).isEmpty()) {
      throw RefusedException.notFound("user", user);
    }
  }

  /** A job of a user. */
  @Transactional(readOnly = true)
  public HandOver find(long from, long id) {
    return jdbc.query(SELECT + "where id = ? and from_user = ?", HandOvers::job, id, from).stream()
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("hand-over", id));
  }

  /** The latest jobs of a user, newest first. */
  @Transactional(readOnly = true)
  public List<HandOver> of(long from) {
    known(from);
    return jdbc.query(
        SELECT + "where from_user = ? order by id desc limit " + SHOWN, HandOvers::job, from);
  }

  /** Stops a job after its present page; what has been given stays given. */
  @Transactional
  public HandOver stop(long from, long id) {
    find(from, id);
    end(id, JobStatus.CANCELLED);
    return find(from, id);
  }

  /** The jobs that are not finished, oldest first. */
  List<Long> open() {
    List<Long> open =
        transactions.execute(
            status ->
                jdbc.queryForList(
                    "select id from hand_over where status = 1 order by id", Long.class));
    List<Long> jobs = open == null ? List.of() : open;
    leftOut.keySet().retainAll(jobs);
    elsewhere.retain(jobs);
    return jobs;
  }

  /**
   * Works off one page of a job.
   *
   * @return whether there is more to do, and nobody else is doing it
   */
  public boolean page(long id) {
    return page(id, PAGE);
  }

  private boolean page(long id, int size) {
    try {
      return Boolean.TRUE.equals(transactions.execute(status -> work(id, size)));
    } catch (TransientDataAccessException
        | RecoverableDataAccessException
        | NonTransientDataAccessResourceException
        | TransactionException e) {
      // The database is away or busy: the page is done later, by this node or another.
      throw e;
    } catch (RuntimeException e) {
      if (size > 1) {
        return page(id, size / 2);
      }
      LOG.warn("Hand-over {} leaves out a record that cannot be written", id, e);
      return Boolean.TRUE.equals(transactions.execute(status -> leaveOut(id, e)));
    }
  }

  private boolean leaveOut(long id, RuntimeException e) {
    HandOver job = lock(id);
    if (job == null) {
      return false;
    }
    Set<RecordRef> without = without(id);
    List<RecordRef> refs = owned.some(job.fromUser(), 1, without);
    for (RecordRef ref : refs) {
      without.add(ref);
      count(id, 0, name(ref) + ": " + e);
    }
    if (refs.isEmpty()) {
      String kind = elsewhere.skip(id);
      count(id, 0, elsewhere.kept(id), kind + ": " + e);
    }
    return true;
  }

  private Set<RecordRef> without(long id) {
    return leftOut.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet());
  }

  /** Null when the job is finished, or another node is at it. */
  private @Nullable HandOver lock(long id) {
    List<HandOver> locked =
        jdbc.query(
            SELECT + "where id = ? and status = 1 for update skip locked", HandOvers::job, id);
    return locked.isEmpty() ? null : locked.get(0);
  }

  private boolean work(long id, int size) {
    HandOver job = lock(id);
    if (job == null) {
      return false;
    }
    Set<RecordRef> without = without(id);
    List<RecordRef> page = owned.some(job.fromUser(), size, without);
    Cause cause =
        job.requestedBy() == null
            ? Cause.system("hand-over")
            : new Cause(Cause.Kind.USER, job.requestedBy(), "hand-over " + job.id(), List.of());
    if (page.isEmpty() || without.size() >= MOST_LEFT_OUT) {
      // Appointments go after the records that they are with.
      GivenElsewhere.Page given = elsewhere.give(job, active(job.toUser()), size, cause);
      if (given.more()) {
        count(id, given.given(), given.kept(), given.problem());
        return true;
      }
      giveLists(job);
      end(id, JobStatus.DONE);
      leftOut.remove(id);
      return false;
    }
    List<WriteResult> results =
        records.write(
            page.stream()
                .<RecordCommand>map(
                    ref ->
                        new RecordCommand.Update(
                            ref, null, Values.none().with("owner", job.toUser())))
                .toList(),
            cause);
    int given = 0;
    String problem = null;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof WriteResult.Written) {
        given++;
      } else {
        without.add(page.get(i));
        problem = problem == null ? reason(page.get(i), results.get(i)) : problem;
      }
    }
    count(id, given, problem);
    return true;
  }

  private boolean active(long user) {
    return users.find(user).filter(Users.Person::active).isPresent();
  }

  /** Lead lists stay where the other does not work in their process. */
  private void giveLists(HandOver job) {
    int given = owned.giveLists(job.fromUser(), job.toUser());
    if (active(job.toUser())) {
      given += owned.giveLeadLists(job.fromUser(), job.toUser());
    }
    List<String> kept = owned.leadLists(job.fromUser());
    count(
        job.id(),
        given,
        elsewhere.kept(job.id()) + kept.size(),
        kept.isEmpty()
            ? null
            : "lead list " + kept.get(0) + ": owner has to be an active user of its process");
  }

  private static String name(RecordRef ref) {
    return ref.type().key() + " " + ref.id();
  }

  private static String reason(RecordRef ref, WriteResult result) {
    if (result instanceof WriteResult.Refused refused && !refused.violations().isEmpty()) {
      Violation first = refused.violations().get(0);
      return name(ref) + ": " + first.field() + " has to be " + first.expectation();
    }
    return name(ref) + ": it was changed meanwhile";
  }

  private void count(long id, int given, @Nullable String problem) {
    count(id, given, 0, problem);
  }

  private void count(long id, int given, int lists, @Nullable String problem) {
    jdbc.update(
        "update hand_over set done = done + ?, left_out = ?, problem = coalesce(problem, ?) where id = ?",
        given,
        leftOut.getOrDefault(id, Set.of()).size() + lists,
        problem == null || problem.length() <= LONGEST_PROBLEM
            ? problem
            : problem.substring(0, LONGEST_PROBLEM),
        id);
    if (problem != null) {
      LOG.warn("Hand-over {} leaves out a record: {}", id, problem);
    }
  }

  private void end(long id, JobStatus how) {
    jdbc.update(
        "update hand_over set status = ?, ended_at = ? where id = ? and status = 1",
        how.code(),
        Utc.column(clock.instant()),
        id);
  }

  private static HandOver job(ResultSet row, int n) throws SQLException {
    return new HandOver(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        JobStatus.of(row.getInt(4)),
        row.getObject(5, Long.class),
        Objects.requireNonNull(Utc.moment(row.getObject(6, LocalDateTime.class))),
        Utc.moment(row.getObject(7, LocalDateTime.class)),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        row.getString(11));
  }
}
