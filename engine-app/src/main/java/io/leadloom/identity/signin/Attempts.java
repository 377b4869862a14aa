package io.leadloom.identity.signin;

import io.leadloom.platform.Folded;
import io.leadloom.platform.Utc;
import io.leadloom.platform.vault.Digests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Slows guessing down per login and per network address, on all nodes together. An attempt counts before the password is
 * checked, so that many at once gain nothing; a right one takes its count back. Logins that do not exist are counted as
 * those that do, so that nothing tells which exist.
 */
@Component
@EnableConfigurationProperties(SignInSettings.class)
public class Attempts {

  private static final int MOST_KNOWN = 10_000;

  /** A page of users. */
  private static final int MOST_NAMED = 200;

  private static final int MOST_DOUBLINGS = 20;
  private static final Duration SHORTEST_STEP = Duration.ofMillis(1);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final SignInSettings settings;
  private final Clock clock;

  /** Waits that this node has heard of, so that asking costs no statement. */
  private final Map<String, Instant> waits = new ConcurrentHashMap<>();

  Attempts(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      SignInSettings settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.settings = settings;
    this.clock = clock;
  }

  /** Who tries: what was typed as login, and where the request came from; null for an unknown place. */
  public record Attempt(String login, @Nullable String address) {

    /** A try that names no login, such as one that a provider of single sign-on answers for: only the address counts. */
    public static Attempt from(@Nullable String address) {
      return new Attempt("", address);
    }
  }

  private record Row(int failures, Instant lastAt, @Nullable Instant lockedUntil) {}

  /** How long this node knows that the attempt has to wait; empty when it may be made. Costs no statement. */
  public Optional<Duration> knownWait(Attempt attempt) {
    Instant now = clock.instant();
    return subjects(attempt).stream()
        .map(waits::get)
        .filter(until -> until != null && until.isAfter(now))
        .map(until -> Duration.between(now, Objects.requireNonNull(until)))
        .max(Duration::compareTo);
  }

  /** Counts an attempt that is about to be made; when it may not, returns how long it has to wait. */
  public Optional<Duration> begin(Attempt attempt) {
    Optional<Duration> known = knownWait(attempt);
    if (known.isPresent()) {
      return known;
    }
    Duration wait =
        transaction.execute(
            status -> {
              for (String subject : subjects(attempt)) {
                Duration left = count(subject);
                if (!left.isZero()) {
                  // The address has counted already: whoever keeps on trying waits longer.
                  return left;
                }
              }
              return Duration.ZERO;
            });
    return wait == null || wait.isZero() ? Optional.empty() : Optional.of(wait);
  }

  /** The attempt was right: the login starts anew, and the address gets its count back. */
  public void succeeded(Attempt attempt) {
    List<String> subjects = subjects(attempt);
    transaction.executeWithoutResult(
        status -> {
          for (String subject : subjects) {
            if (subject.startsWith("address:")) {
              jdbc.update(
                  "update sign_in_attempt set failures = failures - 1, locked_until = null where subject = ? and failures"
                      + " > 0",
                  subject);
            } else {
              jdbc.update("delete from sign_in_attempt where subject = ?", subject);
            }
          }
        });
    subjects.forEach(waits::remove);
  }

  /** Which of these logins have to wait right now, because of wrong passwords. */
  public Set<String> locked(Collection<String> logins) {
    List<Object> asked = new ArrayList<>();
    asked.add(Utc.column(clock.instant()));
    StringBuilder sql =
        new StringBuilder("select subject from sign_in_attempt where locked_until > ?");
    // For more of them, the index of those who wait is the shorter way.
    if (!logins.isEmpty() && logins.size() <= MOST_NAMED) {
      logins.forEach(login -> asked.add(subjectOf(login)));
      sql.append(" and subject in (?").append(", ?".repeat(logins.size() - 1)).append(")");
    }
    Set<String> waiting =
        new HashSet<>(
            Objects.requireNonNullElse(
                transaction.execute(
                    status -> jdbc.queryForList(sql.toString(), String.class, asked.toArray())),
                List.of()));
    return logins.stream()
        .filter(login -> waiting.contains(subjectOf(login)))
        .collect(Collectors.toSet());
  }

