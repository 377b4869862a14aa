package io.leadloom.identity.key;

import io.leadloom.identity.StaffState;
import io.leadloom.platform.Utc;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Digests;
import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.Vault;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one key of the account (SET-008, SET-009). It rests sealed, so that administrators can look at it again; checking it
 * costs no statement, as its hash is in memory until users or keys change.
 */
@Component
public class AccountKeys implements Resealing {

  /** The header that a request carries the key in. */
  public static final String HEADER = "X-Leadloom-Account-Key";

  /** What it is sealed for. */
  private static final String PURPOSE = "account-key";

  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final KeySecrets secrets;
  private final StaffState state;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile @Nullable Known known;

  AccountKeys(
      JdbcTemplate jdbc,
      Vault vault,
      KeySecrets secrets,
      StaffState state,
      AuditTrail trail,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.secrets = secrets;
    this.state = state;
    this.trail = trail;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What can be told about the key without showing it.
   *
   * @param createdBy the login of whoever made it
   * @param lastUsedAt exact to a minute; null for never
   */
  public record Facts(Instant createdAt, String createdBy, @Nullable Instant lastUsedAt) {}

  private record Stored(byte[] sealed, Facts facts) {}

  /** The hash of the key at one version of users and keys; empty while there is none. */
  private record Known(long version, byte[] hash) {}

  /** Facts about the key; empty while nobody has looked at it yet, so that none has been made. */
  public Optional<Facts> facts() {
    return Objects.requireNonNull(transaction.execute(status -> stored().map(Stored::facts)));
  }

  /** The key itself, which is made when there is none. That it was shown is written to the audit trail. */
  public String show(String login) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              // Locks the state first, so that two people do not make a key each.
              state.changing();
              Optional<Stored> found = stored();
              trail.record(event(found.isPresent() ? "shown" : "created"));
              return found.isPresent()
                  ? vault.open(found.get().sealed(), PURPOSE)
                  : made(login, true);
            }));
  }

  /** Puts a new key in the place of the present one, which stops at once, on other nodes within two seconds. */
  public String renew(String login) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              state.changing();
              boolean first = stored().isEmpty();
              trail.record(event("renewed").secret("key", !first, true));
              return made(login, first);
            }));
  }

  private String made(String login, boolean first) {
    String key = secrets.freshAccountKey();
    byte[] sealed = vault.seal(key, PURPOSE);
    LocalDateTime now = Utc.column(clock.instant());
    if (first) {
      jdbc.update(
          "insert into account_key (id, sealed, created_at, created_by) values (1, ?, ?, ?)",
          sealed,
          now,
          login);
    } else {
      jdbc.update(
          "update account_key set sealed = ?, created_at = ?, created_by = ?, last_used_at = null where id = 1",
          sealed,
          now,
          login);
    }
    return key;
  }

  /** Whether this is the account's key; notes its use once a minute, and wrong ones once a minute too. */
  boolean check(String given) {
    byte[] hash = hash(given);
    byte[] right = current().hash();
    boolean accepted = right.length > 0 && MessageDigest.isEqual(right, hash);
    Instant now = clock.instant();
    if (accepted && due(used, now)) {
      transaction.executeWithoutResult(
          status ->
              jdbc.update("update account_key set last_used_at = ? where id = 1", Utc.column(now)));
    } else if (!accepted && due(refused, now)) {
      trail.recordApart(event("refused").by(AuditActor.system("unknown")));
    }
    return accepted;
  }

  private static boolean due(AtomicLong noted, Instant now) {
    long last = noted.get();
    long millis = now.toEpochMilli();
    return (last > millis || last + NOTED_EVERY.toMillis() <= millis)
        && noted.compareAndSet(last, millis);
  }

  private Known current() {
    long version = state.version();
    Known present = known;
    if (present != null && present.version() == version) {
      return present;
    }
    byte[] hash =
        Objects.requireNonNull(
            transaction.execute(
                status ->
                    stored()
                        .map(found -> hash(vault.open(found.sealed(), PURPOSE)))
                        .orElseGet(() -> new byte[0])));
    Known fresh = new Known(version, hash);
    known = fresh;
    used.set(0);
    return fresh;
  }

  private Optional<Stored> stored() {
    return jdbc
        .query(
            "select sealed, created_at, created_by, last_used_at from account_key where id = 1",
            (row, n) ->
                new Stored(
                    row.getBytes(1),
                    new Facts(
                        Objects.requireNonNull(Utc.moment(row.getObject(2, LocalDateTime.class))),
                        row.getString(3),
                        Utc.moment(row.getObject(4, LocalDateTime.class)))))
        .stream()
        .findFirst();
  }

  @Override
  public int reseal() {
    Integer count =
        transaction.execute(
            status ->
                stored()
                    .flatMap(found -> vault.resealed(found.sealed(), PURPOSE))
                    .map(
                        fresh ->
                            jdbc.update("update account_key set sealed = ? where id = 1", fresh))
                    .orElse(0));
    return Objects.requireNonNull(count);
  }

  private static AuditEvent event(String what) {
    return AuditEvent.of("account-key." + what, "account-key", "1", "API key of the account");
  }

  /** The key has 256 random bits: nobody can try them out, so the hash may be fast. */
  private static byte[] hash(String key) {
    return Digests.of(key);
  }
}
