package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.bulk.BulkAction.Status;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The door to bulk actions: whoever orders one has to be allowed to change many records of that kind. */
@Component
public class BulkActions {

  /** For so long after its end a bulk action can be taken back. */
  static final Duration UNDO = Duration.ofDays(30);

  private static final int MOST_IDS = 10_000;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_BATCH = 1_000_000;
  private static final int LONGEST_PAUSE_MINUTES = 7 * 24 * 60;
  private static final Duration FURTHEST = Duration.ofDays(366);

  private final BulkRows rows;
  private final BulkMembers members;
  private final Operations operations;
  private final RecordSearch search;
  private final Schemas schemas;
  private final AuditTrail trail;
  private final Ids ids;
  private final Clock clock;
  private final List<Runnable> bells = new CopyOnWriteArrayList<>();

  BulkActions(
      BulkRows rows,
      BulkMembers members,
      Operations operations,
      RecordSearch search,
      Schemas schemas,
      AuditTrail trail,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.members = members;
    this.operations = operations;
    this.search = search;
    this.schemas = schemas;
    this.trail = trail;
    this.ids = ids;
    this.clock = clock;
  }

  /** Who works off the jobs and wants to hear of a new one. */
  void onOrder(Runnable listener) {
    bells.add(listener);
  }

  /**
   * Orders a bulk action; it begins at once, or at its time.
   *
   * @throws RefusedException when the order is not clear or not allowed
   */
  @Transactional
  public BulkAction order(BulkOrder order, Rights rights) {
    if (!rights.may(Section.of(order.entity()), Action.BULK)) {
      throw RefusedException.forbidden(
          "Your permissions do not include this: " + order.entity().key() + ", bulk");
    }
    BulkOperation operation = operations.asked(order.operation());
    if (!operation.suits(order.entity())) {
      throw refused(
          "operation", order.operation(), "something that can be done to " + order.entity().path());
    }
    if (!rights.may(Section.of(order.entity()), operation.needs())) {
      throw RefusedException.forbidden(
          "Your permissions do not include this: "
              + order.entity().key()
              + ", "
              + operation.needs().key());
    }
    List<Long> chosen = chosen(order);
    if (chosen == null) {
      search.check(
          order.entity(),
          FilterGrammar.parse(Objects.requireNonNullElse(order.filter(), "")),
          schemas.current(),
          rights);
    }
    Instant now = clock.instant();
    pace(order, now);
    JsonNode settings = operation.accept(order.entity(), order.settings(), rights);
    Instant begin = order.scheduledAt() == null ? now : order.scheduledAt();
    BulkAction job =
        fresh(
            order.entity(),
            operation.key(),
            name(order.name()),
            settings,
            chosen == null ? Objects.requireNonNullElse(order.filter(), "") : null,
            null,
            begin,
            order,
            chosen == null ? 0 : chosen.size(),
            rights.userId());
    rows.insert(job);
    if (chosen != null) {
      members.add(job.id(), 0, chosen);
    }
    trail.record(
        AuditEvent.of("bulk-action.ordered", "bulk action", job.id(), job.name())
            .fact("operation", job.operation())
            .fact("entity", job.entity().key())
            .fact("records", chosen == null ? null : chosen.size()));
    ring();
    return job;
  }

  private BulkAction fresh(
      EntityType entity,
      String operation,
      String name,
      JsonNode settings,
      @Nullable String filter,
      @Nullable Long undoOf,
      Instant begin,
      @Nullable BulkOrder order,
      long total,
      @Nullable Long maker) {
    return new BulkAction(
        ids.next("bulk_action"),
        entity,
        operation,
        name,
        Status.PROCESSING,
        settings,
        filter,
        order == null || order.hidden(),
        undoOf,
        begin,
        order == null ? null : order.scheduledAt(),
        order == null ? null : order.batchSize(),
        order == null ? null : order.batchMinutes(),
        clock.instant(),
        maker,
        null,
        null,
        0,
        total,
        0,
        0,
        0,
        0,
        null);
  }

