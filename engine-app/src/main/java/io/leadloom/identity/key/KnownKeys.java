package io.leadloom.identity.key;

import io.leadloom.identity.StaffState;
import io.leadloom.identity.Users;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks keys against those in memory, which are read again when users or keys have changed on any node: a call with a
 * key costs no statement of its own, but one a minute that notes its use.
 */
@Component
class KnownKeys {

  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final ApiKeyRows rows;
  private final KeySecrets secrets;
  private final StaffState state;
  private final Users users;
  private final Clock clock;
  private final TransactionTemplate transaction;
  private volatile @Nullable Snapshot snapshot;

  KnownKeys(
      ApiKeyRows rows,
      KeySecrets secrets,
      StaffState state,
      Users users,
      Clock clock,
      TransactionTemplate transaction) {
    this.rows = rows;
    this.secrets = secrets;
    this.state = state;
    this.users = users;
    this.clock = clock;
    this.transaction = transaction;
  }

  private record Known(ApiKey key, byte[] hash, AtomicLong noted) {}

  private record Snapshot(long version, Map<String, Known> keys, Map<Long, Known> byId) {}

  /** Who a key acts for. */
  record Accepted(ApiKey key, Users.Person user) {

    /** With those of its scopes that are among these. */
    Accepted within(Set<Scope> scopes) {
      Set<Scope> both = EnumSet.noneOf(Scope.class);
      key.scopes().stream().filter(scopes::contains).forEach(both::add);
      return new Accepted(
          new ApiKey(
              key.id(),
              key.userId(),
              key.name(),
              key.accessKey(),
              both,
              key.createdAt(),
              key.expiresAt(),
              key.revokedAt(),
              key.lastUsedAt()),
          user);
    }
  }

  /** The key, when it exists with this secret and can be used by a user who is active. */
  Optional<Accepted> check(String accessKey, String secret) {
    Known known = current().keys().get(accessKey);
    byte[] given = secrets.hash(accessKey, secret);
    if (known == null || !MessageDigest.isEqual(known.hash(), given)) {
      return Optional.empty();
    }
    return usable(known);
  }

  /** The key of a token that was given out for it, when it can still be used by a user who is active. */
  Optional<Accepted> use(long id) {
    return Optional.ofNullable(current().byId().get(id)).flatMap(this::usable);
  }

  private Optional<Accepted> usable(Known known) {
    ApiKey key = known.key();
    Instant now = clock.instant();
    Optional<Users.Person> user = users.find(key.userId()).filter(Users.Person::active);
    if (!key.usable(now) || user.isEmpty()) {
      return Optional.empty();
    }
    noteUse(known, now);
    return Optional.of(new Accepted(key, user.get()));
  }

  /** A key by its public part, also a revoked one, for those who note that it was refused. */
  Optional<ApiKey> known(String accessKey) {
    Known live = current().keys().get(accessKey);
    return live != null
        ? Optional.of(live.key())
        : Objects.requireNonNull(transaction.execute(status -> rows.find(accessKey)));
  }

  private void noteUse(Known known, Instant now) {
    long noted = known.noted().get();
    long millis = now.toEpochMilli();
    boolean due = noted > millis || noted + NOTED_EVERY.toMillis() <= millis;
    if (due && known.noted().compareAndSet(noted, millis)) {
      transaction.executeWithoutResult(status -> rows.used(known.key().id(), now));
    }
  }

  private Snapshot current() {
    long version = state.version();
    Snapshot known = snapshot;
    return known != null && known.version() == version ? known : read(version);
  }

  private synchronized Snapshot read(long version) {
    Snapshot before = snapshot;
    if (before != null && before.version() == version) {
      return before;
    }
    Map<String, Known> keys = new HashMap<>();
    Map<Long, Known> byId = new HashMap<>();
    for (ApiKeyRows.Stored stored : rows.live()) {
      ApiKey key = stored.key();
      Instant used = key.lastUsedAt();
      long noted = used == null ? 0 : used.toEpochMilli();
      Known known = new Known(key, stored.hash(), new AtomicLong(noted));
      keys.put(key.accessKey(), known);
      byId.put(key.id(), known);
    }
    Snapshot fresh = new Snapshot(version, keys, byId);
    snapshot = fresh;
    return fresh;
  }
}
