package io.leadloom.record.smart;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.Wanted;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.smart.LiveLists.Watched;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Follows the journal and keeps the members of live lists: for each batch the lists that its changes can touch are asked
 * about the records as they are now. Entering and leaving commit with the batch, so that each is noted once.
 */
@Component
class SmartConsumer implements JournalConsumer {

  private static final int BATCH = 1_000;
  private static final List<EntityType> LISTED = EntityType.ROOTS;

  private final LiveLists live;
  private final KeptLists kept;
  private final Members members;
  private final Records records;

  SmartConsumer(LiveLists live, KeptLists kept, Members members, Records records) {
    this.live = live;
    this.kept = kept;
    this.members = members;
    this.records = records;
  }

  @Override
  public String name() {
    return "smart-lists";
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public Wanted wanted() {
    LiveLists.State state = live.latest();
    return Wanted.of(
        (kind, subject) -> {
          if (subject == EntityType.ACTIVITY) {
            return ofRecord(kind)
                && state.watched().values().stream().anyMatch(Watched::activities);
          }
          Watched watched = state.of(subject);
          if (watched == null) {
            return false;
          }
          return switch (kind) {
            case CREATED, UPDATED, TRASHED, RESTORED, MERGED, UNMERGED -> true;
            case TAG_ADDED, TAG_REMOVED -> watched.tags();
            case LIST_ADDED, LIST_REMOVED -> watched.lists();
            default -> false;
          };
        });
  }

  private static boolean ofRecord(JournalKind kind) {
    return switch (kind) {
      case CREATED, UPDATED, TRASHED, RESTORED -> true;
      default -> false;
    };
  }

  @Override
  public void handle(List<JournalEvent> events) {
    TreeSet<Integer> partitions = new TreeSet<>();
    Set<RecordRef> held = new HashSet<>();
    boolean several = live.latest().activitiesOfSeveral();
    boolean all = false;
    for (JournalEvent event : events) {
      JournalEntry entry = event.entry();
      partitions.add(event.partition());
      held.add(entry.root());
      all |= entry.subject().type() == EntityType.ACTIVITY && (several || moves(entry));
    }
    LiveLists.State state = live.at(all ? kept.lockAll() : kept.lock(partitions));
    Touched touched = touched(events, state);
    if (!all && !held.containsAll(touched.lists.keySet())) {
      // Lists have changed, or an activity was moved, before the partitions were held.
      touched = touched(events, live.at(kept.lockAll()));
    }
    members.look(touched.asked());
  }

  /** Whether an activity was about another record before, whose events another partition may hold. */
  private static boolean moves(JournalEntry entry) {
    return entry.kind() == JournalKind.UPDATED
        && LISTED.stream().anyMatch(type -> entry.changes().containsKey(type.key()));
  }

  private Touched touched(List<JournalEvent> events, LiveLists.State state) {
    Touched touched = new Touched();
    if (state.watched().isEmpty()) {
      return touched;
    }
    Map<RecordRef, Record> activities = activities(events, state);
    for (JournalEvent event : events) {
      JournalEntry entry = event.entry();
      if (entry.subject().type() == EntityType.ACTIVITY) {
        ofActivity(entry, activities.get(entry.subject()), state, touched);
      } else {
        touched.add(entry.subject(), lists(entry, state.of(entry.subject().type())), entry.cause());
      }
    }
    return touched;
  }

  private static Collection<LiveList> lists(JournalEntry entry, @Nullable Watched watched) {
    if (watched == null) {
      return List.of();
    }
    return switch (entry.kind()) {
      case CREATED, TRASHED, RESTORED, MERGED, UNMERGED -> watched.all;
      case UPDATED -> watched.byFields(entry.changes().keySet());
      case TAG_ADDED, TAG_REMOVED ->
          entry.tagNames().stream().flatMap(name -> watched.byTag(name).stream()).toList();
      case LIST_ADDED, LIST_REMOVED -> watched.byList(entry.detail().get("list"));
      default -> List.of();
    };
  }

  private Map<RecordRef, Record> activities(List<JournalEvent> events, LiveLists.State state) {
    Set<Long> ids = new HashSet<>();
    for (JournalEvent event : events) {
      if (event.entry().subject().type() == EntityType.ACTIVITY) {
        ids.add(event.entry().subject().id());
      }
    }
    Map<RecordRef, Record> found = new HashMap<>();
    if (!ids.isEmpty() && state.watched().values().stream().anyMatch(Watched::activities)) {
      records.find(EntityType.ACTIVITY, ids).forEach(record -> found.put(record.ref(), record));
    }
    return found;
  }

  /** The records that an activity is about, and those that it was about before. */
  private static void ofActivity(
      JournalEntry entry, @Nullable Record activity, LiveLists.State state, Touched touched) {
    for (EntityType type : LISTED) {
      Watched watched = state.of(type);
      if (watched == null || !watched.activities()) {
        continue;
      }
      Set<Long> about = new LinkedHashSet<>();
      FieldChange moved = entry.changes().get(type.key());
      if (moved != null) {
        add(about, moved.before());
        add(about, moved.after());
      }
      if (activity != null) {
        add(about, activity.values().get(type.key()));
      }
      if (entry.root().type() == type) {
        about.add(entry.root().id());
      }
      String kind = activity == null ? null : activity.activityType();
      Collection<LiveList> lists =
          kind == null || entry.changes().containsKey("type") && entry.kind() == JournalKind.UPDATED
              ? watched.byActivities()
              : watched.byActivity(kind);
      for (Long id : about) {
        touched.add(new RecordRef(type, id), lists, entry.cause());
      }
    }
  }

  private static void add(Set<Long> ids, @Nullable Object value) {
    if (value instanceof Number id) {
      ids.add(id.longValue());
    }
  }

  /** The lists to ask about each record, each with the newest cause of those that ask for it. */
  private static final class Touched {

    private final Map<RecordRef, Map<LiveList, Cause>> lists = new LinkedHashMap<>();

    void add(RecordRef ref, Collection<LiveList> some, Cause cause) {
      if (!some.isEmpty()) {
        Map<LiveList, Cause> causes = lists.computeIfAbsent(ref, key -> new LinkedHashMap<>());
        some.forEach(list -> causes.put(list, cause));
      }
    }

    Map<RecordRef, Members.Asked> asked() {
      Map<RecordRef, Members.Asked> asked = new LinkedHashMap<>();
      lists.forEach((ref, causes) -> asked.put(ref, new Members.Asked(causes)));
      return asked;
    }
  }
}
