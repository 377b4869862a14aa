package io.leadloom.record.smart;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.SmartListDemand;
import io.leadloom.record.mark.MarkChange;
import io.leadloom.record.match.FilterPredicate;
import io.leadloom.record.match.Reads;
import io.leadloom.record.smart.KeptLists.Kept;
import io.leadloom.record.store.EntityTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Begins and ends keeping the members of lists, and fills lists in the background. A page of a filling and a batch of
 * events never overlap, since both hold the locks of the partitions: whoever comes second sees what the first has written.
 */
@Component
class SmartUpkeep {

  private static final int PAGE = 500;

  /** What time alone may move by now, the longest due first: after {@link Utc#FIRST} and up to now. */
  static final String DUE = " from smart_member where due_at > ? and due_at <= ? order by due_at";

  private static final int EMPTIED = 2_000;

  /** Another node may know for a moment longer or shorter that an automation asks for a list. */
  private static final Duration LINGER = Duration.ofSeconds(60);

  private static final Cause CAUSE = Cause.system("smart-lists");

  private final KeptLists kept;
  private final LiveLists live;
  private final Members members;
  private final SmartListRows rows;
  private final ObjectProvider<SmartListDemand> demand;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final LiveUpdates updates;
  private final Clock clock;
  private volatile Runnable bell = () -> {};

  SmartUpkeep(
      KeptLists kept,
      LiveLists live,
      Members members,
      SmartListRows rows,
      ObjectProvider<SmartListDemand> demand,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      LiveUpdates updates,
      Clock clock) {
    this.kept = kept;
    this.live = live;
    this.members = members;
    this.rows = rows;
    this.demand = demand;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.updates = updates;
    this.clock = clock;
  }

  /** Who works in the background and wants to hear when there is something to do. */
  void onOrder(Runnable listener) {
    this.bell = listener;
  }

  /** A list was made or changed, in the current transaction: its members are another matter when its filter is. */
  void changed(SmartList list, boolean anotherFilter) {
    if (anotherFilter && kept.refill(list.id(), clock.instant())) {
      kept.bump();
    }
    AfterCommit.run(() -> bell.run());
  }

  /** A list is being deleted in the current transaction. */
  void removed(long list) {
    if (kept.of(List.of(list)).containsKey(list)) {
      kept.state(list, KeptLists.EMPTYING, "", null);
      kept.bump();
    }
    AfterCommit.run(() -> bell.run());
  }

  /** What lists look at has changed without a word in the journal: they are compared anew, without telling. */
  @EventListener
  void marked(MarkChange change) {
    List<Long> concerned = new ArrayList<>();
    for (LiveList list : live.latest().lists().values()) {
      FilterPredicate predicate = list.predicate();
      if (predicate != null && concerns(change, predicate.reads())) {
        concerned.add(list.id());
      }
    }
    if (!concerned.isEmpty() && kept.compare(concerned, clock.instant())) {
      AfterCommit.run(() -> bell.run());
    }
  }

  private static boolean concerns(MarkChange change, Reads reads) {
    return change.kind() == MarkChange.Kind.TAG
        ? reads.tags().stream().anyMatch(change.tags()::contains)
        : reads.lists().contains(change.list());
  }

  /** The lists that have something to do: first decides which ones are to be kept at all. */
  List<Long> open() {
    List<Long> open =
        transactions.execute(
            status -> {
              settle();
              return kept.all().stream()
                  .filter(
                      each ->
                          each.state() == KeptLists.FILLING || each.state() == KeptLists.EMPTYING)
                  .map(Kept::list)
                  .toList();
            });
    return open == null ? List.of() : open;
  }

  private void settle() {
    Set<Long> wanted =
        new HashSet<>(jdbc.queryForList("select id from smart_list where live = true", Long.class));
    demand.orderedStream().forEach(each -> wanted.addAll(each.lists()));
    Map<Long, Kept> known = new TreeMap<>();
    kept.all().forEach(each -> known.put(each.list(), each));
    Instant now = clock.instant();
    boolean bump = false;
    Set<Long> missing = new HashSet<>(wanted);
    missing.removeAll(known.keySet());
    for (SmartList list : rows.byIds(missing)) {
      kept.begin(list.id(), list.entity(), now);
      bump = true;
    }
    LiveLists.State state = live.latest();
    for (Kept each : known.values()) {
      bump |= settle(each, wanted.contains(each.list()), state, now);
    }
    if (bump) {
      kept.bump();
    }
  }

  private boolean settle(Kept each, boolean wanted, LiveLists.State state, Instant now) {
    if (each.state() == KeptLists.EMPTYING) {
      return wanted && rows.find(each.list()).isPresent() && kept.refill(each.list(), now);
    }
    if (!wanted) {
      Instant since = each.idleSince();
      if (since == null) {
        kept.idle(each.list(), now);
        return false;
      }
      if (since.plus(LINGER).isAfter(now)) {
        return false;
      }
      kept.state(each.list(), KeptLists.EMPTYING, "", null);
      return true;
    }
    if (each.idleSince() != null) {
      kept.idle(each.list(), null);
    }
    LiveList list = state.lists().get(each.list());
    if (list != null && each.state() != KeptLists.FILLING) {
      // Another zone, other fields or choices: the answers may be others too. A change of settings
      // starts nothing.
      String basis = LiveLists.basis(list, state);
      if (!basis.equals(each.basis())) {
        kept.refill(each.list(), now);
      }
    }
    return false;
  }

