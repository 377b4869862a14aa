package io.leadloom.record.merge;

import io.leadloom.identity.Users;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Merges leads, contacts or accounts that mean the same. One stays and gets the chosen values; the others go, and their
 * ids resolve to it from then on. What belongs to them goes to it: activities, tasks, notes, follow-ups, tags, static
 * lists and links in other records. Their automations end, so that nobody hears twice; what they have done stays in the
 * history. All in one transaction.
 */
@Component
public class Merges {

  /** The most records of one merge, with the one that stays. */
  public static final int MOST = 10;

  private static final Set<EntityType> MERGEABLE =
      Set.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT);

  /** What activities, visits and automations have brought; the rest of the score follows from the values. */
  static final String POINTS = "earnedPoints";

  static final String LAST_ACTIVITY = "lastActivityAt";

  /** What follows from other fields or from writing, and points, which are added up. */
  private static final Set<String> KEPT_APART =
      Set.of("createdAt", "createdBy", "updatedAt", "updatedBy", "score", "scorePercent", POINTS);

  private static final String NAME = "name";

  private final Records records;
  private final RecordSearch search;
  private final Schemas schemas;
  private final Relations relations;
  private final MergeRows rows;
  private final MergeNews news;
  private final Ids ids;
  private final Users users;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Merges(
      Records records,
      RecordSearch search,
      Schemas schemas,
      Relations relations,
      MergeRows rows,
      MergeNews news,
      Ids ids,
      Users users,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.records = records;
    this.search = search;
    this.schemas = schemas;
    this.relations = relations;
    this.rows = rows;
    this.news = news;
    this.ids = ids;
    this.users = users;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What became of a merge.
   *
   * @param id the merge; null when nothing was done
   */
  public record Outcome(WriteResult result, @Nullable Long id) {
    static Outcome not(WriteResult refusal) {
      return new Outcome(refusal, null);
    }
  }

  /** Refuses what cannot be merged whoever asks. */
  static void check(EntityType type, List<Long> wanted) {
    if (!MERGEABLE.contains(type)) {
      throw RefusedException.invalid(
          "Only leads, contacts and accounts are merged",
          Violation.of("entity", type.path(), "leads, contacts or accounts"));
    }
    if (wanted.stream().anyMatch(Objects::isNull)) {
      throw RefusedException.invalid(
          "These cannot be merged", Violation.of("records", null, "an id in each place"));
    }
    if (wanted.size() < 2 || wanted.size() > MOST || new HashSet<>(wanted).size() < wanted.size()) {
      throw RefusedException.invalid(
          "These cannot be merged",
          Violation.of("records", wanted.size(), "2 to " + MOST + " different records"));
    }
  }

  /** Merges, all or nothing. */
  public Outcome merge(MergeOrder order, Rights rights, Cause cause) {
    Outcome outcome =
        transaction.execute(
            status -> {
              Outcome done = perform(order, rights, cause);
              if (!(done.result() instanceof Written)) {
                status.setRollbackOnly();
              }
              return done;
            });
    return Objects.requireNonNull(outcome);
  }

  private Outcome perform(MergeOrder order, Rights rights, Cause cause) {
    RecordRef ref = order.survivor();
    List<Long> wanted = new ArrayList<>(List.of(ref.id()));
    order.others().forEach(other -> wanted.add(other.id()));
    Map<Long, Record> found = new HashMap<>();
    search
        .visible(ref.type(), wanted, rights)
        .forEach(record -> found.put(record.ref().id(), record));
    Record survivor = found.get(ref.id());
    if (survivor == null || survivor.trashedAt() != null) {
      return Outcome.not(new WriteResult.Missing(ref));
    }
    check(ref.type(), wanted);
    List<Record> others = new ArrayList<>();
    for (MergeOrder.Other other : order.others()) {
      Record record = found.get(other.id());
      if (record == null || record.trashedAt() != null) {
        return Outcome.not(new WriteResult.Missing(new RecordRef(ref.type(), other.id())));
      }
      if (other.version() != null && other.version() != record.version()) {
        return Outcome.not(new WriteResult.Conflict(other.version(), record));
      }
      stays(record);
      others.add(record);
    }
    if (order.version() != null && order.version() != survivor.version()) {
      return Outcome.not(new WriteResult.Conflict(order.version(), survivor));
    }
    Schema schema = schemas.current();
    // Nobody changes a converted lead, so that only what is asked for could be refused (LEAD-079).
    Values values =
        order.take().isEmpty() && RecordCommand.Convert.done(survivor.values())
            ? Values.none()
            : new MergeChoice(
                    ref.type(), schema, rights, linked -> sees(linked, rights), this::works)
                .of(survivor, others, order.take());
    Gained gained = giveMarks(survivor.ref(), others, cause);
    WriteResult written = write(survivor, others, values, rights, cause);
    if (!(written instanceof Written)) {
      return Outcome.not(written);
    }
    long score = total(survivor, others, schema, cause);
    long id = ids.next("record_merge");
    List<Long> gone = others.stream().map(one -> one.ref().id()).toList();
    rows.standFor(id, ref, gone);
    relations.move(id, ref, gone, schema, cause);
    Record after = records.find(ref).orElseThrow();
    WayBack back =
        new WayBack(
            changes(survivor, after), score, gained.tags(), gained.lists(), gained.listsOf());
    Instant now = clock.instant();
    rows.insert(new MergeRows.Kept(id, ref, now, cause.userId(), null, back));
    news.tell(JournalKind.MERGED, after, gone, cause);
    return new Outcome(new Written(ref, after.version(), false, true), id);
  }

  /** A converted lead would lose its mark, and whoever works for a partner company its leads with it. */
  private static void stays(Record other) {
    if (other.ref().type() == EntityType.LEAD && RecordCommand.Convert.done(other.values())) {
      throw RefusedException.invalid(
          "A lead that was converted does not become part of another lead",
          Violation.of(
              "records",
              other.ref().id(),
              "leads that were not converted, or the converted one as the one that stays"));
    }
    if (other.ref().type() == EntityType.ACCOUNT
        && Boolean.TRUE.equals(other.values().get("partner"))) {
      throw RefusedException.invalid(
          "A partner company does not become part of another account",
          Violation.of(
              "records",
              other.ref().id(),
              "accounts that are not marked as partner, or the partner as the one that stays"));
    }
  }

  private boolean works(long user) {
    return users.find(user).filter(Users.Person::active).isPresent();
  }

  private boolean sees(RecordRef linked, Rights rights) {
    return records.as(rights).find(linked).filter(one -> one.trashedAt() == null).isPresent();
  }

  /** The others go first, so that the survivor may have their unique values. */
  private WriteResult write(
      Record survivor, List<Record> others, Values values, Rights rights, Cause cause) {
    List<RecordCommand> commands = new ArrayList<>();
    for (Record other : others) {
      commands.add(new RecordCommand.Trash(other.ref(), other.version(), survivor.ref()));
    }
    // Also without values: whoever may not change the survivor may not merge into it.
    commands.add(new RecordCommand.Update(survivor.ref(), survivor.version(), values));
    RecordSession session = records.as(rights).open();
    WriteResult last = new WriteResult.Missing(survivor.ref());
    for (WriteResult result : session.applyAll(commands, cause)) {
      last = result;
      if (!(result instanceof Written)) {
        return result;
      }
    }
    session.flush();
    return last;
  }

  /**
   * What the survivor has gained.
   *
   * @param listsOf the lists that each of the others was on
   */
  private record Gained(Set<String> tags, Set<Long> lists, Map<Long, Set<Long>> listsOf) {}

  /** Tags and static lists of the others become the survivor's. */
  private Gained giveMarks(RecordRef survivor, List<Record> others, Cause cause) {
    RecordSession session = records.open();
    List<RecordRef> all = new ArrayList<>(List.of(survivor));
    others.forEach(other -> all.add(other.ref()));
    session.preloadTags(all);
    session.preloadLists(all);
    Set<String> tags = new TreeSet<>();
    Set<Long> lists = new TreeSet<>();
    Map<Long, Set<Long>> listsOf = new TreeMap<>();
    List<RecordCommand> commands = new ArrayList<>();
    for (Record other : others) {
      Set<Long> left = new TreeSet<>(session.lists(other.ref()));
      listsOf.put(other.ref().id(), left);
      lists.addAll(left);
      tags.addAll(session.tags(other.ref()));
      left.forEach(list -> commands.add(new RecordCommand.RemoveFromList(other.ref(), list)));
    }
    tags.removeAll(session.tags(survivor));
    lists.removeAll(session.lists(survivor));
    if (!tags.isEmpty()) {
      commands.add(new RecordCommand.AddTags(survivor, tags));
    }
    lists.forEach(list -> commands.add(new RecordCommand.AddToList(survivor, list)));
    if (!commands.isEmpty()) {
      session.applyAll(commands, cause);
      session.flush();
    }
    return new Gained(tags, lists, listsOf);
  }

  /** Points are added up, since what they were given for has come along; returns by how much. */
  private long total(Record survivor, List<Record> others, Schema schema, Cause cause) {
    EntityType type = survivor.ref().type();
    Values totals = Values.none();
    long points = 0;
    if (schema.field(type, POINTS).isPresent()) {
      for (Record other : others) {
        points += points(other);
      }
      if (points != 0) {
        totals.with(POINTS, points(survivor) + points);
      }
    }
    if (schema.field(type, LAST_ACTIVITY).isPresent()) {
      Instant own = last(survivor);
      Instant newest = own;
      for (Record other : others) {
        newest = last(other).isAfter(newest) ? last(other) : newest;
      }
      if (newest.isAfter(own)) {
        totals.with(LAST_ACTIVITY, newest);
      }
    }
    if (!totals.isEmpty()) {
      RecordSession session = records.open();
      session.apply(new RecordCommand.Update(survivor.ref(), null, totals), MergeNews.own(cause));
      session.flush();
    }
    return points;
  }

  private static long points(Record record) {
    Long score = record.values().number(POINTS);
    return score == null ? 0 : score;
  }

  private static Instant last(Record record) {
    return record.values().get(LAST_ACTIVITY) instanceof Instant at ? at : Instant.EPOCH;
  }

  private static Map<String, WayBack.Change> changes(Record before, Record after) {
    Set<String> keys = new TreeSet<>(before.values().keys());
    keys.addAll(after.values().keys());
    keys.removeAll(KEPT_APART);
    if (before.ref().type() != EntityType.ACCOUNT) {
      // Made of first and last name.
      keys.remove(NAME);
    }
    Map<String, WayBack.Change> changes = new TreeMap<>();
    for (String key : keys) {
      Object was = before.values().get(key);
      Object is = after.values().get(key);
      if (!Objects.equals(was, is)) {
        changes.put(key, WayBack.Change.of(was, is));
      }
    }
    return changes;
  }
}
