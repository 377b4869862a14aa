package io.leadloom.identity.key;

import io.leadloom.identity.StaffState;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes, lists and revokes keys. */
@Component
public class ApiKeys {

  private static final int MOST = 20;
  private static final int LONGEST_NAME = 100;

  private final ApiKeyRows rows;
  private final KeySecrets secrets;
  private final StaffState state;
  private final Ids ids;
  private final AuditTrail trail;
  private final Clock clock;

  ApiKeys(
      ApiKeyRows rows,
      KeySecrets secrets,
      StaffState state,
      Ids ids,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.secrets = secrets;
    this.state = state;
    this.ids = ids;
    this.trail = trail;
    this.clock = clock;
  }

  /** A key and its secret, which is known only now. */
  public record Made(ApiKey key, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Made[key=" + key + "]";
    }
  }

  /** Keys of a user, or of all when null, newest first, before this id. */
  @Transactional(readOnly = true)
  public List<ApiKey> list(@Nullable Long userId, long before, int most) {
    return rows.list(userId, before, most);
  }

  /** Makes a key for a user. */
  @Transactional
  public Made create(long userId, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String kept = name.strip();
    if (kept.isEmpty()
        || kept.length() > LONGEST_NAME
        || kept.chars().anyMatch(Character::isISOControl)) {
      throw refused("name", name, "1 to " + LONGEST_NAME + " characters on one line");
    }
    if (scopes.isEmpty()) {
      throw refused("scopes", null, "at least one of read, write, bulk, administration");
    }
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw refused("expiresAt", expiresAt, "a time to come, or nothing");
    }
    // Locks the state first, so that two requests do not both make the last key that is allowed.
    state.changing();
    if (rows.liveOf(userId, now) >= MOST) {
      throw refused("name", name, "at most " + MOST + " keys of a user: revoke one first");
    }
    String accessKey = secrets.freshAccessKey();
    String secret = secrets.freshSecret();
    ApiKey key =
        new ApiKey(
            ids.next("api_key"), userId, kept, accessKey, scopes, now, expiresAt, null, null);
    rows.insert(key, secrets.hash(accessKey, secret));
    trail.record(
        about("created", key)
            .fact("accessKey", accessKey)
            .fact("userId", userId)
            .fact("scopes", names(scopes))
            .fact("expiresAt", expiresAt));
    return new Made(key, secret);
  }

  /** The key with this id. */
  @Transactional(readOnly = true)
  public ApiKey get(long id) {
    return rows.find(id).orElseThrow(() -> RefusedException.notFound("API key", id));
  }

  /** Ends a key at once, on other nodes within two seconds. Nothing happens to one that has ended. */
  @Transactional
  public void revoke(long id) {
    ApiKey key = get(id);
    state.changing();
    if (rows.revoke(id, clock.instant())) {
      trail.record(
          about("revoked", key).fact("accessKey", key.accessKey()).fact("userId", key.userId()));
    }
  }

  private static AuditEvent about(String what, ApiKey key) {
    return AuditEvent.of("api-key." + what, "api-key", key.id(), key.name());
  }

  private static Set<String> names(Set<Scope> scopes) {
    return scopes.stream().map(Scope::key).collect(Collectors.toCollection(TreeSet::new));
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The key cannot be made", Violation.of(field, value, expectation));
  }
}
