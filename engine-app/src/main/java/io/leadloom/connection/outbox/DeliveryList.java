package io.leadloom.connection.outbox;

import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Cause;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people see of the outbox, and what they may do to it. */
@Component
public class DeliveryList {

  private static final String COLUMNS =
      "id, delivery_key, channel, status, root_type, root_id, recipient, body, attempts, max_attempts, due_at, last_error,"
          + " response, cause, created_at, ended_at";

  private final JdbcTemplate jdbc;
  private final ResultWriter writer;
  private final DeliverySender sender;
  private final Clock clock;

  DeliveryList(JdbcTemplate jdbc, ResultWriter writer, DeliverySender sender, Clock clock) {
    this.jdbc = jdbc;
    this.writer = writer;
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * A delivery as people see it; headers and the name of the secret stay inside.
   *
   * @param dueAt when it is tried next, while it is pending
   */
  public record Entry(
      long id,
      String key,
      Channel channel,
      DeliveryStatus status,
      RecordRef root,
      String to,
      String body,
      int attempts,
      int maxAttempts,
      Instant createdAt,
      @Nullable Instant dueAt,
      @Nullable Instant endedAt,
      @Nullable String error,
      @Nullable String response,
      Cause cause) {}

  /** What to list; null for all. */
  public record Filter(
      @Nullable DeliveryStatus status, @Nullable Channel channel, @Nullable RecordRef root) {}

  /** The order begins with the columns that the index begins with; H2 sorts all matches otherwise. */
  private static String leading(Filter filter) {
    if (filter.root() != null) {
      return "root_type desc, root_id desc, ";
    }
    if (filter.status() != null) {
      return "status desc, ";
    }
    return filter.channel() == null ? "" : "channel desc, ";
  }

  /** Lists deliveries, newest first. */
  @Transactional(readOnly = true)
  public Page<Entry> list(Filter filter, @Nullable Long before, int limit) {
    StringBuilder sql = new StringBuilder("select " + COLUMNS + " from delivery where id < ?");
    List<Object> arguments = new ArrayList<>(List.of(before == null ? Long.MAX_VALUE : before));
    if (filter.status() != null) {
      sql.append(" and status = ?");
      arguments.add(filter.status().code());
    }
    if (filter.channel() != null) {
      sql.append(" and channel = ?");
      arguments.add(Codec.channel(filter.channel()));
    }
    if (filter.root() != null) {
      sql.append(" and root_type = ? and root_id = ?");
      arguments.add(filter.root().type().key());
      arguments.add(filter.root().id());
    }
    sql.append(" order by ").append(leading(filter)).append("id desc limit ?");
    arguments.add(limit + 1);
    List<Entry> found = jdbc.query(sql.toString(), (row, n) -> entry(row), arguments.toArray());
    boolean more = found.size() > limit;
    List<Entry> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? Long.toString(items.get(limit - 1).id()) : null, null);
  }

  /** One delivery. */
  @Transactional(readOnly = true)
  public Optional<Entry> find(long id) {
    return find(id, "");
  }

  /** Sends a failed or cancelled delivery again, with the same key and body and all its attempts. */
  @Transactional
  public Entry replay(long id) {
    Entry entry = locked(id);
    if (entry.status() != DeliveryStatus.FAILED && entry.status() != DeliveryStatus.CANCELLED) {
      throw refused(entry, "a delivery that failed or was cancelled");
    }
    jdbc.update(
        "update delivery set status = 1, attempts = 0, due_at = ?, last_error = null, ended_at = null where id = ?",
        Codec.time(clock.instant()),
        id);
    AfterCommit.run(sender::wake);
    return locked(id);
  }

  /** Stops a delivery that is not on its way; a run that waits for its receipt hears that it failed. */
  @Transactional
  public Entry cancel(long id) {
    Entry entry = locked(id);
    if (entry.status() != DeliveryStatus.PENDING) {
      throw refused(entry, "a delivery that is pending");
    }
    Instant now = clock.instant();
    jdbc.update(
        "update delivery set status = 5, due_at = ?, ended_at = ? where id = ?",
        Codec.time(now),
        Codec.time(now),
        id);
    writer.append(
        List.of(
            ResultWriter.entry(
                entry.key(),
                OutboxRows.name(entry.channel()),
                entry.root(),
                entry.cause(),
                now,
                "Cancelled")));
    return locked(id);
  }

  private static RefusedException refused(Entry entry, String expectation) {
    return new RefusedException(
        RefusedException.Reason.CONFLICT,
        "The delivery is " + entry.status().key(),
        List.of(Violation.of("status", entry.status().key(), expectation)));
  }

  private Entry locked(long id) {
    return find(id, " for update").orElseThrow(() -> RefusedException.notFound("delivery", id));
  }

  private Optional<Entry> find(long id, String lock) {
    return jdbc
        .query(
            "select " + COLUMNS + " from delivery where id = ?" + lock, (row, n) -> entry(row), id)
        .stream()
        .findFirst();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    DeliveryStatus status = DeliveryStatus.of(row.getInt("status"));
    LocalDateTime ended = row.getObject("ended_at", LocalDateTime.class);
    return new Entry(
        row.getLong("id"),
        new String(row.getBytes("delivery_key"), StandardCharsets.UTF_8),
        Codec.channel(row.getInt("channel")),
        status,
        Codec.ref(row.getString("root_type"), row.getLong("root_id")),
        row.getString("recipient"),
        row.getString("body"),
        row.getInt("attempts"),
        row.getInt("max_attempts"),
        Codec.time(row.getObject("created_at", LocalDateTime.class)),
        status == DeliveryStatus.PENDING
            ? Codec.time(row.getObject("due_at", LocalDateTime.class))
            : null,
        ended == null ? null : Codec.time(ended),
        row.getString("last_error"),
        row.getString("response"),
        Codec.cause(row.getString("cause")));
  }
}
