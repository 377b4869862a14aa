package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.BulkOperation.Chunk;
import io.leadloom.record.BulkOperation.Done;
import io.leadloom.record.BulkOperation.Failed;
import io.leadloom.record.BulkOperation.Member;
import io.leadloom.record.BulkOperation.Outcome;
import io.leadloom.record.BulkOperation.Traces;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.bulk.BulkAction.Status;
import io.leadloom.record.bulk.BulkActions.Failure;
import io.leadloom.record.bulk.BulkMembers.Undo;
import io.leadloom.record.bulk.BulkRows.Progress;
import io.leadloom.record.search.Hidden;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.record.search.SharedReach;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works off bulk actions in pages. A page is one transaction with the job's row, which is its lock and its cursor, so that
 * after a crash or on another node the job goes on and does each record once. It runs as whoever made it: what was taken
 * away from him meanwhile counts for the next page.
 */
@Component
class BulkWork {

  private static final Logger LOG = LoggerFactory.getLogger(BulkWork.class);
  private static final int MOST_TRIES = 8;

  /** So many records are done in one transaction. */
  private static final int PAGE = 5 * BulkMembers.PIECE;

  /** When so many records one after the other cannot be written, it is not their fault. */
  private static final int IN_A_ROW = 5;

  /** So many ids are collected at a time; a multiple of {@link BulkMembers#PIECE}. */
  private static final int COLLECTED = 50 * BulkMembers.PIECE;

  private final BulkRows rows;
  private final BulkMembers members;
  private final Operations operations;
  private final Ending ending;
  private final Records records;
  private final RecordSearch search;
  private final Schemas schemas;
  private final Access access;
  private final Users users;
  private final Clock clock;
  private final TransactionTemplate transaction;