  /** Deletes what no longer counts. */
  public int forgetOld() {
    Instant before = clock.instant().minus(settings.forgetAfter()).minus(settings.longestWait());
    Integer gone =
        transaction.execute(
            status ->
                jdbc.update("delete from sign_in_attempt where last_at < ?", Utc.column(before)));
    return gone == null ? 0 : gone;
  }

  private Duration count(String subject) {
    Instant now = clock.instant();
    // Makes the row if there is none, and holds it until the transaction ends.
    jdbc.update(
        "insert into sign_in_attempt (subject, failures, last_at) values (?, 0, ?)"
            + " on duplicate key update subject = sign_in_attempt.subject",
        subject,
        Utc.column(now));
    Row row =
        Objects.requireNonNull(
            jdbc.queryForObject(
                "select failures, last_at, locked_until from sign_in_attempt where subject = ? for update",
                (found, number) ->
                    new Row(
                        found.getInt(1),
                        Objects.requireNonNull(Utc.moment(found.getObject(2, LocalDateTime.class))),
                        Utc.moment(found.getObject(3, LocalDateTime.class))),
                subject));
    Instant locked = row.lockedUntil();
    if (locked != null && locked.isAfter(now)) {
      know(subject, locked);
      return Duration.between(now, locked);
    }
    boolean login = subject.startsWith("login:");
    int most = login ? settings.triesPerLogin() : settings.triesPerAddress();
    Row faded = login ? forgotten(row, now) : faded(row, now);
    int failures = faded.failures() + 1;
    Instant until = failures < most ? null : now.plus(wait(failures - most));
    jdbc.update(
        "update sign_in_attempt set failures = ?, last_at = ?, locked_until = ? where subject = ?",
        failures,
        Utc.column(faded.lastAt()),
        until == null ? null : Utc.column(until),
        subject);
    if (until != null) {
      know(subject, until);
    }
    return Duration.ZERO;
  }

  /** Wrong passwords of a login count until nobody has tried for a while. */
  private Row forgotten(Row row, Instant now) {
    boolean stale = row.lastAt().plus(settings.forgetAfter()).isBefore(now);
    return new Row(stale ? 0 : row.failures(), now, null);
  }

  /**
   * Behind an address that is always in use the count would never be forgotten: it loses one for each part of the time,
   * and {@code lastAt} is up to when it has.
   */
  private Row faded(Row row, Instant now) {
    Duration part = settings.forgetAfter().dividedBy(settings.triesPerAddress());
    Duration step = part.isZero() ? SHORTEST_STEP : part;
    long steps = Math.max(0, Duration.between(row.lastAt(), now).dividedBy(step));
    return steps >= row.failures()
        ? new Row(0, now, null)
        : new Row(row.failures() - (int) steps, row.lastAt().plus(step.multipliedBy(steps)), null);
  }

  private Duration wait(int beyond) {
    Duration doubled = settings.firstWait().multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
    return doubled.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : doubled;
  }

  private void know(String subject, Instant until) {
    if (waits.size() >= MOST_KNOWN) {
      waits.clear();
    }
    waits.put(subject, until);
  }

  /** The address first: all attempts lock the rows in this order. */
  private static List<String> subjects(Attempt attempt) {
    List<String> subjects = new ArrayList<>();
    String address = attempt.address();
    if (address != null && address.length() <= 70) {
      subjects.add("address:" + address);
    }
    // Nobody has an empty login.
    if (!attempt.login().isEmpty()) {
      subjects.add(subjectOf(attempt.login()));
    }
    return subjects;
  }

  private static String subjectOf(String login) {
    return "login:" + Digests.hex(String.valueOf(Folded.of(login)));
  }
}
