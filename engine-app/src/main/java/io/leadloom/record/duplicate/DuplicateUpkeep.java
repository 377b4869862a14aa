package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.record.Record;
import io.leadloom.record.duplicate.MatchRows.Group;
import io.leadloom.record.duplicate.MatchRows.GroupKey;
import io.leadloom.record.duplicate.MatchRows.Member;
import io.leadloom.record.duplicate.MatchRows.Row;
import io.leadloom.record.store.RecordStore;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Brings keys and groups to what records are now. Whoever calls holds the lock of {@link MatchRules#lock()}, so that two
 * records that come to share a key in the same moment see each other.
 */
@Component
class DuplicateUpkeep {

  private final RecordStore store;
  private final MatchRows rows;
  private final Schemas schemas;
  private final AccountSettings account;
  private final Clock clock;
  private final FullBlocks full = new FullBlocks();

  DuplicateUpkeep(
      RecordStore store, MatchRows rows, Schemas schemas, AccountSettings account, Clock clock) {
    this.store = store;
    this.rows = rows;
    this.schemas = schemas;
    this.account = account;
    this.clock = clock;
  }

  /** Compares what the rules say of records with what is noted; those in the trash, and those that are gone, have nothing. */
  void compare(EntityType type, Collection<Long> records, List<MatchRule> rules) {
    if (records.isEmpty() || rules.isEmpty()) {
      return;
    }
    Schema schema = schemas.current();
    String region = account.region();
    Set<Row> wanted = new LinkedHashSet<>();
    for (Record record : store.load(type, records, schema)) {
      if (record.trashedAt() == null) {
        for (MatchRule rule : rules) {
          for (MatchKeys.Key key : MatchKeys.of(rule, record.values(), schema, region)) {
            wanted.add(new Row(key, record.ref().id()));
          }
        }
      }
    }
    Set<Row> there =
        new LinkedHashSet<>(rows.of(type, records, rules.stream().map(MatchRule::id).toList()));
    List<Row> gone = there.stream().filter(row -> !wanted.contains(row)).toList();
    List<Row> fresh = wanted.stream().filter(row -> !there.contains(row)).toList();
    if (gone.isEmpty() && fresh.isEmpty()) {
      return;
    }
    rows.delete(gone);
    rows.insert(type, fresh);
    exact(gone, fresh);
    like(gone, fresh);
  }

  private void exact(List<Row> gone, List<Row> fresh) {
    Map<Long, Map<Long, Integer>> changes = new TreeMap<>();
    count(gone, -1, changes);
    count(fresh, 1, changes);
    changes.forEach(
        (rule, byHash) -> {
          byHash.values().removeIf(change -> change == 0);
          if (!byHash.isEmpty()) {
            exact(rule, byHash);
          }
        });
  }

  private static void count(List<Row> some, int by, Map<Long, Map<Long, Integer>> changes) {
    for (Row row : some) {
      if (row.key().likeness().isEmpty()) {
        changes
            .computeIfAbsent(row.key().rule(), rule -> new TreeMap<>())
            .merge(row.key().hash(), by, Integer::sum);
      }
    }
  }

  /** Large groups are not counted again; keys without a group were of one record at most. */
  private void exact(long rule, Map<Long, Integer> changes) {
    Map<GroupKey, Group> groups = rows.groups(rule, changes.keySet());
    Map<GroupKey, Long> counts = new HashMap<>();
    Set<Long> alone = new TreeSet<>();
    changes.forEach(
        (hash, change) -> {
          GroupKey key = new GroupKey(rule, hash, 0);
          Group group = groups.get(key);
          if (group != null) {
            counts.put(key, group.count() + change);
          } else if (change > 0) {
            alone.add(hash);
          }
        });
    if (!alone.isEmpty()) {
      rows.counts(rule, alone)
          .forEach((hash, count) -> counts.put(new GroupKey(rule, hash, 0), count));
    }
    rows.settle(groups, counts, clock.instant());
  }

  private void like(List<Row> gone, List<Row> fresh) {
    Map<Long, Map<Long, Long>> oldest = new TreeMap<>();
    Set<Row> all = new LinkedHashSet<>(gone);
    all.addAll(fresh);
    for (Row row : all) {
      if (!row.key().likeness().isEmpty()) {
        oldest
            .computeIfAbsent(row.key().rule(), rule -> new TreeMap<>())
            .merge(row.key().hash(), row.record(), Math::min);
      }
    }
    oldest.forEach(this::like);
  }

  private void like(long rule, Map<Long, Long> oldest) {
    skip(rule, oldest);
    if (oldest.isEmpty()) {
      return;
    }
    Map<Long, List<Member>> blocks = rows.blocks(rule, oldest.keySet());
    blocks.forEach((hash, members) -> full.note(hash, members.size() >= MatchRows.MOST_COMPARED));
    Map<GroupKey, Group> groups = rows.groups(rule, oldest.keySet());
    Map<Row, Long> leaders = new LinkedHashMap<>();
    Map<GroupKey, Long> counts = new HashMap<>();
    groups.keySet().forEach(key -> counts.put(key, 0L));
    blocks.forEach(
        (hash, members) -> {
          List<Member> led = led(members, oldest.getOrDefault(hash, 0L));
          for (int i = 0; i < led.size(); i++) {
            Member member = led.get(i);
            counts.merge(new GroupKey(rule, hash, member.leader()), 1L, Long::sum);
            if (member.leader() != members.get(i).leader()) {
              MatchKeys.Key key = new MatchKeys.Key(rule, hash, member.likeness());
              leaders.put(new Row(key, member.record()), member.leader());
            }
          }
        });
    if (!leaders.isEmpty()) {
      rows.lead(leaders);
    }
    rows.settle(groups, counts, clock.instant());
  }

  /** Leaves out blocks in which only records behind those that are compared came or went. */
  private void skip(long rule, Map<Long, Long> oldest) {
    Set<Long> large = full.among(oldest.keySet());
    if (!large.isEmpty()) {
      rows.lastCompared(rule, large)
          .forEach(
              (hash, last) ->
                  oldest.computeIfPresent(hash, (any, first) -> first > last ? null : first));
    }
  }

  /**
   * Gives each record the oldest leader that it is like; one without becomes a leader itself. Those before the oldest that
   * has changed stay as they are.
   */
  static List<Member> led(List<Member> members, long oldest) {
    List<Member> led = new ArrayList<>(members.size());
    List<Member> leaders = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    for (Member member : members) {
      Member placed = member;
      if (member.record() >= oldest
          || member.leader() != member.record() && !known.contains(member.leader())) {
        long leader =
            leaders.stream()
                .filter(one -> Likeness.like(one.likeness(), member.likeness()))
                .map(Member::record)
                .findFirst()
                .orElse(member.record());
        placed = new Member(member.record(), leader, member.likeness());
      }
      if (placed.leader() == placed.record()) {
        leaders.add(placed);
        known.add(placed.record());
      }
      led.add(placed);
    }
    return led;
  }
}