  /**
   * Does one page of a list's filling or emptying.
   *
   * @return whether there is more to do, and nobody else is doing it
   */
  boolean page(long list) {
    return page(list, PAGE);
  }

  boolean page(long list, int size) {
    return Boolean.TRUE.equals(transactions.execute(status -> work(list, size)));
  }

  private boolean work(long id, int size) {
    Kept job = kept.lock(id);
    if (job == null) {
      return false;
    }
    if (job.state() == KeptLists.EMPTYING) {
      return empty(id);
    }
    return job.state() == KeptLists.FILLING && fill(job, size);
  }

  private boolean empty(long id) {
    kept.lockAll();
    int gone = jdbc.update("delete from smart_member where list_id = ? limit " + EMPTIED, id);
    if (gone < EMPTIED) {
      kept.forget(id);
      return false;
    }
    return true;
  }

  private boolean fill(Kept job, int size) {
    boolean first = job.after() == 0;
    long total = first ? kept.count(job.entity()) : job.total();
    LiveLists.State state = live.at(kept.lockAll());
    LiveList list = state.lists().get(job.list());
    if (list == null) {
      return false;
    }
    if (list.predicate() == null) {
      kept.state(job.list(), KeptLists.BROKEN, "", LiveLists.problemOf(list));
      tell(job.list());
      return false;
    }
    String basis = LiveLists.basis(list, state);
    if (first) {
      kept.first(job.list(), basis, total);
    } else if (!basis.equals(job.basis())) {
      // The pages before were compared with something else. A change of settings starts nothing.
      return kept.refill(job.list(), clock.instant());
    }
    List<Long> ids =
        jdbc.queryForList(
            "select id from "
                + EntityTable.name(job.entity())
                + " where id > ? order by id limit "
                + size,
            Long.class,
            job.after());
    boolean last = ids.size() < size;
    long upTo = last ? Long.MAX_VALUE : ids.get(ids.size() - 1);
    Map<RecordRef, Members.Asked> asked = new HashMap<>();
    Members.Asked question = Members.Asked.of(Set.of(list), CAUSE);
    ids.forEach(id -> asked.put(new RecordRef(job.entity(), id), question));
    // Also those whom only the list still knows.
    jdbc.queryForList(
            "select record_id from smart_member where list_id = ? and record_id > ? and record_id <= ?",
            Long.class,
            job.list(),
            job.after(),
            upTo)
        .forEach(id -> asked.put(new RecordRef(job.entity(), id), question));
    // Compared anew: a record that was written since is told of here, as its own event then finds
    // nothing new.
    members.fill(asked, job.silent() ? null : job.started());
    kept.progress(job.list(), last ? job.after() : upTo, ids.size());
    if (last) {
      kept.state(job.list(), KeptLists.READY, basis, null);
      tell(job.list());
    }
    return !last;
  }

  private void tell(long list) {
    AfterCommit.run(() -> updates.publish("smartList.changed", list));
  }

  /** Looks at the records whose answers change by time alone; returns how many came due. */
  int due() {
    Instant now = clock.instant();
    Boolean any =
        transactions.execute(
            status ->
                !jdbc.queryForList(
                        "select record_id" + DUE + " limit 1",
                        Long.class,
                        Utc.FIRST,
                        Utc.column(now))
                    .isEmpty());
    if (!Boolean.TRUE.equals(any)) {
      return 0;
    }
    return Objects.requireNonNullElse(transactions.execute(status -> due(now)), 0);
  }

  /** A record of a list. */
  private record Due(long record, long list) {}

  private int due(Instant now) {
    LiveLists.State state = live.at(kept.lockAll());
    List<Due> due =
        jdbc.query(
            "select record_id, list_id" + DUE + ", record_id limit " + PAGE,
            (row, n) -> new Due(row.getLong(1), row.getLong(2)),
            Utc.FIRST,
            Utc.column(now));
    Map<RecordRef, Set<LiveList>> lists = new HashMap<>();
    for (Due each : due) {
      LiveList list = state.lists().get(each.list());
      if (list == null || list.predicate() == null) {
        // Emptied soon, or filled anew when it can be kept up again.
        jdbc.update(
            "update smart_member set due_at = null where record_id = ? and list_id = ?",
            each.record(),
            each.list());
      } else {
        EntityType type = list.entity();
        lists.computeIfAbsent(new RecordRef(type, each.record()), ref -> new HashSet<>()).add(list);
      }
    }
    Map<RecordRef, Members.Asked> asked = new HashMap<>();
    lists.forEach((ref, some) -> asked.put(ref, Members.Asked.of(some, CAUSE)));
    members.look(asked);
    return due.size();
  }

  /**
   * How far the upkeep of these lists is, by list; without those that are not kept.
   *
   * @param counted the lists whose members are counted
   */
  Map<Long, Upkeep> progress(Set<Long> lists, Set<Long> counted) {
    Map<Long, Kept> found = kept.of(lists);
    Map<Long, Long> counts = kept.members(counted.stream().filter(found::containsKey).toList());
    Map<Long, Upkeep> progress = new HashMap<>();
    found.forEach(
        (id, each) -> {
          if (each.state() != KeptLists.EMPTYING) {
            String state =
                switch (each.state()) {
                  case KeptLists.READY -> "ready";
                  case KeptLists.BROKEN -> "broken";
                  default -> "filling";
                };
            progress.put(
                id,
                new Upkeep(
                    state,
                    counted.contains(id) ? counts.getOrDefault(id, 0L) : null,
                    each.looked(),
                    each.total(),
                    each.problem()));
          }
        });
    return progress;
  }
}