  private void ring() {
    AfterCommit.run(() -> bells.forEach(Runnable::run));
  }

  private static @Nullable List<Long> chosen(BulkOrder order) {
    List<Long> given = order.ids();
    if ((given == null) == (order.filter() == null)) {
      throw refused("ids", null, "either ids or a filter");
    }
    if (given == null) {
      return null;
    }
    if (given.isEmpty() || given.size() > MOST_IDS || given.stream().anyMatch(Objects::isNull)) {
      throw refused("ids", given.size(), "1 to " + MOST_IDS + " ids; a filter for more");
    }
    return List.copyOf(new TreeSet<>(given));
  }

  private static String name(@Nullable String given) {
    String name = given == null ? "" : given.strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw refused("name", given, "a name of 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static void pace(BulkOrder order, Instant now) {
    Instant at = order.scheduledAt();
    if (at != null && (at.isBefore(now) || at.isAfter(now.plus(FURTHEST)))) {
      throw refused("scheduledAt", at, "a moment in the future, within a year");
    }
    Integer size = order.batchSize();
    Integer minutes = order.batchMinutes();
    if ((size == null) != (minutes == null)) {
      throw refused("batchSize", size, "both a size and an interval, or none");
    }
    if (size != null && (size < 1 || size > MOST_BATCH)) {
      throw refused("batchSize", size, "1 to " + MOST_BATCH);
    }
    if (minutes != null && (minutes < 1 || minutes > LONGEST_PAUSE_MINUTES)) {
      throw refused("batchMinutes", minutes, "1 to " + LONGEST_PAUSE_MINUTES + " minutes");
    }
  }

  private static RefusedException refused(String place, @Nullable Object given, String expected) {
    return RefusedException.invalid(
        "The bulk action is not clear", Violation.of(place, given, expected));
  }

  /** A bulk action that somebody may see: his own, and those of whose records he may change many. */
  @Transactional(readOnly = true)
  public BulkAction find(long id, Rights rights) {
    return rows.find(id)
        .filter(job -> sees(job, rights))
        .orElseThrow(() -> RefusedException.notFound("bulk action", id));
  }

  private static boolean sees(BulkAction job, Rights rights) {
    return rights.everything()
        || Objects.equals(job.createdBy(), rights.userId())
        || rights.owners(job.entity(), Action.BULK).reach(job.createdBy());
  }

  /** Those that somebody may see, newest first, without their settings. */
  @Transactional(readOnly = true)
  public List<BulkAction> list(BulkQuery query, Rights rights) {
    return rows.list(query.where(rights), query.arguments(), query.limit());
  }

  /** Stops one after its present page; what is done stays done. Nothing happens to one that has ended. */
  @Transactional
  public BulkAction cancel(long id, Rights rights) {
    find(id, rights);
    BulkAction job = rows.lock(id).orElseThrow(() -> RefusedException.notFound("bulk action", id));
    if (!job.status().ended()) {
      rows.end(id, Status.CANCELED, null);
      trail.record(AuditEvent.of("bulk-action.cancelled", "bulk action", id, job.name()));
    }
    return find(id, rights);
  }

  /** Whether it can be taken back now. */
  @Transactional(readOnly = true)
  public boolean undoable(BulkAction job) {
    return undoable(List.of(job)).contains(job.id());
  }

  /** The ids of those that can be taken back now. */
  @Transactional(readOnly = true)
  public Set<Long> undoable(List<BulkAction> jobs) {
    Set<Long> undoable =
        jobs.stream().filter(this::fit).map(BulkAction::id).collect(Collectors.toSet());
    undoable.removeAll(rows.undone(undoable));
    return undoable;
  }

  private boolean fit(BulkAction job) {
    return job.changed() > 0 && inTime(job) && operations.undoable(job);
  }

  private boolean inTime(BulkAction job) {
    Instant ended = job.endedAt();
    return ended != null && clock.instant().isBefore(ended.plus(UNDO));
  }

  /**
   * Takes one back as a bulk action of its own, as far as nobody has changed the records since; asked twice, it is one.
   *
   * @throws RefusedException when it has not ended, is too old, or cannot be taken back at all
   */
  @Transactional
  public BulkAction undo(long id, String name, Rights rights) {
    find(id, rights);
    BulkAction job = rows.lock(id).orElseThrow(() -> RefusedException.notFound("bulk action", id));
    if (!rights.may(Section.of(job.entity()), Action.BULK)) {
      throw RefusedException.forbidden(
          "Your permissions do not include this: " + job.entity().key() + ", bulk");
    }
    BulkAction before = rows.undoOf(id).orElse(null);
    if (before != null) {
      return before;
    }
    if (!undoable(job)) {
      throw new RefusedException(
          Reason.CONFLICT,
          "It cannot be taken back",
          List.of(
              Violation.of(
                  "status",
                  job.status().key(),
                  "a bulk action that ended in the last 30 days, changed something and was not taken back yet")));
    }
    BulkAction undo =
        fresh(
            job.entity(),
            job.operation(),
            name(name),
            job.settings(),
            null,
            id,
            clock.instant(),
            null,
            0,
            rights.userId());
    rows.insert(undo);
    trail.record(
        AuditEvent.of("bulk-action.undone", "bulk action", id, job.name()).fact("by", undo.id()));
    ring();
    return undo;
  }

  /**
   * Takes back what a job of another kind did; whoever asks has to be allowed to change many records, and takes back only
   * what he may change and delete.
   *
   * @param operation the key of one that is traced
   */
  @Transactional
  public BulkAction takeBack(
      EntityType entity, String operation, String name, JsonNode settings, Rights rights) {
    if (!rights.may(Section.of(entity), Action.BULK)) {
      throw RefusedException.forbidden(
          "Your permissions do not include this: " + entity.key() + ", bulk");
    }
    Instant now = clock.instant();
    BulkAction job =
        fresh(entity, operation, name(name), settings, null, null, now, null, 0, rights.userId());
    rows.insert(job);
    ring();
    return job;
  }

  /** Whether somebody stopped it, or it stopped by itself. */
  @Transactional(readOnly = true)
  public boolean canceled(long id) {
    return rows.find(id).filter(job -> job.status() == Status.CANCELED).isPresent();
  }

  /** Why one record failed. */
  public record Failure(long recordId, String reason) {}

  /** Failures in the order of ids, beginning after one. */
  @Transactional(readOnly = true)
  public List<Failure> failures(long id, long after, int limit) {
    return members.failures(id, after, limit);
  }

  /**
   * Some of those that succeeded.
   *
   * @param next the place to go on with; null at the end
   */
  public record Succeeded(List<Long> ids, @Nullable Long next) {}

  /** Those that succeeded, in the order in which they were done, beginning with a place. */
  @Transactional(readOnly = true)
  public Succeeded succeeded(BulkAction job, long from, int limit) {
    List<Long> succeeded = new ArrayList<>();
    long at = from;
    while (at < job.handled() && succeeded.size() < limit) {
      List<Long> piece = members.piece(job.id(), at / BulkMembers.PIECE);
      int first = (int) (at % BulkMembers.PIECE);
      if (first >= piece.size()) {
        // It is being forgotten at this moment.
        return new Succeeded(succeeded, null);
      }
      List<Long> rest = piece.subList(first, piece.size());
      Set<Long> failed = members.failed(job.id(), rest);
      for (Long id : rest) {
        if (at < job.handled() && succeeded.size() < limit) {
          at++;
          if (!failed.contains(id)) {
            succeeded.add(id);
          }
        }
      }
    }
    return new Succeeded(succeeded, at < job.handled() ? at : null);
  }
}
