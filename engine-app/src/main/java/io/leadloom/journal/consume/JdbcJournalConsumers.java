package io.leadloom.journal.consume;

import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.log.JournalRows;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What administrators see and do, read from the tables so that it holds for all nodes. */
final class JdbcJournalConsumers implements JournalConsumers {

  private final JournalStore store;
  private final JournalNode node;
  private final Clock clock;

  JdbcJournalConsumers(JournalStore store, JournalNode node, Clock clock) {
    this.store = store;
    this.node = node;
    this.clock = clock;
  }

  @Override
  public List<Status> all() {
    Map<String, List<PartitionStatus>> partitions = new HashMap<>();
    store
        .jdbc()
        .query(
            "select c.consumer, c.partition_id, c.position, p.next_seq - 1, c.owner from journal_cursor c"
                + " join journal_partition p on p.id = c.partition_id order by c.consumer, c.partition_id",
            row -> {
              partitions
                  .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                  .add(
                      new PartitionStatus(
                          row.getInt(2), row.getLong(3), row.getLong(4), row.getString(5)));
            });
    Map<String, Long> parked = countParked("RETRY");
    Map<String, Long> dead = countParked("DEAD");
    return store
        .jdbc()
        .query(
            "select name, paused from journal_consumer order by name",
            (row, number) -> {
              String name = row.getString(1);
              List<PartitionStatus> places = partitions.getOrDefault(name, List.of());
              long lag = places.stream().mapToLong(place -> place.end() - place.position()).sum();
              return new Status(
                  name,
                  row.getBoolean(2),
                  lag,
                  parked.getOrDefault(name, 0L),
                  dead.getOrDefault(name, 0L),
                  places);
            });
  }

  private Map<String, Long> countParked(String state) {
    Map<String, Long> counts = new HashMap<>();
    store
        .jdbc()
        .query(
            "select consumer, count(*) from journal_parked where state = ? group by consumer",
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            },
            state);
    return counts;
  }

  @Override
  public Optional<Status> find(String name) {
    return all().stream().filter(status -> status.name().equals(name)).findFirst();
  }

  @Override
  public void pause(String name) {
    setPaused(name, true);
  }

  @Override
  public void resume(String name) {
    setPaused(name, false);
  }

  private void setPaused(String name, boolean paused) {
    change(
        () -> RefusedException.notFound("journal consumer", name),
        () -> node.pause(name, paused),
        "update journal_consumer set paused = ? where name = ?",
        paused,
        name);
  }

  @Override
  public Page<DeadLetter> deadLetters(
      @Nullable String consumer, @Nullable String cursor, int limit) {
    Key after = cursor == null ? new Key("", -1) : Key.parse(cursor);
    List<Object> arguments =
        new ArrayList<>(List.of(after.place(), after.place(), after.consumer()));
    if (consumer != null) {
      arguments.add(consumer);
    }
    arguments.add(limit + 1);
    List<DeadLetter> letters =
        store
            .jdbc()
            .query(
                "select * from journal_parked where state = 'DEAD' and place >= ? and (place > ? or consumer > ?)"
                    + (consumer == null ? "" : " and consumer = ?")
                    + " order by state, place, consumer limit ?",
                (row, number) ->
                    new DeadLetter(
                        new Key(row.getString("consumer"), row.getLong("place")).text(),
                        row.getString("consumer"),
                        row.getInt("attempts"),
                        JournalRows.time(row.getObject("parked_at", LocalDateTime.class)),
                        row.getString("error"),
                        JournalRows.event(row)),
                arguments.toArray());
    boolean more = letters.size() > limit;
    List<DeadLetter> page = more ? letters.subList(0, limit) : letters;
    return new Page<>(page, more ? page.get(limit - 1).id() : null, null);
  }

  @Override
  public void replay(String deadLetter) {
    Key key = Key.parse(deadLetter);
    change(
        () -> RefusedException.notFound("dead letter", deadLetter),
        () -> node.lookForParked(key.consumer()),
        "update journal_parked set state = 'RETRY', attempts = 0, due_at = ?"
            + " where consumer = ? and place = ? and state = 'DEAD'",
        JournalRows.time(clock.instant()),
        key.consumer(),
        key.place());
  }

  @Override
  public void discard(String deadLetter) {
    Key key = Key.parse(deadLetter);
    change(
        () -> RefusedException.notFound("dead letter", deadLetter),
        () -> {},
        "delete from journal_parked where consumer = ? and place = ? and state = 'DEAD'",
        key.consumer(),
        key.place());
  }

  /** Changes one row, and does the rest once that is committed. */
  private void change(
      Supplier<RefusedException> missing, Runnable then, String sql, Object... arguments) {
    store
        .transaction()
        .executeWithoutResult(
            status -> {
              if (store.jdbc().update(sql, arguments) == 0) {
                throw missing.get();
              }
              AfterCommit.run(then);
            });
  }

  /** The id of a dead letter: {@code <place>-<consumer>}. */
  private record Key(String consumer, long place) {

    String text() {
      return place + "-" + consumer;
    }

    static Key parse(String id) {
      int dash = id.indexOf('-');
      try {
        return new Key(id.substring(dash + 1), Long.parseLong(id.substring(0, Math.max(dash, 0))));
      } catch (NumberFormatException e) {
        throw RefusedException.notFound("dead letter", id);
      }
    }
  }
}
