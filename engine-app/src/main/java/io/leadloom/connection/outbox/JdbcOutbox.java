package io.leadloom.connection.outbox;

import io.leadloom.connection.Deliveries;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes deliveries in the caller's transaction and wakes the sender after it. */
@Component
class JdbcOutbox implements Deliveries {

  private static final int LONGEST_KEY = 190;
  private static final int LONGEST_ADDRESS = 2_000;
  private static final int LONGEST_BODY = 1_000_000;
  private static final int MOST_ATTEMPTS = 20;

  /** Unlike MySQL's "insert ignore" this passes over a key that is there, and nothing else. */
  private static final String INSERT =
      "insert into delivery (delivery_key, channel, status, lane, root_type, root_id, recipient, body, headers, secret,"
          + " max_attempts, attempts, due_at, cause, created_at)"
          + " values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)"
          + " on duplicate key update delivery_key = delivery.delivery_key";

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final DeliverySender sender;

  JdbcOutbox(JdbcTemplate jdbc, Clock clock, DeliverySender sender) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.sender = sender;
  }

  @Override
  public void enqueue(List<Request> requests) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "Deliveries are enqueued in the transaction that makes them necessary");
    }
    if (requests.isEmpty()) {
      return;
    }
    requests.forEach(JdbcOutbox::check);
    Instant now = clock.instant();
    jdbc.batchUpdate(
        INSERT,
        requests,
        requests.size(),
        (statement, request) -> {
          int at = 0;
          statement.setBytes(++at, request.key().getBytes(StandardCharsets.UTF_8));
          statement.setInt(++at, Codec.channel(request.channel()));
          statement.setString(++at, Codec.lane(request.channel(), request.to()));
          statement.setString(++at, request.root().type().key());
          statement.setLong(++at, request.root().id());
          statement.setString(++at, request.to());
          statement.setString(++at, request.body());
          Codec.Options options = Codec.options(request.options());
          statement.setString(++at, Codec.headers(options.headers()));
          statement.setString(++at, options.secret());
          statement.setInt(++at, Math.max(1, Math.min(MOST_ATTEMPTS, request.attempts())));
          Instant due =
              request.notBefore() != null && request.notBefore().isAfter(now)
                  ? request.notBefore()
                  : now;
          statement.setObject(++at, Codec.time(due));
          statement.setString(++at, Codec.cause(request.cause()));
          statement.setObject(++at, Codec.time(now));
        });
    AfterCommit.run(sender::wake);
  }

  private static void check(Request request) {
    if (request.key().isEmpty()
        || request.key().getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      throw new IllegalArgumentException("A delivery key has 1 to 190 bytes: " + request.key());
    }
    if (request.to().length() > LONGEST_ADDRESS) {
      throw RefusedException.invalid(
          "The address of a delivery is too long",
          Violation.of("to", request.to(), "at most 2,000 characters"));
    }
    if (request.body().length() > LONGEST_BODY) {
      throw RefusedException.invalid(
          "The content of a delivery is too long",
          Violation.of("body", request.body(), "at most 1,000,000 characters"));
    }
  }

  @Override
  public @Nullable String response(String key) {
    return jdbc
        .query(
            "select response from delivery where delivery_key = ?",
            (row, n) -> Optional.ofNullable(row.getString(1)),
            (Object) key.getBytes(StandardCharsets.UTF_8))
        .stream()
        .findFirst()
        .flatMap(found -> found)
        .orElse(null);
  }
}
