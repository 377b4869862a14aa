package io.leadloom.identity.key;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers who wants a token for an API key (RFC 6749, section 4.4: the client credentials grant). */
@Component
public class TokenRequests {

  /** Where tokens are given out. */
  public static final String PATH = "/api/v1/oauth/token";

  /** The request attribute with the {@code Authorization} header, which nobody else is to read there. */
  public static final String CREDENTIALS = TokenRequests.class.getName();

  private final KnownKeys keys;
  private final AccessTokens tokens;
  private final KeyFailures failures;
  private final RateLimits limits;

  TokenRequests(KnownKeys keys, AccessTokens tokens, KeyFailures failures, RateLimits limits) {
    this.keys = keys;
    this.tokens = tokens;
    this.failures = failures;
    this.limits = limits;
  }

  /** What is answered. */
  public sealed interface Answer {

    /**
     * A token.
     *
     * @param scope what it may be used for, with spaces
     */
    record Token(String token, long seconds, String scope) implements Answer {}

    /**
     * No token.
     *
     * @param error the code of RFC 6749
     * @param basic whether the client tried HTTP Basic, and has to be told so
     */
    record Refused(String error, String description, boolean basic) implements Answer {}

    /** Too many requests with this key. */
    record TooMany(long retrySeconds) implements Answer {}
  }

  private record Client(String key, String secret) {}

  /**
   * Answers a request.
   *
   * @param credentials the {@code Authorization} header
   * @param form the fields of the body
   */
  public Answer answer(@Nullable String credentials, Map<String, List<String>> form) {
    if (form.values().stream().anyMatch(values -> values.size() != 1)) {
      return refused("invalid_request", "A field is there more than once", false);
    }
    String grant = one(form, "grant_type");
    if (grant == null) {
      return refused("invalid_request", "grant_type is missing", false);
    }
    if (!grant.equals("client_credentials")) {
      return refused("unsupported_grant_type", "The only grant is client_credentials", false);
    }
    boolean posted = form.containsKey("client_secret");
    if (credentials != null && posted) {
      return refused("invalid_request", "Send the secret in one way, not in two", false);
    }
    Optional<Client> client = credentials == null ? posted(form) : basic(credentials);
    Optional<KnownKeys.Accepted> accepted =
        client.flatMap(given -> keys.check(given.key(), given.secret()));
    if (client.isEmpty() || accepted.isEmpty()) {
      client.ifPresent(given -> failures.note(given.key()));
      return refused(
          "invalid_client",
          "The access key (client_id) or its secret is wrong, or the key was revoked or has expired",
          credentials != null);
    }
    ApiKey key = accepted.get().key();
    Optional<RateLimits.Answer> rate = limits.take(key.id(), false);
    if (rate.isPresent() && !rate.get().allowed()) {
      return new Answer.TooMany(Math.max(1, rate.get().retrySeconds()));
    }
    return token(key, one(form, "scope"));
  }

  private Answer token(ApiKey key, @Nullable String wanted) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    if (wanted == null) {
      scopes.addAll(key.scopes());
    } else {
      for (String name : wanted.strip().split(" +", -1)) {
        Optional<Scope> scope = Scope.of(name).filter(key.scopes()::contains);
        if (scope.isEmpty()) {
          return refused(
              "invalid_scope", "The key has the scopes " + AccessTokens.text(key.scopes()), false);
        }
        scopes.add(scope.get());
      }
    }
    return new Answer.Token(
        tokens.make(key, scopes), AccessTokens.LASTS.toSeconds(), AccessTokens.text(scopes));
  }

  private static Optional<Client> posted(Map<String, List<String>> form) {
    String key = one(form, "client_id");
    String secret = one(form, "client_secret");
    return key == null || secret == null ? Optional.empty() : Optional.of(new Client(key, secret));
  }

  private static Optional<Client> basic(String header) {
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 1
          ? Optional.empty()
          : Optional.of(new Client(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      // Not Base64.
      return Optional.empty();
    }
  }

  private static @Nullable String one(Map<String, List<String>> form, String field) {
    List<String> values = form.get(field);
    return values == null || values.get(0).isEmpty() ? null : values.get(0);
  }

  private static Answer refused(String error, String description, boolean basic) {
    return new Answer.Refused(error, description, basic);
  }
}
