package io.leadloom.journal.consume;

import io.leadloom.journal.log.JournalRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which nodes share the database and live. A node says that it lives by counting its heartbeat up; the others time the
 * silence between two counts by their own clock, so that clocks which differ do no harm.
 */
final class Nodes {

  private static final Duration FORGET = Duration.ofHours(1);

  private final String self;
  private final Duration silence;
  private final Clock clock;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Map<String, Seen> seen = new HashMap<>();
  private Set<String> dead = Set.of();

  private record Seen(long beat, Instant at) {}

  Nodes(String self, Duration silence, JournalStore store, Clock clock) {
    this.self = self;
    this.silence = silence;
    this.jdbc = store.jdbc();
    this.transaction = store.transaction();
    this.clock = clock;
  }

  void beat() {
    LocalDateTime now = JournalRows.time(clock.instant());
    transaction.executeWithoutResult(
        status -> {
          if (jdbc.update("update node set beat = beat + 1, beat_at = ? where id = ?", now, self)
              == 0) {
            jdbc.update(
                "insert into node (id, started_at, beat, beat_at) values (?, ?, 1, ?)",
                self,
                now,
                now);
          }
        });
  }

  void leave() {
    transaction.executeWithoutResult(status -> jdbc.update("delete from node where id = ?", self));
  }

  /** For a database that only this process can open: whoever was here before is gone. */
  void forgetOthers() {
    transaction.executeWithoutResult(status -> jdbc.update("delete from node where id <> ?", self));
  }

  /** Looks who lives, in the order of their ids; always with this node. */
  List<String> living() {
    Instant now = clock.instant();
    Set<String> living = new HashSet<>(Set.of(self));
    Set<String> silent = new HashSet<>();
    Map<String, Seen> found = new HashMap<>();
    jdbc.query(
        "select id, beat, beat_at from node where id <> ?",
        row -> {
          String id = row.getString(1);
          long beat = row.getLong(2);
          Seen before = seen.get(id);
          Seen latest;
          if (before == null) {
            Instant stored = JournalRows.time(row.getObject(3, LocalDateTime.class));
            latest = new Seen(beat, stored.isAfter(now) ? now : stored);
          } else {
            latest = before.beat() == beat ? before : new Seen(beat, now);
          }
          found.put(id, latest);
          (latest.at().plus(silence).isAfter(now) ? living : silent).add(id);
        },
        self);
    seen.clear();
    seen.putAll(found);
    dead = Set.copyOf(silent);
    sweep(now);
    return new ArrayList<>(new TreeSet<>(living));
  }

  /** The nodes that the last look found silent for too long. */
  Set<String> dead() {
    return dead;
  }

  private void sweep(Instant now) {
    List<Object[]> forgotten =
        seen.entrySet().stream()
            .filter(entry -> entry.getValue().at().plus(FORGET).isBefore(now))
            .map(entry -> new Object[] {entry.getKey(), entry.getValue().beat()})
            .toList();
    if (!forgotten.isEmpty()) {
      transaction.executeWithoutResult(
          status -> jdbc.batchUpdate("delete from node where id = ? and beat = ?", forgotten));
    }
  }
}
