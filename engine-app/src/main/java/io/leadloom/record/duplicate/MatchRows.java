package io.leadloom.record.duplicate;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.Database;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.search.RecordReach;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Keys and groups in the database. */
@Component
class MatchRows {

  /** So many records of one block are compared with each other; the oldest come first. */
  static final int MOST_COMPARED = 500;

  /** A switchboard's number may be that of a hundred thousand records. */
  private static final int MOST_LOOKED_AT = 5_000;

  /** So many blocks are read at once: few different numbers, so that the databases keep their plans. */
  private static final int[] BLOCKS = {32, 8, 2, 1};

  private final JdbcTemplate jdbc;
  private final Database database;
  private final BatchedRows batched;
  private final Ids ids;

  MatchRows(JdbcTemplate jdbc, Database database, BatchedRows batched, Ids ids) {
    this.jdbc = jdbc;
    this.database = database;
    this.batched = batched;
    this.ids = ids;
  }

  /** A key of a record. */
  record Row(MatchKeys.Key key, long record) {}

  /** A record among those that are compared with each other. */
  record Member(long record, long leader, String likeness) {}

  /** Whom a group is of; the leader is 0 for exact rules. */
  record GroupKey(long rule, long hash, long leader) {}

  /** A group as it stands. */
  record Group(long id, GroupKey key, long count) {}

  /** The keys that records have by these rules. */
  List<Row> of(EntityType type, Collection<Long> records, Collection<Long> rules) {
    List<Row> found = new ArrayList<>();
    Sql.pieces(
        records,
        piece ->
            found.addAll(
                jdbc.query(
                    "select rule_id, value_hash, record_id, likeness from match_key where record_id"
                        + " in ("
                        + Sql.marks(piece.size())
                        + ") and entity = "
                        + EntityTable.code(type)
                        + " and rule_id in ("
                        + Ids.listed(rules)
                        + ")",
                    (row, n) ->
                        new Row(
                            new MatchKeys.Key(row.getLong(1), row.getLong(2), row.getString(4)),
                            row.getLong(3)),
                    piece.toArray())));
    return found;
  }

