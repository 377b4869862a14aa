package io.leadloom.platform.web;

import io.leadloom.platform.Utc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What became of requests with an {@code Idempotency-Key}. The transaction that carries a request out marks its key in
 * the same commit: a request whose node died before it wrote anything can be repeated, one that had its effect cannot.
 */
@Component
class IdempotencyKeys implements TransactionExecutionListener {

  static final Duration KEPT = Duration.ofHours(24);
  private static final Duration LOST = Duration.ofMinutes(2);
  private static final int LONGEST_ANSWER = 1_000_000;
  private static final int RUNNING = 1;
  private static final int EFFECTIVE = 2;
  private static final int ANSWERED = 3;

  private final ThreadLocal<@Nullable Key> current = new ThreadLocal<>();
  private final org.springframework.beans.factory.ObjectProvider<JdbcTemplate> jdbc;
  private final org.springframework.beans.factory.ObjectProvider<PlatformTransactionManager>
      transactions;
  private final Clock clock;

  IdempotencyKeys(
      org.springframework.beans.factory.ObjectProvider<JdbcTemplate> jdbc,
      org.springframework.beans.factory.ObjectProvider<PlatformTransactionManager> transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** A key as its caller gave it. */
  record Key(String caller, String key) {

    byte[] callerBytes() {
      return caller.getBytes(StandardCharsets.UTF_8);
    }

    byte[] keyBytes() {
      return key.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An answer that was given. */
  record Answer(
      int status, @Nullable String contentType, @Nullable String location, @Nullable String body) {}

  /** What to do with a request. */
  sealed interface Start {

    /** Carry it out. */
    record Fresh() implements Start {}

    /** Give the same answer again. */
    record Replay(Answer answer) implements Start {}

    /** The key was used for something else. */
    record Other() implements Start {}

    /** It is being carried out, or was and its answer got lost. */
    record Taken(boolean effective) implements Start {}
  }

  Start begin(Key key, byte[] hash) {
    return own(
        () -> {
          Instant now = clock.instant();
          jdbc()
              .update(
                  "delete from idempotency_key where started_at < ? limit 100",
                  Utc.column(now.minus(KEPT)));
          Start known = known(key, hash, now);
          if (known == null) {
            jdbc()
                .update(
                    "insert into idempotency_key (caller, request_key, request_hash, state, started_at)"
                        + " values (?, ?, ?, ?, ?)",
                    key.callerBytes(),
                    key.keyBytes(),
                    hash,
                    RUNNING,
                    Utc.column(now));
            return new Start.Fresh();
          }
          return known;
        });
  }

  private Start own(java.util.function.Supplier<Start> work) {
    TransactionTemplate template = new TransactionTemplate(transactions.getObject());
    template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    try {
      return Objects.requireNonNull(template.execute(status -> work.get()));
    } catch (DuplicateKeyException e) {
      return new Start.Taken(false);
    }
  }

  private JdbcTemplate jdbc() {
    return jdbc.getObject();
  }

  private @Nullable Start known(Key key, byte[] hash, Instant now) {
    List<Start> found =
        jdbc()
            .query(
                "select request_hash, state, started_at, status, content_type, location, answer from idempotency_key"
                    + " where caller = ? and request_key = ? for update",
                (row, n) -> {
                  if (!MessageDigest.isEqual(hash, row.getBytes(1))) {
                    return new Start.Other();
                  }
                  int state = row.getInt(2);
                  if (state == ANSWERED) {
                    Answer answer =
                        new Answer(
                            row.getInt(4), row.getString(5), row.getString(6), row.getString(7));
                    return new Start.Replay(answer);
                  }
                  Instant started = Utc.moment(row.getObject(3, LocalDateTime.class));
                  boolean lost =
                      state == RUNNING && started != null && started.isBefore(now.minus(LOST));
                  return lost ? new Start.Fresh() : new Start.Taken(state == EFFECTIVE);
                },
                key.callerBytes(),
                key.keyBytes());
    if (!found.isEmpty() && found.get(0) instanceof Start.Fresh) {
      jdbc()
          .update(
              "update idempotency_key set started_at = ? where caller = ? and request_key = ?",
              Utc.column(now),
              key.callerBytes(),
              key.keyBytes());
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /** What this thread writes from now on is the effect of the request with this key. */
  void enter(Key key) {
    current.set(key);
  }

  void leave() {
    current.remove();
  }

  @Override
  public void beforeCommit(TransactionExecution execution) {
    Key key = current.get();
    if (key != null && execution.isNewTransaction() && !execution.isReadOnly()) {
      jdbc()
          .update(
              "update idempotency_key set state = ? where caller = ? and request_key = ? and state = ?",
              EFFECTIVE,
              key.callerBytes(),
              key.keyBytes(),
              RUNNING);
    }
  }

  /** Keeps the answer for those who ask again. */
  void answered(Key key, Answer answer) {
    String body = answer.body();
    jdbcInOwn(
        "update idempotency_key set state = ?, status = ?, content_type = ?, location = ?, answer = ?"
            + " where caller = ? and request_key = ?",
        ANSWERED,
        answer.status(),
        answer.contentType(),
        answer.location(),
        body == null || body.length() > LONGEST_ANSWER ? null : body,
        key.callerBytes(),
        key.keyBytes());
  }

  /** Forgets a request that failed before it had any effect, so that it can be tried again. */
  void failed(Key key) {
    jdbcInOwn(
        "delete from idempotency_key where caller = ? and request_key = ? and state = ?",
        key.callerBytes(),
        key.keyBytes(),
        RUNNING);
  }

  private void jdbcInOwn(String sql, @Nullable Object... arguments) {
    TransactionTemplate template = new TransactionTemplate(transactions.getObject());
    template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    template.executeWithoutResult(status -> jdbc().update(sql, arguments));
  }
}
