package io.leadloom.record.smart;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.match.Facts;
import io.leadloom.record.match.FilterPredicate;
import io.leadloom.record.match.Reads;
import io.leadloom.record.smart.KeptLists.Silent;
import io.leadloom.record.store.Sql;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Who is in which live list. Records are looked at as they are now, all lists in memory; the database sees a handful of
 * statements however many lists there are. Whoever calls holds the locks of {@link KeptLists}.
 */
@Component
class Members {

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final KeptLists kept;
  private final Records records;
  private final Journal journal;
  private final Clock clock;

  Members(
      JdbcTemplate jdbc,
      BatchedRows batched,
      KeptLists kept,
      Records records,
      Journal journal,
      Clock clock) {
    this.kept = kept;
    this.jdbc = jdbc;
    this.batched = batched;
    this.records = records;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * What to look at for one record.
   *
   * @param causes why, for each list; who enters or leaves does so because of it
   */
  record Asked(Map<LiveList, Cause> causes) {

    static Asked of(Set<LiveList> lists, Cause cause) {
      Map<LiveList, Cause> causes = new LinkedHashMap<>();
      lists.forEach(list -> causes.put(list, cause));
      return new Asked(causes);
    }

    Set<LiveList> lists() {
      return causes.keySet();
    }
  }

  /** What is known of a record in a list. */
  private record State(boolean member, @Nullable Instant due) {}

  private record Row(long record, long list, State state) {}

  /** Looks at the records and writes what has become different. */
  void look(Map<RecordRef, Asked> asked) {
    look(asked, null);
  }

  /**
   * Looks at records for a list that is filled or compared anew.
   *
   * @param since when that began, if only what has happened since then is to be told
   */
  void fill(Map<RecordRef, Asked> asked, @Nullable Instant since) {
    look(asked, since);
  }

  private void look(Map<RecordRef, Asked> asked, @Nullable Instant since) {
    if (asked.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Map<RecordRef, Facts> facts = facts(asked);
    Map<Long, Map<Long, State>> before = before(asked);
    Map<Long, Silent> silent = kept.silent();
    List<Row> fresh = new ArrayList<>();
    List<Row> changed = new ArrayList<>();
    List<Row> gone = new ArrayList<>();
    List<JournalEntry> entries = new ArrayList<>();
    asked.forEach(
        (ref, wanted) -> {
          Facts own = facts.get(ref);
          Map<Long, State> known = before.getOrDefault(ref.id(), Map.of());
          for (Map.Entry<LiveList, Cause> each : wanted.causes().entrySet()) {
            LiveList list = each.getKey();
            FilterPredicate predicate = list.predicate();
            if (predicate == null) {
              continue;
            }
            State old = known.get(list.id());
            State present = present(predicate, own, now);
            Row row = new Row(ref.id(), list.id(), present);
            boolean nothing = !present.member() && present.due() == null;
            if (old == null) {
              if (!nothing) {
                fresh.add(row);
              }
            } else if (nothing) {
              gone.add(row);
            } else if (!old.equals(present)) {
              changed.add(row);
            }
            boolean was = old != null && old.member();
            if (was != present.member()
                && told(ref, silent.get(list.id()), own)
                && (since == null || own != null && !own.updatedAt().isBefore(since))) {
              entries.add(entry(ref, list, present.member(), each.getValue(), now));
            }
          }
        });
    write(fresh, changed, gone);
    journal.append(entries);
  }

  private static State present(FilterPredicate predicate, @Nullable Facts facts, Instant now) {
    return facts == null
        ? new State(false, null)
        : new State(predicate.test(facts, now), predicate.nextChange(facts, now));
  }

  /**
   * Whoever looks at a record that filling in silence has yet to reach only notes what it would note. A record that was
   * made meanwhile has entered the list like any other later on.
   */
  private static boolean told(RecordRef ref, @Nullable Silent silent, @Nullable Facts facts) {
    return silent == null
        || ref.id() <= silent.after()
        || facts != null && !facts.createdAt().isBefore(silent.started());
  }

  private static JournalEntry entry(
      RecordRef ref, LiveList list, boolean entered, Cause cause, Instant now) {
    return new JournalEntry(
        now,
        entered ? JournalKind.SMART_LIST_ENTERED : JournalKind.SMART_LIST_LEFT,
        ref,
        ref,
        Map.of(),
        Map.of("list", Long.toString(list.id())),
        cause);
  }

  private Map<RecordRef, Facts> facts(Map<RecordRef, Asked> asked) {
    Map<EntityType, List<Long>> ids = new EnumMap<>(EntityType.class);
    List<RecordRef> tagged = new ArrayList<>();
    List<RecordRef> listed = new ArrayList<>();
    Map<EntityType, Set<String>> types = new EnumMap<>(EntityType.class);
    asked.forEach(
        (ref, wanted) -> {
          ids.computeIfAbsent(ref.type(), type -> new ArrayList<>()).add(ref.id());
          boolean tags = false;
          boolean lists = false;
          for (LiveList list : wanted.lists()) {
            FilterPredicate predicate = list.predicate();
            if (predicate != null) {
              Reads reads = predicate.reads();
              tags |= !reads.tags().isEmpty();
              lists |= !reads.lists().isEmpty();
              if (!reads.activities().isEmpty()) {
                types
                    .computeIfAbsent(ref.type(), type -> new HashSet<>())
                    .addAll(reads.activities());
              }
            }
          }
          if (tags) {
            tagged.add(ref);
          }
          if (lists) {
            listed.add(ref);
          }
        });
    RecordSession session = records.open();
    ids.forEach(session::preload);
    session.preloadTags(tagged);
    session.preloadLists(listed);
    Map<EntityType, Map<Long, Map<String, Instant>>> activities = new EnumMap<>(EntityType.class);
    types.forEach(
        (type, some) ->
            activities.put(type, lastActivities(type, ids.getOrDefault(type, List.of()), some)));
    Set<RecordRef> withTags = new HashSet<>(tagged);
    Set<RecordRef> withLists = new HashSet<>(listed);
    Map<RecordRef, Facts> facts = new HashMap<>();
    for (RecordRef ref : asked.keySet()) {
      Optional<Record> record = session.get(ref);
      record.ifPresent(
          found ->
              facts.put(
                  ref,
                  new Facts(
                      found,
                      withTags.contains(ref) ? session.tags(ref) : Set.of(),
                      withLists.contains(ref) ? session.lists(ref) : Set.of(),
                      activities
                          .getOrDefault(ref.type(), Map.of())
                          .getOrDefault(ref.id(), Map.of()))));
    }
    return facts;
  }

  /** When the last live activity of each type happened, by record. */
  private Map<Long, Map<String, Instant>> lastActivities(
      EntityType type, Collection<Long> ids, Set<String> types) {
    Map<Long, Map<String, Instant>> last = new HashMap<>();
    String link = type.key() + "_id";
    Sql.pieces(
        ids,
        piece -> {
          List<Object> arguments = new ArrayList<>(piece);
          arguments.addAll(types);
          jdbc.query(
              "select "
                  + link
                  + ", type, max(happened_at) from activities where "
                  + link
                  + " in ("
                  + Sql.marks(piece.size())
                  + ") and type in ("
                  + Sql.marks(types.size())
                  + ") and trashed_at is null group by "
                  + link
                  + ", type",
              row -> {
                last.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                    .put(
                        row.getString(2),
                        Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class))));
              },
              arguments.toArray());
        });
    return last;
  }

  /** What is known of these records in the lists that are asked, by record and list, each of one kind of record. */
  private Map<Long, Map<Long, State>> before(Map<RecordRef, Asked> asked) {
    Set<Long> ids = new HashSet<>();
    Set<Long> lists = new HashSet<>();
    asked.forEach(
        (ref, wanted) -> {
          ids.add(ref.id());
          wanted.lists().forEach(list -> lists.add(list.id()));
        });
    Map<Long, Map<Long, State>> before = new HashMap<>();
    Sql.pieces(
        ids,
        piece ->
            jdbc.query(
                "select record_id, list_id, is_member, due_at from smart_member where record_id in ("
                    + Sql.marks(piece.size())
                    + ") and list_id in ("
                    + Ids.listed(lists)
                    + ")",
                row -> {
                  before
                      .computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                      .put(
                          row.getLong(2),
                          new State(
                              row.getBoolean(3),
                              Utc.moment(row.getObject(4, LocalDateTime.class))));
                },
                piece.toArray()));
    return before;
  }

  private void write(List<Row> fresh, List<Row> changed, List<Row> gone) {
    if (!fresh.isEmpty()) {
      batched.insert(
          "smart_member",
          List.of("is_member", "due_at", "record_id", "list_id"),
          new Rows<>(fresh, Members::bind));
    }
    if (!changed.isEmpty()) {
      batched.update(
          "smart_member",
          List.of("is_member", "due_at"),
          List.of("record_id", "list_id"),
          new Rows<>(changed, Members::bind));
    }
    if (!gone.isEmpty()) {
      jdbc.batchUpdate(
          "delete from smart_member where record_id = ? and list_id = ?",
          gone,
          500,
          (statement, row) -> {
            statement.setLong(1, row.record());
            statement.setLong(2, row.list());
          });
    }
  }

  private static int bind(java.sql.PreparedStatement statement, int from, Row row)
      throws java.sql.SQLException {
    statement.setBoolean(from, row.state().member());
    statement.setObject(from + 1, Utc.column(row.state().due()));
    statement.setLong(from + 2, row.record());
    statement.setLong(from + 3, row.list());
    return from + 4;
  }
}
