package io.leadloom.journal.consume;

import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.log.EntityCodes;
import io.leadloom.journal.log.JournalRows;
import io.leadloom.journal.log.Places;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of events that failed, and of those that wait behind them. */
final class ParkedRows {

  private static final int ERROR_LENGTH = 2_000;
  private static final int LOCKED = 200;

  private final JdbcTemplate jdbc;

  ParkedRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A parked event.
   *
   * @param dueAt when it is tried again; null when it waits behind another one of its record
   */
  record Parked(JournalEvent event, int attempts, @Nullable Instant dueAt) {

    long place() {
      return Places.of(event.partition(), event.sequence());
    }
  }

  /**
   * Parks events after a failure, or ({@code error} null) behind a failed one of their record: as they stand in the journal
   * now, since what they tell may have been erased for good after they were read.
   */
  void park(
      String consumer,
      Collection<JournalEvent> read,
      int attempts,
      @Nullable Instant due,
      Instant now,
      @Nullable String error) {
    List<JournalEvent> events = locked(read);
    jdbc.batchUpdate(
        "insert into journal_parked ("
            + JournalRows.COLUMNS
            + ", consumer, partition_id, state, attempts, due_at, parked_at, error)"
            + " values (?,?,?,?,?,?,?,?,?,?,?,'RETRY',?,?,?,?)",
        events,
        events.size(),
        (statement, event) -> {
          int at = JournalRows.bind(statement, 1, event);
          statement.setString(at++, consumer);
          statement.setInt(at++, event.partition());
          statement.setInt(at++, attempts);
          statement.setObject(at++, due == null ? null : JournalRows.time(due));
          statement.setObject(at++, JournalRows.time(now));
          statement.setString(at, error == null ? null : shortened(error));
        });
  }

  private List<JournalEvent> locked(Collection<JournalEvent> read) {
    List<JournalEvent> events = new ArrayList<>();
    List<Long> places =
        read.stream().map(event -> Places.of(event.partition(), event.sequence())).toList();
    for (int from = 0; from < places.size(); from += LOCKED) {
      List<Long> some = places.subList(from, Math.min(places.size(), from + LOCKED));
      events.addAll(
          jdbc.query(
              "select "
                  + JournalRows.COLUMNS
                  + " from journal where place in ("
                  + Cursors.marks(some.size())
                  + ") order by place for update",
              JournalRows.EVENT,
              some.toArray()));
    }
    return events;
  }

  /** Those of the given records that have parked events, so that newer events must wait. */
  Set<RecordRef> blocked(String consumer, Collection<RecordRef> roots) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(consumer);
    roots.forEach(root -> arguments.add(root.id()));
    return new HashSet<>(
        jdbc.query(
            "select distinct root_type, root_id from journal_parked where consumer = ? and state = 'RETRY'"
                + " and root_id in ("
                + Cursors.marks(roots.size())
                + ")",
            (row, number) -> new RecordRef(EntityCodes.type(row.getInt(1)), row.getLong(2)),
            arguments.toArray()));
  }

  /** The records of a partition that have an event due, at most 50. */
  List<RecordRef> due(String consumer, int partition, Instant now) {
    return jdbc
        .query(
            "select root_type, root_id from journal_parked where consumer = ? and state = 'RETRY'"
                + " and partition_id = ? and due_at <= ? order by due_at limit 50",
            (row, number) -> new RecordRef(EntityCodes.type(row.getInt(1)), row.getLong(2)),
            consumer,
            partition,
            JournalRows.time(now))
        .stream()
        .distinct()
        .toList();
  }

  /** The parked events of a record in their order, at most 100. */
  List<Parked> queue(String consumer, RecordRef root) {
    return jdbc.query(
        "select * from journal_parked where consumer = ? and state = 'RETRY' and root_id = ? and root_type = ?"
            + " order by place limit 100",
        (row, number) -> {
          LocalDateTime due = row.getObject("due_at", LocalDateTime.class);
          return new Parked(
              JournalRows.event(row),
              row.getInt("attempts"),
              due == null ? null : JournalRows.time(due));
        },
        consumer,
        root.id(),
        EntityCodes.of(root.type()));
  }

  /** Removes handled events; false when one of them was not there any more. */
  boolean remove(String consumer, List<Parked> events) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(consumer);
    events.forEach(parked -> arguments.add(parked.place()));
    int removed =
        jdbc.update(
            "delete from journal_parked where consumer = ? and state = 'RETRY' and place in ("
                + Cursors.marks(events.size())
                + ")",
            arguments.toArray());
    return removed == events.size();
  }

  void retryLater(String consumer, Parked parked, Instant due, String error) {
    jdbc.update(
        "update journal_parked set attempts = ?, due_at = ?, error = ? where consumer = ? and place = ?",
        parked.attempts() + 1,
        JournalRows.time(due),
        shortened(error),
        consumer,
        parked.place());
  }

  void bury(String consumer, Parked parked, String error) {
    jdbc.update(
        "update journal_parked set state = 'DEAD', attempts = ?, due_at = null, error = ?"
            + " where consumer = ? and place = ?",
        parked.attempts() + 1,
        shortened(error),
        consumer,
        parked.place());
  }

  /** Makes the first parked event of a record due, when it only waited behind one that is gone. */
  void promote(String consumer, RecordRef root, Instant now) {
    List<Long> first =
        jdbc.queryForList(
            "select min(place) from journal_parked where consumer = ? and state = 'RETRY' and root_id = ?"
                + " and root_type = ?",
            Long.class,
            consumer,
            root.id(),
            EntityCodes.of(root.type()));
    if (first.get(0) != null) {
      jdbc.update(
          "update journal_parked set due_at = ? where consumer = ? and place = ? and due_at is null",
          JournalRows.time(now),
          consumer,
          first.get(0));
    }
  }

  /** The partitions of a consumer that have parked events, each with the time when its first one is due. */
  Map<Integer, @Nullable Instant> waiting(String consumer) {
    Map<Integer, @Nullable Instant> waiting = new TreeMap<>();
    jdbc.query(
        "select partition_id, min(due_at) from journal_parked where consumer = ? and state = 'RETRY'"
            + " group by partition_id",
        row -> {
          LocalDateTime due = row.getObject(2, LocalDateTime.class);
          waiting.put(row.getInt(1), due == null ? null : JournalRows.time(due));
        },
        consumer);
    return waiting;
  }

  private static String shortened(String error) {
    return error.length() <= ERROR_LENGTH ? error : error.substring(0, ERROR_LENGTH);
  }
}
