package io.leadloom.connection.outbox;

import io.leadloom.connection.Deliveries.Channel;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The SQL of the sender: finding, leasing and finishing deliveries. */
@Component
class OutboxRows {

  private static final String COLUMNS =
      "id, delivery_key, channel, lane, root_type, root_id, recipient, body, headers, secret, attempts, max_attempts,"
          + " cause";

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  OutboxRows(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /** A due delivery that nobody has in hand. */
  record Candidate(long id, String lane) {}

  /** Due deliveries, the longest due first, without locking them. */
  List<Candidate> due(Instant now, int limit, Collection<String> exceptLanes) {
    List<Object> arguments = new ArrayList<>(List.of(Codec.time(now)));
    arguments.addAll(exceptLanes);
    arguments.add(limit);
    String except =
        exceptLanes.isEmpty() ? "" : " and lane not in (" + marks(exceptLanes.size()) + ")";
    return inTransaction(
        () ->
            jdbc.query(
                "select id, lane from delivery where status = 1 and due_at <= ?"
                    + except
                    + " order by due_at limit ?",
                (row, n) -> new Candidate(row.getLong(1), row.getString(2)),
                arguments.toArray()));
  }

  /** Leases those of the deliveries that are still pending and that no other sender is about to lease. */
  List<Claimed> claim(List<Long> ids, String owner, Instant now, Instant leaseUntil) {
    List<Long> ordered = new ArrayList<>(ids);
    Collections.sort(ordered);
    return inTransaction(
        () -> {
          List<Claimed> claimed =
              jdbc.query(
                  "select "
                      + COLUMNS
                      + " from delivery where id in ("
                      + marks(ordered.size())
                      + ") and status = 1 and due_at <= ? for update skip locked",
                  (row, n) -> claimed(row, now),
                  with(ordered, Codec.time(now)));
          if (!claimed.isEmpty()) {
            List<Object> arguments = new ArrayList<>(List.of(owner, Codec.time(leaseUntil)));
            claimed.forEach(row -> arguments.add(row.id()));
            jdbc.update(
                "update delivery set status = 2, attempts = attempts + 1, lease_owner = ?, due_at = ? where id in ("
                    + marks(claimed.size())
                    + ")",
                arguments.toArray());
          }
          return claimed;
        });
  }

  private static Claimed claimed(ResultSet row, Instant now) throws SQLException {
    return new Claimed(
        row.getLong("id"),
        new String(row.getBytes("delivery_key"), StandardCharsets.UTF_8),
        Codec.channel(row.getInt("channel")),
        row.getString("lane"),
        Codec.ref(row.getString("root_type"), row.getLong("root_id")),
        row.getString("recipient"),
        row.getString("body"),
        Codec.headers(row.getString("headers")),
        row.getString("secret"),
        row.getInt("attempts") + 1,
        row.getInt("max_attempts"),
        Codec.cause(row.getString("cause")),
        now,
        System.nanoTime());
  }

  /** Sets free what silent senders hold; returns how many. */
  int freeExpired(Instant now) {
    return inTransaction(
        () ->
            jdbc.update(
                "update delivery set status = 1, lease_owner = null where status = 2 and due_at < ?",
                Codec.time(now)));
  }

  /** Extends the leases of a sender that is alive. */
  void renew(String owner, Instant leaseUntil) {
    inTransaction(
        () ->
            jdbc.update(
                "update delivery set due_at = ? where status = 2 and lease_owner = ?",
                Codec.time(leaseUntil),
                owner));
  }

  /** Gives deliveries back that were leased but not begun; the attempt does not count. */
  void giveBack(Collection<Claimed> unsent, String owner, Instant now) {
    for (Claimed delivery : unsent) {
      inTransaction(
          () ->
              jdbc.update(
                  "update delivery set status = 1, attempts = attempts - 1, lease_owner = null, due_at = ?"
                      + " where id = ? and status = 2 and lease_owner = ? and attempts = ?",
                  Codec.time(now),
                  delivery.id(),
                  owner,
                  delivery.attempts()));
    }
  }

  /** Locks and returns those of the outcomes whose lease still holds; call it in a transaction. */
  List<Outcome> stillOurs(List<Outcome> outcomes, String owner) {
    List<Long> ids = outcomes.stream().map(outcome -> outcome.delivery().id()).sorted().toList();
    Set<List<Long>> held = new HashSet<>();
    jdbc.query(
        "select id, attempts from delivery where id in ("
            + marks(ids.size())
            + ") and status = 2 and lease_owner = ? for update",
        row -> {
          held.add(List.of(row.getLong(1), row.getLong(2)));
        },
        with(ids, owner));
    return outcomes.stream()
        .filter(
            outcome ->
                held.contains(
                    List.of(outcome.delivery().id(), (long) outcome.delivery().attempts())))
        .toList();
  }

  /** Writes outcomes; call it in a transaction that holds their rows. */
  void finish(List<Outcome> outcomes) {
    List<Long> plain = new ArrayList<>();
    List<Outcome> others = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.status() == DeliveryStatus.DELIVERED && outcome.response() == null) {
        plain.add(outcome.delivery().id());
      } else {
        others.add(outcome);
      }
    }
    if (!plain.isEmpty()) {
      LocalDateTime at = Codec.time(outcomes.get(0).at());
      List<Object> arguments = new ArrayList<>(List.of(at, at));
      arguments.addAll(plain);
      jdbc.update(
          "update delivery set status = 3, lease_owner = null, last_error = null, due_at = ?, ended_at = ? where id in ("
              + marks(plain.size())
              + ")",
          arguments.toArray());
    }
    if (!others.isEmpty()) {
      jdbc.batchUpdate(
          "update delivery set status = ?, lease_owner = null, due_at = ?, last_error = ?, response = ?, ended_at = ?"
              + " where id = ?",
          others,
          others.size(),
          (statement, outcome) -> {
            boolean ended = outcome.status() != DeliveryStatus.PENDING;
            statement.setInt(1, outcome.status().code());
            statement.setObject(2, Codec.time(outcome.dueAt()));
            statement.setString(3, outcome.error());
            statement.setString(4, outcome.response());
            statement.setObject(5, ended ? Codec.time(outcome.at()) : null);
            statement.setLong(6, outcome.delivery().id());
          });
    }
  }

  /** Removes ended deliveries that are older; returns how many, at most {@code limit} of each status. */
  int forget(Instant endedBefore, int limit) {
    int removed = 0;
    for (DeliveryStatus status :
        List.of(DeliveryStatus.DELIVERED, DeliveryStatus.FAILED, DeliveryStatus.CANCELLED)) {
      removed +=
          inTransaction(
              () -> {
                List<Long> ids =
                    jdbc.queryForList(
                        "select id from delivery where status = ? and due_at < ? and ended_at < ? order by due_at"
                            + " limit ?",
                        Long.class,
                        status.code(),
                        Codec.time(endedBefore),
                        Codec.time(endedBefore),
                        limit);
                return ids.isEmpty()
                    ? 0
                    : jdbc.update(
                        "delete from delivery where id in (" + marks(ids.size()) + ")",
                        ids.toArray());
              });
    }
    return removed;
  }

  /** How many wait, and since when the longest due one is due. */
  record Queue(long pending, long sending, Optional<Instant> oldestDue) {}

  Queue queue() {
    return inTransaction(
        () ->
            new Queue(
                count(DeliveryStatus.PENDING),
                count(DeliveryStatus.SENDING),
                jdbc
                    .queryForList(
                        "select due_at from delivery where status = 1 order by due_at limit 1",
                        LocalDateTime.class)
                    .stream()
                    .findFirst()
                    .map(Codec::time)));
  }

  private long count(DeliveryStatus status) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from delivery where status = ?", Long.class, status.code());
    return count == null ? 0 : count;
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  private static Object[] with(List<Long> ids, Object last) {
    List<Object> arguments = new ArrayList<>(ids);
    arguments.add(last);
    return arguments.toArray();
  }

  static String marks(int count) {
    return "?, ".repeat(count - 1) + "?";
  }

  /** The name of a channel in detail and metrics. */
  static String name(Channel channel) {
    return channel.name().toLowerCase(Locale.ROOT);
  }
}
