package io.leadloom.identity.key;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key without its secret.
 *
 * @param userId the user it acts for
 * @param accessKey its public part
 * @param expiresAt when it ends by itself; null for never
 * @param revokedAt when it was ended; null while it was not
 * @param lastUsedAt when it was last used, exact to a minute
 */
public record ApiKey(
    long id,
    long userId,
    String name,
    String accessKey,
    Set<Scope> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /** Whether it can be used at this time, as far as it itself is concerned. */
  public boolean usable(Instant now) {
    return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
  }
}
