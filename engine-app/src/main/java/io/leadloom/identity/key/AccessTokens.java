package io.leadloom.identity.key;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import io.leadloom.platform.vault.SealedKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Bearer tokens that stand for an API key for a while. They are signed with a key that all nodes share, so that checking
 * one asks the database nothing; whether its API key and user are still good is looked up in memory at each call.
 */
@Component
class AccessTokens {

  /** How long a token is good for. */
  static final Duration LASTS = Duration.ofMinutes(15);

  private static final String ISSUER = "leadloom";
  private static final String KEY = "key";
  private static final String SCOPE = "scope";
  private static final int LONGEST = 2_000;

  private final KnownKeys keys;
  private final Clock clock;
  private final SingletonSupplier<Signature> signature;

  AccessTokens(SealedKeys sealed, KnownKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    this.signature = SingletonSupplier.of(() -> Signature.with(sealed.hmac("access-token"), clock));
  }

  private record Signature(JwtEncoder makes, JwtDecoder checks) {

    static Signature with(SecretKey key, Clock clock) {
      NimbusJwtDecoder checks =
          NimbusJwtDecoder.withSecretKey(key).macAlgorithm(MacAlgorithm.HS256).build();
      JwtTimestampValidator time = new JwtTimestampValidator(Duration.ZERO);
      time.setClock(clock);
      checks.setJwtValidator(time);
      return new Signature(new NimbusJwtEncoder(new ImmutableSecret<>(key)), checks);
    }
  }

  /** Makes a token for a key with some of its scopes. */
  String make(ApiKey key, Set<Scope> scopes) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(ISSUER)
            .subject(Long.toString(key.userId()))
            .claim(KEY, Long.toString(key.id()))
            .claim(SCOPE, text(scopes))
            .id(UUID.randomUUID().toString())
            .issuedAt(now)
            .expiresAt(now.plus(LASTS))
            .build();
    return signature
        .obtain()
        .makes()
        .encode(
            JwtEncoderParameters.from(
                JwsHeader.with(MacAlgorithm.HS256).type("JWT").build(), claims))
        .getTokenValue();
  }

  /** Scopes as OAuth writes them. */
  static String text(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::key).collect(Collectors.joining(" "));
  }

  /** The key that a token stands for, with the token's scopes, when token, key and user are good. */
  Optional<KnownKeys.Accepted> check(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    Jwt read;
    try {
      read = signature.obtain().checks().decode(token);
    } catch (JwtException e) {
      return Optional.empty();
    }
    String id = read.getClaimAsString(KEY);
    String scope = read.getClaimAsString(SCOPE);
    if (id == null || scope == null || !ISSUER.equals(read.getClaimAsString("iss"))) {
      return Optional.empty();
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    Arrays.stream(scope.split(" ", -1)).forEach(one -> Scope.of(one).ifPresent(scopes::add));
    return keys.use(Long.parseLong(id)).map(accepted -> accepted.within(scopes));
  }
}
