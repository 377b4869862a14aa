package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Ids;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.bulk.BulkActions.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The records of bulk actions, in pieces, and what became of them: failures with reasons, and what an undo needs. Whoever
 * is not among the failures and before the job's place has succeeded.
 */
@Component
class BulkMembers {

  /** How many ids one piece has; only the last one has fewer. Stored places depend on it: it never changes. */
  static final int PIECE = 200;

  private static final int LONGEST_REASON = 1_000;

  private final JdbcTemplate jdbc;

  BulkMembers(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** What an undo of one record needs. */
  record Undo(long recordId, JsonNode undo) {}

  /**
   * Adds records behind those that are there.
   *
   * @param before how many there are
   */
  void add(long bulkId, long before, List<Long> ids) {
    int number = Math.toIntExact(before / PIECE);
    int begun = (int) (before % PIECE);
    int first = begun == 0 ? 0 : Math.min(ids.size(), PIECE - begun);
    if (first > 0) {
      jdbc.update(
          "update bulk_chunk set ids = concat(ids, ?) where bulk_id = ? and number = ?",
          "," + Ids.listed(ids.subList(0, first)).replace(" ", ""),
          bulkId,
          number++);
    }
    List<Object[]> rows = new ArrayList<>();
    for (int from = first; from < ids.size(); from += PIECE) {
      StringBuilder text = new StringBuilder();
      for (Long id : ids.subList(from, Math.min(ids.size(), from + PIECE))) {
        text.append(text.isEmpty() ? "" : ",").append(id);
      }
      rows.add(new Object[] {bulkId, number++, text.toString()});
    }
    if (!rows.isEmpty()) {
      jdbc.batchUpdate("insert into bulk_chunk (bulk_id, number, ids) values (?, ?, ?)", rows);
    }
  }

  /**
   * Adds records that another job had in hand, with what their undo needs; one that is there already keeps its place.
   *
   * @param before how many there are
   * @return how many are new
   */
  int follow(long bulkId, long before, BulkOperation operation, BulkOperation.Traces traces) {
    Map<Long, JsonNode> earlier = undos(bulkId, traces.records().keySet());
    List<Undo> fresh = new ArrayList<>();
    List<Object[]> joined = new ArrayList<>();
    traces
        .records()
        .forEach(
            (id, undo) -> {
              JsonNode known = earlier.get(id);
              if (known == null) {
                fresh.add(new Undo(id, undo));
              } else {
                joined.add(
                    new Object[] {Documents.write(operation.joined(known, undo)), bulkId, id});
              }
            });
    if (!joined.isEmpty()) {
      jdbc.batchUpdate(
          "update bulk_undo set way_back = ? where bulk_id = ? and record_id = ?", joined);
    }
    add(bulkId, before, fresh.stream().map(Undo::recordId).toList());
    keep(bulkId, fresh);
    keep(
        bulkId,
        traces.beside().entrySet().stream()
            .map(one -> new Undo(one.getKey(), one.getValue()))
            .toList());
    return fresh.size();
  }

  /** The records of a piece; none when there is no such piece. */
  List<Long> piece(long bulkId, long number) {
    List<String> found =
        jdbc.queryForList(
            "select ids from bulk_chunk where bulk_id = ? and number = ?",
            String.class,
            bulkId,
            number);
    return found.isEmpty()
        ? List.of()
        : Arrays.stream(found.get(0).split(",")).map(Long::valueOf).toList();
  }

  /** The records that were done last before a place, at most so many. */
  List<Long> before(long bulkId, long place, int most) {
    List<Long> before = new ArrayList<>();
    long from = Math.max(0, place - most);
    for (long number = from / PIECE; number <= place / PIECE; number++) {
      List<Long> piece = piece(bulkId, number);
      int first = (int) Math.max(0, from - number * PIECE);
      int end = (int) Math.min(piece.size(), place - number * PIECE);
      if (first < end) {
        before.addAll(piece.subList(first, end));
      }
    }
    return before;
  }

  /** How many of the records failed for this reason. */
  long failedFor(long bulkId, Collection<Long> ids, String reason) {
    Long count =
        ids.isEmpty()
            ? null
            : jdbc.queryForObject(
                "select count(*) from bulk_failure where bulk_id = ? and reason = ? and record_id in ("
                    + Ids.listed(ids)
                    + ")",
                Long.class,
                bulkId,
                reason);
    return count == null ? 0 : count;
  }

  void fail(long bulkId, List<Failure> failures) {
    if (!failures.isEmpty()) {
      jdbc.batchUpdate(
          "insert into bulk_failure (bulk_id, record_id, reason) values (?, ?, ?)",
          failures.stream()
              .map(one -> new Object[] {bulkId, one.recordId(), cut(one.reason())})
              .toList());
    }
  }

  private static String cut(String reason) {
    return reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON - 1) + "…";
  }

  /** Failures in the order of ids, beginning after one. */
  List<Failure> failures(long bulkId, long after, int limit) {
    return jdbc.query(
        "select record_id, reason from bulk_failure where bulk_id = ? and record_id > ? order by record_id limit "
            + limit,
        (row, n) -> new Failure(row.getLong(1), row.getString(2)),
        bulkId,
        after);
  }

  /** Those of the records that failed. */
  Set<Long> failed(long bulkId, Collection<Long> ids) {
    return ids.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.queryForList(
                "select record_id from bulk_failure where bulk_id = ? and record_id in ("
                    + Ids.listed(ids)
                    + ")",
                Long.class,
                bulkId));
  }

  void keep(long bulkId, List<Undo> undos) {
    if (!undos.isEmpty()) {
      jdbc.batchUpdate(
          "insert into bulk_undo (bulk_id, record_id, way_back) values (?, ?, ?)",
          undos.stream()
              .map(one -> new Object[] {bulkId, one.recordId(), Documents.write(one.undo())})
              .toList());
    }
  }

  /** The records that can be taken back, in the order of ids, beginning after one. */
  List<Long> undoable(long bulkId, long after, int limit) {
    return jdbc.queryForList(
        "select record_id from bulk_undo where bulk_id = ? and record_id > ? order by record_id limit "
            + limit,
        Long.class,
        bulkId,
        after);
  }

  /** What the undo of these records needs. */
  Map<Long, JsonNode> undos(long bulkId, Collection<Long> ids) {
    Map<Long, JsonNode> undos = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbc.query(
          "select record_id, way_back from bulk_undo where bulk_id = ? and record_id in ("
              + Ids.listed(ids)
              + ")",
          row -> {
            undos.put(row.getLong(1), Documents.read(row.getString(2)));
          },
          bulkId);
    }
    return undos;
  }
}