  void delete(List<Row> rows) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(
          "delete from match_key where rule_id = ? and value_hash = ? and record_id = ?",
          rows.stream()
              .map(row -> new Object[] {row.key().rule(), row.key().hash(), row.record()})
              .toList());
    }
  }

  void insert(EntityType type, List<Row> rows) {
    int entity = EntityTable.code(type);
    batched.insert(
        "match_key",
        List.of("rule_id", "value_hash", "record_id", "entity", "leader", "likeness"),
        new Rows<>(
            rows,
            (statement, from, row) -> {
              boolean exact = row.key().likeness().isEmpty();
              statement.setLong(from, row.key().rule());
              statement.setLong(from + 1, row.key().hash());
              statement.setLong(from + 2, row.record());
              statement.setInt(from + 3, entity);
              statement.setLong(from + 4, exact ? 0 : row.record());
              statement.setString(from + 5, row.key().likeness());
              return from + 6;
            }));
  }

  /** How many records have each key. */
  Map<Long, Long> counts(long rule, Collection<Long> hashes) {
    Map<Long, Long> counts = new HashMap<>();
    Sql.pieces(
        hashes,
        piece ->
            jdbc.query(
                "select k.value_hash, count(distinct k.record_id) from "
                    + ofHashes("match_key", rule, piece.size())
                    + " group by k.value_hash",
                row -> {
                  counts.put(row.getLong(1), row.getLong(2));
                },
                piece.toArray()));
    return counts;
  }

  private String ofHashes(String table, long rule, int count) {
    return database.rowsAmong(table, "k.rule_id = " + rule, "k.value_hash", count);
  }

  /** The oldest records of blocks, by hash, in the order of their ids. */
  Map<Long, List<Member>> blocks(long rule, Collection<Long> hashes) {
    Map<Long, List<Member>> blocks = new LinkedHashMap<>();
    // Each block by itself along the primary key: a window would go through all of a block to find
    // its oldest.
    eachBlock(
        "select value_hash, record_id, leader, likeness from match_key where rule_id = "
            + rule
            + " and value_hash = ? order by record_id limit "
            + MOST_COMPARED,
        hashes,
        row ->
            blocks
                .computeIfAbsent(row.getLong(1), hash -> new ArrayList<>())
                .add(new Member(row.getLong(2), row.getLong(3), row.getString(4))));
    return blocks;
  }

  /** The last record that is compared of each block that has as many, by hash; what comes after it changes nothing. */
  Map<Long, Long> lastCompared(long rule, Collection<Long> hashes) {
    Map<Long, Long> last = new HashMap<>();
    eachBlock(
        "select value_hash, record_id from match_key where rule_id = "
            + rule
            + " and value_hash = ? order by record_id limit 1 offset "
            + (MOST_COMPARED - 1),
        hashes,
        row -> last.put(row.getLong(1), row.getLong(2)));
    return last;
  }

  private void eachBlock(String block, Collection<Long> hashes, RowCallbackHandler taker) {
    List<Long> left = List.copyOf(Set.copyOf(hashes));
    while (!left.isEmpty()) {
      int size = blocksOf(left.size());
      jdbc.query(
          String.join(" union all ", Collections.nCopies(size, "(" + block + ")"))
              + (size == 1 ? "" : " order by value_hash, record_id"),
          taker,
          left.subList(0, size).toArray());
      left = left.subList(size, left.size());
    }
  }

  private static int blocksOf(int left) {
    for (int size : BLOCKS) {
      if (size <= left) {
        return size;
      }
    }
    return 1;
  }

  /** The oldest records with exactly this key that somebody sees, beside one; of very many the oldest are looked at. */
  List<Long> sharing(EntityType type, MatchKeys.Key key, long beside, int most, Rights rights) {
    return jdbc.queryForList(
        "select k.record_id from (select record_id from match_key where rule_id = ? and value_hash = ?"
            + " and record_id <> ? order by record_id limit "
            + MOST_LOOKED_AT
            + ") k join "
            + EntityTable.name(type)
            + " r on r.id = k.record_id where r.trashed_at is null and "
            + RecordReach.sql(type, "r", rights, Action.VIEW)
            + " order by k.record_id limit "
            + most,
        Long.class,
        key.rule(),
        key.hash(),
        beside);
  }

  /** Also of rules that are being emptied, whose groups go anyway. */
  void forget(EntityType type, Collection<Long> records) {
    Sql.pieces(
        records,
        piece ->
            jdbc.update(
                "delete from match_key where record_id in ("
                    + Sql.marks(piece.size())
                    + ") and entity = "
                    + EntityTable.code(type),
                piece.toArray()));
  }

  /** Whether any of these records has a key. */
  boolean any(EntityType type, Collection<Long> records) {
    boolean[] found = {false};
    Sql.pieces(
        records,
        piece ->
            found[0] |=
                !jdbc.queryForList(
                        "select 1 from match_key where record_id in ("
                            + Sql.marks(piece.size())
                            + ") and entity = "
                            + EntityTable.code(type)
                            + " limit 1",
                        Integer.class,
                        piece.toArray())
                    .isEmpty());
    return found[0];
  }

  /** Notes other leaders, by rule, hash and record. */
  void lead(Map<Row, Long> leaders) {
    batched.update(
        "match_key",
        List.of("leader"),
        List.of("rule_id", "value_hash", "record_id"),
        new Rows<>(
            leaders.entrySet(),
            (statement, from, one) -> {
              statement.setLong(from, one.getValue());
              statement.setLong(from + 1, one.getKey().key().rule());
              statement.setLong(from + 2, one.getKey().key().hash());
              statement.setLong(from + 3, one.getKey().record());
              return from + 4;
            }));
  }

  /** The groups of these keys. */
  Map<GroupKey, Group> groups(long rule, Collection<Long> hashes) {
    List<Group> found = new ArrayList<>();
    Sql.pieces(
        hashes,
        piece ->
            found.addAll(
                jdbc.query(
                    "select k.id, k.value_hash, k.leader, k.record_count from "
                        + ofHashes("match_group", rule, piece.size()),
                    (row, n) ->
                        new Group(
                            row.getLong(1),
                            new GroupKey(rule, row.getLong(2), row.getLong(3)),
                            row.getLong(4)),
                    piece.toArray())));
    Map<GroupKey, Group> groups = new HashMap<>();
    found.forEach(group -> groups.put(group.key(), group));
    return groups;
  }

  /** Brings groups to these numbers of records; with less than two there is none. */
  void settle(Map<GroupKey, Group> there, Map<GroupKey, Long> counts, Instant now) {
    List<Long> gone = new ArrayList<>();
    List<Group> changed = new ArrayList<>();
    List<GroupKey> fresh = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          Group group = there.get(key);
          if (group == null) {
            if (count > 1) {
              fresh.add(key);
            }
          } else if (count < 2) {
            gone.add(group.id());
          } else if (count != group.count()) {
            changed.add(new Group(group.id(), key, count));
          }
        });
    if (!gone.isEmpty()) {
      batched.delete("match_group", "id", gone);
    }
    if (!changed.isEmpty()) {
      batched.update(
          "match_group",
          List.of("record_count"),
          List.of("id"),
          new Rows<>(
              changed,
              (statement, from, group) -> {
                statement.setLong(from, group.count());
                statement.setLong(from + 1, group.id());
                return from + 2;
              }));
    }
    if (!fresh.isEmpty()) {
      insert(fresh, key -> counts.getOrDefault(key, 0L), now);
    }
  }

  private void insert(List<GroupKey> keys, Function<GroupKey, Long> counts, Instant now) {
    long first = ids.reserve("match_group", keys.size());
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      groups.add(new Group(first + i, keys.get(i), counts.apply(keys.get(i))));
    }
    batched.insert(
        "match_group",
        List.of("id", "rule_id", "value_hash", "leader", "record_count", "found_at"),
        new Rows<>(
            groups,
            (statement, from, group) -> {
              statement.setLong(from, group.id());
              statement.setLong(from + 1, group.key().rule());
              statement.setLong(from + 2, group.key().hash());
              statement.setLong(from + 3, group.key().leader());
              statement.setLong(from + 4, group.count());
              statement.setObject(from + 5, Utc.column(now));
              return from + 6;
            }));
  }

  /** Forgets some of what a rule has found; whether that was all. */
  boolean empty(long rule, int most) {
    int groups = jdbc.update("delete from match_group where rule_id = ? limit " + most, rule);
    int keys = jdbc.update("delete from match_key where rule_id = ? limit " + most, rule);
    return groups < most && keys < most;
  }
}