  BulkWork(
      BulkRows rows,
      BulkMembers members,
      Operations operations,
      Ending ending,
      Records records,
      RecordSearch search,
      Schemas schemas,
      Access access,
      Users users,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.rows = rows;
    this.members = members;
    this.operations = operations;
    this.ending = ending;
    this.records = records;
    this.search = search;
    this.schemas = schemas;
    this.access = access;
    this.users = users;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** The jobs that have something to do now, oldest first. */
  List<Long> open() {
    List<Long> open = transaction.execute(status -> rows.open());
    return open == null ? List.of() : open;
  }

  /**
   * Works off one page of a job. One that cannot be written as a whole is halved until the record that is to blame stands
   * alone.
   *
   * @return whether there is more to do now, and nobody else is doing it
   */
  boolean page(long id) {
    return page(id, PAGE);
  }

  /** The same with at most so many records. */
  boolean page(long id, int size) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Boolean.TRUE.equals(transaction.execute(status -> work(id, size)));
      } catch (ConcurrencyFailureException | DuplicateKeyException e) {
        // Somebody was faster with one of the records.
        if (attempt == MOST_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << attempt));
      } catch (TransientDataAccessException
          | RecoverableDataAccessException
          | NonTransientDataAccessResourceException
          | TransactionException e) {
        // The database is away or busy: the page is done later, by this node or another.
        throw e;
      } catch (RuntimeException e) {
        return apart(id, size, e);
      }
    }
  }

  private boolean apart(long id, int size, RuntimeException failure) {
    if (size > 1) {
      return page(id, size / 2);
    }
    LOG.warn("Bulk action {} leaves out a record that cannot be written", id, failure);
    return Boolean.TRUE.equals(transaction.execute(status -> leaveOut(id)));
  }

  private boolean work(long id, int size) {
    BulkAction job = rows.lockOpen(id);
    if (job == null || !operations.known(job)) {
      // Another node, of a newer version, knows what to do.
      return false;
    }
    String stop = reasonToStop(job);
    if (stop != null) {
      ending.end(job, Status.CANCELED, stop);
      return false;
    }
    if (job.startedAt() == null) {
      rows.started(id);
    }
    if (job.status() == Status.PROCESSING) {
      return collect(job);
    }
    List<Long> ids = next(job, Math.min(size, operations.of(job).page()));
    if (ids.isEmpty()) {
      ending.end(job, Status.COMPLETE, null);
      return false;
    }
    return advance(job, ids, perform(job, ids));
  }

  /** Why a job may not go on; null when it may. */
  private @Nullable String reasonToStop(BulkAction job) {
    Long maker = job.createdBy();
    if (maker == null) {
      return null;
    }
    if (users.find(maker).filter(Users.Person::active).isEmpty()) {
      return "Whoever made it is not an active user any more";
    }
    return access.of(maker).may(Section.of(job.entity()), Action.BULK)
        ? null
        : "Whoever made it may not change many " + job.entity().path() + " any more";
  }

  private Rights rights(BulkAction job) {
    Long maker = job.createdBy();
    return maker == null ? Rights.account() : access.of(maker);
  }

  private boolean collect(BulkAction job) {
    Long undone = job.undoOf();
    BulkOperation operation = operations.of(job);
    if (operation.traced()) {
      Traces traces = operation.traces(job.settings(), job.collectedTo());
      rows.collected(
          job.id(),
          traces == null ? job.collectedTo() : traces.place(),
          traces == null ? 0 : members.follow(job.id(), job.total(), operation, traces),
          traces == null);
      return true;
    }
    if (undone == null && job.filter() == null) {
      // They were chosen one by one and stand there already.
      rows.collected(job.id(), 0, 0, true);
      return true;
    }
    List<Long> found;
    try {
      found =
          undone != null
              ? members.undoable(undone, job.collectedTo(), COLLECTED)
              : search.ids(
                  job.entity(),
                  filter(job),
                  operation.ofTrash(),
                  job.collectedTo(),
                  COLLECTED,
                  rights(job));
    } catch (RefusedException e) {
      ending.end(job, Status.CANCELED, "Its filter does not fit any more: " + e.getMessage());
      return false;
    }
    boolean last = found.size() < COLLECTED;
    members.add(job.id(), job.total(), found);
    long to = found.isEmpty() ? job.collectedTo() : found.get(found.size() - 1);
    rows.collected(job.id(), to, found.size(), last);
    return true;
  }

  private Filter filter(BulkAction job) {
    Filter filter = FilterGrammar.parse(job.filter() == null ? "" : job.filter());
    return job.hidden() || job.entity() != EntityType.LEAD
        ? filter
        : Hidden.without(filter, schemas.current().visibleTo(rights(job)));
  }

  /** The next records, at most up to the end of the present batch. */
  private List<Long> next(BulkAction job, int size) {
    long at = job.handled();
    Integer batch = job.batchSize();
    long most = batch == null ? size : Math.min(size, batch - at % batch);
    List<Long> next = new ArrayList<>();
    while (next.size() < most) {
      List<Long> piece = members.piece(job.id(), (at + next.size()) / BulkMembers.PIECE);
      int from = (int) ((at + next.size()) % BulkMembers.PIECE);
      int to = (int) Math.min(piece.size(), from + most - next.size());
      if (from >= to) {
        return next;
      }
      next.addAll(piece.subList(from, to));
    }
    return next;
  }

  private boolean advance(BulkAction job, List<Long> ids, Map<Long, Outcome> outcomes) {
    List<Failure> failures = new ArrayList<>();
    List<Undo> undos = new ArrayList<>();
    long changed = 0;
    for (Long id : ids) {
      Outcome outcome = outcomes.get(id);
      if (outcome instanceof Done done) {
        changed += done.changed() ? 1 : 0;
        if (done.undo() != null) {
          undos.add(new Undo(id, done.undo()));
        }
      } else {
        failures.add(
            new Failure(
                id, outcome instanceof Failed failed ? failed.reason() : Reasons.NOT_THERE));
      }
    }
    members.fail(job.id(), failures);
    members.keep(job.id(), undos);
    long handled = job.handled() + ids.size();
    Integer batch = job.batchSize();
    Integer minutes = job.batchMinutes();
    Instant goOn =
        batch != null && minutes != null && handled % batch == 0 && handled < job.total()
            ? clock.instant().plus(Duration.ofMinutes(minutes))
            : job.notBefore();
    rows.advance(
        job.id(),
        new Progress(ids.size(), ids.size() - failures.size(), changed, failures.size()),
        goOn);
    return goOn.equals(job.notBefore());
  }

  private Map<Long, Outcome> perform(BulkAction job, List<Long> ids) {
    BulkOperation operation = operations.of(job);
    Long undone = operation.traced() ? Long.valueOf(job.id()) : job.undoOf();
    Rights rights = rights(job);
    RecordSession session = records.as(rights).open();
    session.preload(job.entity(), ids);
    Map<Long, JsonNode> undos = undone == null ? Map.of() : members.undos(undone, ids);
    Map<Long, Outcome> outcomes = new HashMap<>();
    List<Member> able = new ArrayList<>();
    Map<Long, String> refused = refused(job.entity(), ids, operation.needs(), rights);
    long place = job.handled();
    for (Long id : ids) {
      Record record = session.get(new RecordRef(job.entity(), id)).orElse(null);
      String refusal = record == null ? Reasons.NOT_THERE : refused.get(id);
      if (refusal == null && undone != null && !undos.containsKey(id)) {
        refusal = Reasons.NOT_THERE;
      }
      if (refusal == null && record != null) {
        able.add(new Member(place, record));
      } else {
        outcomes.put(id, new Failed(refusal == null ? Reasons.NOT_THERE : refusal));
      }
      place++;
    }
    if (!able.isEmpty()) {
      Chunk chunk =
          new Chunk(job.id(), job.entity(), able, session, rights, job.cause(), clock.instant());
      List<Outcome> results =
          undone == null
              ? operation.perform(chunk, job.settings())
              : operation.undo(
                  chunk,
                  able.stream().map(member -> undos.get(member.record().ref().id())).toList());
      for (int i = 0; i < able.size(); i++) {
        outcomes.put(able.get(i).record().ref().id(), results.get(i));
      }
      session.flush();
    }
    return outcomes;
  }

  /** Why what is asked for may not be done with some of the records. */
  private Map<Long, String> refused(EntityType type, List<Long> ids, Action needed, Rights rights) {
    Map<Long, String> refused = new HashMap<>();
    keepOut(type, ids, Action.VIEW, rights, Reasons.NOT_THERE, refused);
    keepOut(type, ids, Action.BULK, rights, Reasons.NOT_ALLOWED, refused);
    keepOut(type, ids, needed, rights, Reasons.NOT_ALLOWED, refused);
    return refused;
  }

  private void keepOut(
      EntityType type,
      List<Long> ids,
      Action action,
      Rights rights,
      String reason,
      Map<Long, String> refused) {
    if (rights.owners(type, action).all()
        || action != Action.VIEW
            && !SharedReach.widens(type, rights, Action.VIEW)
            && rights.owners(type, action).equals(rights.owners(type, Action.VIEW))) {
      return;
    }
    Set<Long> reached =
        search.reached(type, ids, rights, action).stream()
            .map(record -> record.ref().id())
            .collect(Collectors.toCollection(HashSet::new));
    ids.stream().filter(id -> !reached.contains(id)).forEach(id -> refused.putIfAbsent(id, reason));
  }

  /**
   * The one record that cannot be written is a failure; the job goes on behind it, unless those before it could not be
   * written either.
   */
  private boolean leaveOut(long id) {
    BulkAction job = rows.lockOpen(id);
    if (job == null) {
      return false;
    }
    List<Long> ids = job.status() == Status.IN_PROGRESS ? next(job, 1) : List.of();
    if (ids.isEmpty() || spoilt(job)) {
      ending.end(job, Status.CANCELED, "It cannot go on; the log of the server says why");
      return false;
    }
    return advance(job, ids, Map.of(ids.get(0), new Failed(Reasons.NOT_TAKEN)));
  }

  private boolean spoilt(BulkAction job) {
    List<Long> before = members.before(job.id(), job.handled(), IN_A_ROW - 1);
    return before.size() == IN_A_ROW - 1
        && members.failedFor(job.id(), before, Reasons.NOT_TAKEN) == before.size();
  }
}
