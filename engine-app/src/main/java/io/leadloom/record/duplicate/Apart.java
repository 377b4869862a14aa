package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.EntityTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Pairs of records of which somebody has said that they are not the same; that holds whatever rules find later. */
@Component
class Apart {

  private static final int PIECE = 1_000;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Apart(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Two records; the lower id first. */
  record Pair(long low, long high) {
    static Pair of(long one, long other) {
      return new Pair(Math.min(one, other), Math.max(one, other));
    }
  }

  /** The pairs among some records. */
  Set<Pair> among(EntityType type, Collection<Long> records) {
    Set<Pair> pairs = new HashSet<>();
    List<Long> all = List.copyOf(records);
    for (int from = 0; from < all.size(); from += PIECE) {
      jdbc.query(
          "select low_id, high_id from match_apart where low_id in ("
              + Ids.listed(all.subList(from, Math.min(all.size(), from + PIECE)))
              + ") and entity = "
              + EntityTable.code(type),
          row -> {
            pairs.add(new Pair(row.getLong(1), row.getLong(2)));
          });
    }
    return pairs;
  }

  /** The records that may be the same as another of them: not those that differ from all others. */
  static List<Long> without(List<Long> members, Set<Pair> pairs) {
    return members.stream()
        .filter(
            one ->
                members.stream()
                    .anyMatch(other -> !other.equals(one) && !pairs.contains(Pair.of(one, other))))
        .sorted()
        .toList();
  }

  /** The records of which somebody has said that they are not the same as this one. */
  Set<Long> from(EntityType type, long record) {
    Set<Long> found = new HashSet<>();
    jdbc.query(
        "select low_id, high_id from match_apart where (low_id = ? or high_id = ?) and entity = "
            + EntityTable.code(type),
        row -> {
          found.add(row.getLong(1) == record ? row.getLong(2) : row.getLong(1));
        },
        record,
        record);
    return found;
  }

  /** Marks all pairs of some records, or takes the marks away. */
  void mark(EntityType type, List<Long> records, boolean same, @Nullable Long user) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      for (int j = i + 1; j < records.size(); j++) {
        pairs.add(Pair.of(records.get(i), records.get(j)));
      }
    }
    int entity = EntityTable.code(type);
    if (same) {
      jdbc.batchUpdate(
          "delete from match_apart where low_id = ? and high_id = ? and entity = ?",
          pairs.stream().map(pair -> new Object[] {pair.low(), pair.high(), entity}).toList());
      return;
    }
    List<Object[]> rows = new ArrayList<>();
    for (Pair pair : pairs) {
      rows.add(new Object[] {entity, pair.low(), pair.high(), Utc.column(clock.instant()), user});
    }
    jdbc.batchUpdate(
        "insert into match_apart (entity, low_id, high_id, marked_at, marked_by) values (?, ?, ?, ?, ?)"
            + " on duplicate key update marked_at = values(marked_at)",
        rows);
  }
}
