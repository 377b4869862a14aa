package io.leadloom.scoring;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Utc;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.Record;
import io.leadloom.record.points.LeadLedger;
import io.leadloom.record.points.LeadLedger.Points;
import io.leadloom.rules.verdict.ScorePart;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Scores all leads anew in the background when what earns points has changed (LEAD-152): a page of them is one transaction
 * with the row that says how far it is, so that another node goes on after a crash. Until its turn comes a lead shows its
 * old score.
 */
@Component
class Rescoring {

  private static final int PAGE = 1_000;

  /** By then every node works with the new settings: none writes an old score behind the back of this. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private static final long SETTLED = Long.MIN_VALUE;

  private final ScoreBook book;
  private final PointScales scales;
  private final Schemas schemas;
  private final LeadLedger ledger;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final LiveUpdates updates;
  private final Clock clock;
  private final long settling;
  private volatile Runnable bell = () -> {};

  Rescoring(
      ScoreBook book,
      PointScales scales,
      Schemas schemas,
      LeadLedger ledger,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      LiveUpdates updates,
      Clock clock) {
    this.book = book;
    this.scales = scales;
    this.schemas = schemas;
    this.ledger = ledger;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.updates = updates;
    this.clock = clock;
    this.settling = SETTLING.toNanos();
  }

  /** How far the scoring of all leads is. */
  enum State {
    DONE,
    RUNNING,
    CANCELLED
  }

  /**
   * How far it is.
   *
   * @param looked how many leads have been scored
   * @param changed how many of them have another score than before
   * @param total how many there are
   */
  record Progress(
      State state,
      long looked,
      long changed,
      long total,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  private record Run(String basis, Progress progress, long after) {}

  /** Who works in the background and wants to hear when there is something to do. */
  void onOrder(Runnable listener) {
    this.bell = listener;
  }

  Progress progress() {
    return find("").progress();
  }

  private Run find(String lock) {
    List<Run> found =
        jdbc.query(
            "select basis, state, looked, changed, total, started_at, ended_at, after_id from score_run where id = 1"
                + lock,
            (row, n) ->
                new Run(
                    row.getString(1),
                    new Progress(
                        State.values()[row.getInt(2)],
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        Utc.moment(row.getObject(6, LocalDateTime.class)),
                        Utc.moment(row.getObject(7, LocalDateTime.class))),
                    row.getLong(8)));
    return found.get(0);
  }

  /** Has all leads scored, from the first on; in the current transaction. */
  void begin() {
    find(" for update");
    begin(basis());
  }

  private void begin(String basis) {
    Long total = jdbc.queryForObject("select count(*) from leads", Long.class);
    jdbc.update(
        "update score_run set basis = ?, state = ?, after_id = ?, looked = 0, changed = 0, total = ?, started_at = ?,"
            + " ended_at = null where id = 1",
        basis,
        State.RUNNING.ordinal(),
        SETTLED,
        total,
        Utc.column(clock.instant()));
    tell();
  }

  /** Stops it; leads that it has not come to keep their scores until they are saved. In the current transaction. */
  void cancel() {
    if (find(" for update").progress().state() == State.RUNNING) {
      end(State.CANCELLED);
      tell();
    }
  }

  private void end(State state) {
    jdbc.update(
        "update score_run set state = ?, ended_at = ? where id = 1",
        state.ordinal(),
        Utc.column(clock.instant()));
  }

  private void tell() {
    AfterCommit.run(
        () -> {
          updates.publish("leadScore.changed", null);
          bell.run();
        });
  }

  /** Whether there is something to do; notices when something that earns points has another worth than before. */
  List<Long> open() {
    List<Long> open =
        transactions.execute(
            status -> {
              Run run = find("");
              String basis = basis();
              if (!run.basis().equals(basis)) {
                changed(basis);
              }
              return find("").progress().state() == State.RUNNING ? List.of(1L) : List.of();
            });
    return open == null ? List.of() : open;
  }

  private void changed(String basis) {
    Run run = find(" for update");
    if (run.basis().isEmpty()) {
      // Nothing has been scored by other settings before.
      jdbc.update("update score_run set basis = ? where id = 1", basis);
    } else if (!run.basis().equals(basis)) {
      begin(basis);
    }
  }

  /** What tells these settings from those that would give other scores. */
  private String basis() {
    Schema schema = schemas.latest();
    PointScale scale = scales.scale(schema);
    Map<String, Integer> activities = new TreeMap<>();
    schema.activityTypes().stream()
        .filter(type -> type.score() != 0)
        .forEach(type -> activities.put(type.key(), type.score()));
    String text = scale.facts() + " " + scale.maximum() + " " + activities;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every platform has SHA-256", e);
    }
  }

  /**
   * Scores one page of leads.
   *
   * @return whether there is more to do, and nobody else is doing it
   */
  boolean page() {
    return page(PAGE);
  }

  boolean page(int size) {
    if (find().after() == SETTLED) {
      LockSupport.parkNanos(settling);
    }
    return Boolean.TRUE.equals(transactions.execute(status -> work(size)));
  }

  private Run find() {
    Run run = transactions.execute(status -> find(""));
    if (run == null) {
      throw new IllegalStateException("The scoring of all leads cannot be read");
    }
    return run;
  }

  private boolean work(int size) {
    Run run = find(" for update");
    if (run.progress().state() != State.RUNNING) {
      return false;
    }
    Schema schema = schemas.latest();
    PointScale scale = scales.scale(schema);
    long after = run.after() == SETTLED ? 0 : run.after();
    List<Record> leads = ledger.lock(after, size, schema);
    Map<Long, List<ScorePart>> parts = book.parts(leads, book.account(leads), scale, schema);
    Map<Long, Points> points = new HashMap<>();
    for (Record lead : leads) {
      long id = lead.ref().id();
      points.put(id, ScoreBook.points(parts.getOrDefault(id, List.of()), scale));
    }
    int changed = ledger.set(leads, points, schema);
    boolean last = leads.size() < size;
    jdbc.update(
        "update score_run set after_id = ?, looked = looked + ?, changed = changed + ? where id = 1",
        leads.isEmpty() ? after : leads.get(leads.size() - 1).ref().id(),
        leads.size(),
        changed);
    if (last) {
      end(State.DONE);
      tell();
    }
    return !last;
  }
}
