package io.leadloom.identity.oidc;

import io.leadloom.platform.outgoing.OutgoingHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.RestTemplate;

/**
 * Reads where the endpoints of a provider are when somebody first signs in with it, and again once an hour. While the
 * provider does not answer, what it said within the last day counts; who finds it silent asks it again after ten seconds,
 * so that it cannot hold many requests.
 */
@Component
class Discovery {

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration USABLE = Duration.ofDays(1);
  private static final Duration SILENT = Duration.ofSeconds(10);

  private final OutgoingHttp http;
  private final IssuerRules rules;
  private final Clock clock;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  Discovery(OutgoingHttp http, IssuerRules rules, Clock clock) {
    this.http = http;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * What a provider said of itself.
   *
   * @param algorithms how its tokens are signed, as it says
   */
  record Found(Map<String, Object> document, List<String> algorithms, Instant at) {

    /** A registration without what only the caller knows: client, secret, redirect address. */
    ClientRegistration.Builder registration() {
      return ClientRegistrations.fromOidcConfiguration(document);
    }
  }

  private static final class Place {
    private @Nullable Found found;
    private @Nullable SignOnRefusal failure;
    private Instant failedAt = Instant.EPOCH;
  }

  /**
   * What the provider says of itself.
   *
   * @throws SignOnRefusal with the reason UNREACHABLE
   */
  Found of(String issuer) {
    Place place = places.computeIfAbsent(issuer, key -> new Place());
    synchronized (place) {
      Instant now = clock.instant();
      Found found = place.found;
      if (found != null && within(found.at(), FRESH, now)) {
        return found;
      }
      SignOnRefusal failure = place.failure;
      if (failure == null || !within(place.failedAt, SILENT, now)) {
        try {
          Found fresh = read(issuer, now);
          place.found = fresh;
          place.failure = null;
          return fresh;
        } catch (SignOnRefusal e) {
          LOG.warn("{}", e.getMessage());
          failure = e;
          place.failure = e;
          place.failedAt = now;
        }
      }
      if (found != null && within(found.at(), USABLE, now)) {
        return found;
      }
      throw new SignOnRefusal(failure.reason(), String.valueOf(failure.getMessage()), failure);
    }
  }

  /** Asks the provider now, whatever is known. */
  Found again(String issuer) {
    places.remove(issuer);
    return of(issuer);
  }

  private static boolean within(Instant since, Duration lasts, Instant now) {
    return !since.isAfter(now) && since.plus(lasts).isAfter(now);
  }

  private Found read(String issuer, Instant now) {
    String address =
        (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + WELL_KNOWN;
    rules
        .refusal(issuer)
        .ifPresent(
            expectation -> {
              throw unreachable(
                  "The issuer " + issuer + " must not be called: it needs " + expectation);
            });
    Map<String, Object> document;
    try {
      document =
          new RestTemplate(http.requests())
              .exchange(
                  URI.create(address),
                  HttpMethod.GET,
                  null,
                  new ParameterizedTypeReference<Map<String, Object>>() {})
              .getBody();
    } catch (RestClientResponseException e) {
      throw unreachable(address + " answers with status " + e.getStatusCode().value(), e);
    } catch (ResourceAccessException e) {
      Throwable cause = e.getMostSpecificCause();
      throw unreachable(
          address
              + " cannot be reached: "
              + cause.getClass().getSimpleName()
              + " "
              + cause.getMessage(),
          e);
    } catch (RestClientException e) {
      throw unreachable(address + " answers with something else than a JSON object", e);
    }
    return checked(issuer, address, document, now);
  }

  private Found checked(
      String issuer, String address, @Nullable Map<String, Object> document, Instant now) {
    if (document == null || !issuer.equals(document.get("issuer"))) {
      throw unreachable(
          address
              + " names the issuer '"
              + (document == null ? "" : document.get("issuer"))
              + "'; enter the issuer exactly as it stands there");
    }
    for (String endpoint :
        List.of("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")) {
      Object value = document.get(endpoint);
      if (value == null && endpoint.equals("userinfo_endpoint")) {
        continue;
      }
      String refusal =
          value instanceof String text ? rules.refusal(text).orElse(null) : "an address";
      if (refusal != null) {
        throw unreachable(address + " has no usable " + endpoint + ": it needs " + refusal);
      }
    }
    List<String> algorithms = new ArrayList<>();
    if (document.get("id_token_signing_alg_values_supported") instanceof List<?> named) {
      named.forEach(name -> algorithms.add(String.valueOf(name)));
    }
    Found found = new Found(document, List.copyOf(algorithms), now);
    try {
      found.registration();
    } catch (RuntimeException e) {
      throw unreachable(address + " is not as OpenID Connect wants it: " + e.getMessage(), e);
    }
    return found;
  }

  private static SignOnRefusal unreachable(String message) {
    return new SignOnRefusal(SignOnRefusal.Reason.UNREACHABLE, message);
  }

  private static SignOnRefusal unreachable(String message, Exception cause) {
    return new SignOnRefusal(SignOnRefusal.Reason.UNREACHABLE, message, cause);
  }
}
