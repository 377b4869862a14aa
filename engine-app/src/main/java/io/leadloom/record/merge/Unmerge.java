package io.leadloom.record.merge;

import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.merge.MergeRows.Kept;
import io.leadloom.record.store.MergedRecords;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes merges back, for 30 days: the survivor gets back the values that the merge has changed and nobody has changed
 * since, the others come back as they were, and what belonged to them goes back unless it has gone elsewhere meanwhile.
 * Automations that the merge has ended stay ended.
 */
@Component
public class Unmerge {

  /** For so long a merge can be taken back. */
  public static final Duration UNDO = Duration.ofDays(30);

  private static final int SHOWN = 20;
  private static final Set<String> CLASSIFYING = Set.of("stage", "status");

  private final Records records;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Relations relations;
  private final MergeRows rows;
  private final MergedRecords merged;
  private final MergeNews news;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Unmerge(
      Records records,
      Schemas schemas,
      FieldConversion conversion,
      Relations relations,
      MergeRows rows,
      MergedRecords merged,
      MergeNews news,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.records = records;
    this.schemas = schemas;
    this.conversion = conversion;
    this.relations = relations;
    this.rows = rows;
    this.merged = merged;
    this.news = news;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** A record that became part of another one. */
  public record Part(long id, @Nullable String name) {}

  /**
   * A merge.
   *
   * @param undoableUntil null when it is too late to take it back
   */
  public record Item(
      long id,
      Instant at,
      @Nullable Long userId,
      List<Part> records,
      @Nullable Instant undoableUntil) {}

  /** A field that keeps what it has, since it was changed after the merge. */
  public record KeptField(String field, String label, @Nullable Object value) {}

  /**
   * What does not become as it was.
   *
   * @param elsewhere how much has gone to other records since the merge
   */
  public record Report(List<KeptField> kept, long elsewhere) {}

  /** The merges into a record that are not taken back, newest first, at most 20. */
  @Transactional(readOnly = true)
  public List<Item> of(RecordRef ref, Rights rights) {
    if (records.as(rights).find(ref).isEmpty()) {
      throw RefusedException.notFound(ref.type().key(), ref.id());
    }
    List<Kept> kept = rows.of(ref, SHOWN);
    Map<Long, List<Long>> others = rows.others(kept.stream().map(Kept::id).toList());
    List<Long> all = others.values().stream().flatMap(List::stream).toList();
    Map<Long, Record> seen = new HashMap<>();
    records.as(rights).find(ref.type(), all).forEach(record -> seen.put(record.ref().id(), record));
    return kept.stream()
        .map(
            merge ->
                new Item(
                    merge.id(),
                    merge.at(),
                    merge.userId(),
                    others.getOrDefault(merge.id(), List.of()).stream()
                        .map(id -> new Part(id, name(seen.get(id), rights)))
                        .toList(),
                    open(merge) ? merge.at().plus(UNDO) : null))
        .toList();
  }

  private static @Nullable String name(@Nullable Record record, Rights rights) {
    return record == null || rights.hides(record.ref().type(), "name")
        ? null
        : record.values().text("name");
  }

  private boolean open(Kept merge) {
    return merge.wayBack() != null && merge.at().plus(UNDO).isAfter(clock.instant());
  }

  /**
   * Takes a merge back, or tells what would not become as it was.
   *
   * @param check whether nothing is to be done yet
   */
  public Report undo(RecordRef survivor, long merge, boolean check, Rights rights, Cause cause) {
    Report report = transaction.execute(status -> perform(survivor, merge, check, rights, cause));
    return Objects.requireNonNull(report);
  }

  private Report perform(RecordRef ref, long id, boolean check, Rights rights, Cause cause) {
    Records within = records.as(rights);
    Record survivor =
        within.find(ref).orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
    Kept merge = rows.lock(id, ref);
    if (merge == null) {
      throw RefusedException.notFound("merge", id);
    }
    WayBack back = wayBack(merge, survivor);
    permitted(within, ref, back);
    Schema schema = schemas.current();
    List<KeptField> kept = new ArrayList<>();
    Values values = Values.none();
    Values own = Values.none();
    back.fields()
        .keySet()
        .forEach(key -> former(survivor, schema, key, back.fields(), values, own, kept, rights));
    Report report = new Report(kept, relations.elsewhere(id, ref, schema));
    if (check) {
      return report;
    }
    rows.undone(id, clock.instant(), cause.userId());
    restoreOwn(survivor, back, own, cause);
    write(within, ref, back, values, rights, cause);
    restoreMarks(ref, back, cause);
    relations.back(id, ref, back.others(), schema, cause);
    while (rows.forgetMoved(id, MergeRetention.PIECE)) {
      continue;
    }
    news.tell(JournalKind.UNMERGED, records.find(ref).orElse(survivor), back.others(), cause);
    return report;
  }

  private WayBack wayBack(Kept merge, Record survivor) {
    RecordRef ref = survivor.ref();
    WayBack back = merge.wayBack();
    if (merge.undoneAt() != null) {
      throw new RefusedException(Reason.CONFLICT, "The merge was taken back already", List.of());
    }
    if (back == null || !open(merge)) {
      throw new RefusedException(
          Reason.CONFLICT,
          "It is too late: a merge can be taken back for " + UNDO.toDays() + " days",
          List.of());
    }
    if (survivor.trashedAt() != null) {
      RecordRef into = merged.survivor(ref);
      throw new RefusedException(
          Reason.CONFLICT,
          into == null
              ? "Take " + ref + " out of the trash first"
              : "Take back first that " + ref + " was merged into " + into,
          List.of());
    }
    return back;
  }

  private static void permitted(Records within, RecordRef ref, WayBack back) {
    boolean all = within.may(ref, Action.EDIT);
    for (long other : back.others()) {
      all = all && within.may(new RecordRef(ref.type(), other), Action.DELETE);
    }
    if (!all) {
      throw RefusedException.forbidden(
          "Your permissions do not include this for all of the merged records");
    }
  }

  /** Sorts out a field that the merge has changed: back to what it was, or kept because somebody has changed it since. */
  private void former(
      Record survivor,
      Schema schema,
      String key,
      Map<String, WayBack.Change> changes,
      Values values,
      Values own,
      List<KeptField> kept,
      Rights rights) {
    EntityType type = survivor.ref().type();
    WayBack.Change change = Objects.requireNonNull(changes.get(key));
    Field field = schema.field(type, key).orElse(null);
    Object now = survivor.values().get(key);
    if (field == null) {
      return;
    }
    boolean stands = CLASSIFYING.contains(key) ? classified(survivor, changes) : change.stands(now);
    if (stands && conversion.fromNatural(field, change.former()) instanceof Converted.Value was) {
      boolean unseen = rights.hides(type, key) || rights.onlyReads(type, key);
      (field.readOnly() || unseen ? own : values).with(key, was.value());
    } else if (!field.readOnly() && !rights.hides(type, key)) {
      kept.add(new KeptField(key, field.label(), FieldConversion.toNatural(now)));
    }
  }

  /** A status belongs to its stage: both go back, or neither when somebody has changed one of them since. */
  private static boolean classified(Record survivor, Map<String, WayBack.Change> changes) {
    return CLASSIFYING.stream()
        .allMatch(
            key -> {
              WayBack.Change change = changes.get(key);
              return change == null || change.stands(survivor.values().get(key));
            });
  }

  /** The survivor first, so that the others find their unique values free. */
  private static void write(
      Records within, RecordRef ref, WayBack back, Values values, Rights rights, Cause cause) {
    List<RecordCommand> commands = new ArrayList<>();
    if (!values.isEmpty()) {
      commands.add(new RecordCommand.Update(ref, null, values));
    }
    for (long other : back.others()) {
      commands.add(new RecordCommand.Restore(new RecordRef(ref.type(), other)));
    }
    RecordSession session = within.open();
    for (WriteResult result : session.applyAll(commands, cause)) {
      if (result instanceof WriteResult.Refused refused) {
        throw new RefusedException(
            Reason.INVALID,
            "The merge cannot be taken back",
            refused.violations().stream().map(one -> hidden(one, ref.type(), rights)).toList());
      }
      if (!(result instanceof WriteResult.Written)) {
        throw new RefusedException(
            Reason.CONFLICT, "The merged records are not there any more as they were", List.of());
      }
    }
    session.flush();
  }

  /** Tells nobody the former value of a field that is hidden from him. */
  private static Violation hidden(Violation one, EntityType type, Rights rights) {
    return rights.hides(type, one.field())
        ? new Violation(one.field(), null, one.expectation())
        : one;
  }

  /** Before the others come back, what is not the user's to write, so that they find unique values free. */
  private void restoreOwn(Record survivor, WayBack back, Values own, Cause cause) {
    RecordRef ref = survivor.ref();
    Long points = survivor.values().number(Merges.POINTS);
    if (back.score() != 0) {
      own.with(Merges.POINTS, (points == null ? 0 : points) - back.score());
    }
    RecordSession session = records.open();
    if (!own.isEmpty()) {
      session.apply(new RecordCommand.Update(ref, null, own), MergeNews.own(cause));
      session.flush();
    }
  }

  private void restoreMarks(RecordRef ref, WayBack back, Cause cause) {
    RecordSession session = records.open();
    List<RecordCommand> commands = new ArrayList<>();
    if (!back.tags().isEmpty()) {
      commands.add(new RecordCommand.RemoveTags(ref, back.tags()));
    }
    back.lists().forEach(list -> commands.add(new RecordCommand.RemoveFromList(ref, list)));
    back.left()
        .forEach(
            (other, lists) ->
                lists.forEach(
                    list ->
                        commands.add(
                            new RecordCommand.AddToList(new RecordRef(ref.type(), other), list))));
    // A list that was deleted meanwhile is not there to be joined again.
    session.applyAll(commands, cause);
    session.flush();
  }
}
