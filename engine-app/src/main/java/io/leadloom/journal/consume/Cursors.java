package io.leadloom.journal.consume;

import io.leadloom.journal.log.Places;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows that say how far a consumer is and which node reads for it. */
final class Cursors {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  Cursors(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** Another node has taken over a partition: the work of this transaction must not count. */
  static final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException(String consumer) {
      super("Another node reads a partition of consumer '" + consumer + "' now");
    }
  }

  /** Makes the rows of a consumer that is new, at the end of the journal or at its beginning. */
  void register(String consumer, boolean fromBeginning) {
    String start =
        fromBeginning
            ? "coalesce((select min(j.place) - p.id * 281474976710656 from journal j where j.place"
                + " between p.id * 281474976710656 and (p.id + 1) * 281474976710656 - 1), p.next_seq)"
            : "p.next_seq";
    try {
      transaction.executeWithoutResult(
          status -> {
            jdbc.update(
                "insert into journal_cursor (consumer, partition_id, position, owner, epoch) select ?, p.id, "
                    + start
                    + " - 1, null, 0 from journal_partition p where not exists (select 1 from journal_cursor c"
                    + " where c.consumer = ? and c.partition_id = p.id)",
                consumer,
                consumer);
            jdbc.update(
                "insert into journal_consumer (name, paused) select ?, false from journal_partition p where p.id = 0"
                    + " and not exists (select 1 from journal_consumer c where c.name = ?)",
                consumer,
                consumer);
          });
    } catch (DuplicateKeyException e) {
      // Another node registers the same consumer: its rows are as good.
      return;
    }
  }

  /** Claims those of the wanted partitions that nobody reads, or a node that is dead or gone. */
  List<Claim> claim(
      String consumer, String node, Collection<Integer> wanted, Collection<String> dead) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    return transaction.execute(
        status -> {
          List<Object> arguments = new ArrayList<>();
          arguments.add(consumer);
          arguments.addAll(wanted);
          arguments.add(node);
          arguments.addAll(dead);
          List<Claim> free =
              jdbc.query(
                  "select partition_id, epoch, position from journal_cursor c where consumer = ? and partition_id in ("
                      + marks(wanted.size())
                      + ") and (owner is null or owner = ?"
                      + (dead.isEmpty() ? "" : " or owner in (" + marks(dead.size()) + ")")
                      + " or not exists (select 1 from node n where n.id = c.owner)) for update skip locked",
                  (row, number) -> new Claim(row.getInt(1), row.getLong(2) + 1, row.getLong(3)),
                  arguments.toArray());
          jdbc.batchUpdate(
              "update journal_cursor set owner = ?, epoch = ? where consumer = ? and partition_id = ?",
              free.stream()
                  .map(claim -> new Object[] {node, claim.epoch, consumer, claim.partition})
                  .toList());
          return free;
        });
  }

  /**
   * Moves cursors as the last statement of a batch's transaction.
   *
   * @throws FencedException when a claim is not this node's any more
   */
  void move(String consumer, Map<Claim, Long> positions) {
    List<Map.Entry<Claim, Long>> moves = new ArrayList<>(positions.entrySet());
    int count = Places.filledUp(moves.size());
    while (moves.size() < count) {
      // The same again changes nothing.
      moves.add(moves.get(0));
    }
    List<Object> arguments = new ArrayList<>();
    moves.forEach(move -> Collections.addAll(arguments, move.getKey().partition, move.getValue()));
    arguments.add(consumer);
    moves.forEach(move -> arguments.add(move.getKey().partition));
    moves.forEach(
        move -> Collections.addAll(arguments, move.getKey().partition, move.getKey().epoch));
    int moved =
        jdbc.update(
            "update journal_cursor set position = case partition_id"
                + " when ? then ?".repeat(count)
                + " else position end where consumer = ? and partition_id in ("
                + marks(count)
                + ") and epoch = case partition_id"
                + " when ? then ?".repeat(count)
                + " else -1 end",
            arguments.toArray());
    if (moved != positions.size()) {
      throw new FencedException(consumer);
    }
  }

  /** Whether the claim is still this node's. */
  boolean holds(String consumer, Claim claim) {
    List<Long> epochs =
        jdbc.queryForList(
            "select epoch from journal_cursor where consumer = ? and partition_id = ?",
            Long.class,
            consumer,
            claim.partition);
    return epochs.equals(List.of(claim.epoch));
  }

  void release(String consumer, Claim claim) {
    transaction.executeWithoutResult(
        status ->
            jdbc.update(
                "update journal_cursor set owner = null where consumer = ? and partition_id = ? and epoch = ?",
                consumer,
                claim.partition,
                claim.epoch));
  }

  static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }
}
