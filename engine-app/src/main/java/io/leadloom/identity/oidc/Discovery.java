package io.leadloom.identity.oidc;

import io.leadloom.platform.outgoing.OutgoingHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.RestTemplate;

/**
 * Reads where the endpoints of a provider are when somebody first signs in with it, and again once an hour. While the
 * provider does not answer, what it said within the last day counts. One request waits for it, for eight seconds at most,
 * and the next ten seconds after that; the others go on with what is known, so that it cannot hold many requests.
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
  private final Patience patience;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  @Autowired
  Discovery(OutgoingHttp http, IssuerRules rules, Clock clock) {
    this(http, rules, clock, new Patience(Duration.ofSeconds(8), Duration.ofSeconds(1)));
  }

  Discovery(OutgoingHttp http, IssuerRules rules, Clock clock, Patience patience) {
    this.http = http;
    this.rules = rules;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * How long requests wait for a provider.
   *
   * @param whole whoever asks, for the whole answer
   * @param others those who find nothing known yet, for the answer that another one has asked for
   */
  record Patience(Duration whole, Duration others) {}

  /**
   * What a provider said of itself.
   *
   * @param algorithms how its tokens are signed, as it says
   * @param signOut where browsers sign out at the provider; null when it does not offer that
   */
  record Found(
      Map<String, Object> document, List<String> algorithms, @Nullable String signOut, Instant at) {

    /** A registration without what only the caller knows: client, secret, redirect address. */
    ClientRegistration.Builder registration() {
      return ClientRegistrations.fromOidcConfiguration(document);
    }
  }

  private record Failure(SignOnRefusal refusal, Instant at) {}

  private static final class Place {
    private final AtomicReference<@Nullable CompletableFuture<Found>> running =
        new AtomicReference<>();
    private volatile @Nullable Found found;
    private volatile @Nullable Failure failure;
  }

  /**
   * What the provider says of itself.
   *
   * @throws SignOnRefusal with the reason UNREACHABLE
   */
  Found of(String issuer) {
    Place place = place(issuer);
    Instant now = clock.instant();
    Found found = place.found;
    if (found != null && within(found.at(), FRESH, now)) {
      return found;
    }
    Failure failure = place.failure;
    SignOnRefusal refusal;
    if (failure != null && within(failure.at(), SILENT, now)) {
      refusal = failure.refusal();
    } else {
      try {
        return asked(issuer, place, false);
      } catch (SignOnRefusal e) {
        refusal = e;
      }
    }
    if (found != null && within(found.at(), USABLE, now)) {
      return found;
    }
    throw new SignOnRefusal(refusal.reason(), String.valueOf(refusal.getMessage()), refusal);
  }

  private Place place(String issuer) {
    return places.computeIfAbsent(issuer, key -> new Place());
  }

  /**
   * Asks a provider, or waits for the answer that another request has asked for.
   *
   * @param whole whether to wait for that as long as for an own one, and not for a moment at most
   */
  private Found asked(String issuer, Place place, boolean whole) {
    CompletableFuture<Found> mine = new CompletableFuture<>();
    CompletableFuture<Found> theirs = place.running.compareAndExchange(null, mine);
    Duration wait =
        theirs == null || whole
            ? patience.whole()
            : place.found == null && place.failure == null ? patience.others() : Duration.ZERO;
    if (theirs == null) {
      Thread asking = new Thread(() -> ask(issuer, place, mine), "discovery");
      asking.setDaemon(true);
      asking.start();
    }
    try {
      return (theirs == null ? mine : theirs).get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SignOnRefusal refusal) {
        throw refusal;
      }
      throw unreachable(issuer + " cannot be asked: " + e.getCause(), e);
    } catch (TimeoutException e) {
      SignOnRefusal refusal = unreachable(issuer + " has not answered yet", e);
      if (theirs == null) {
        LOG.warn("{}", refusal.getMessage());
        place.failure = new Failure(refusal, clock.instant());
      }
      throw refusal;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(issuer + " was not waited for", e);
    }
  }

  /** On a thread of its own: nobody waits longer than he wants to, and one call at a time goes to each provider. */
  private void ask(String issuer, Place place, CompletableFuture<Found> answer) {
    try {
      Found fresh = read(issuer);
      place.found = fresh;
      place.failure = null;
      // First, so that nobody who comes later is given this answer as a new one.
      place.running.set(null);
      answer.complete(fresh);
    } catch (RuntimeException e) {
      SignOnRefusal refusal =
          e instanceof SignOnRefusal known
              ? known
              : unreachable(issuer + " cannot be asked: " + e.getMessage(), e);
      LOG.warn("{}", refusal.getMessage());
      place.failure = new Failure(refusal, clock.instant());
      place.running.set(null);
      answer.completeExceptionally(refusal);
    } finally {
      place.running.compareAndSet(answer, null);
    }
  }

  /**
   * Asks the provider now, whatever is known: that stays, for those who sign in while the provider does not answer.
   *
   * @throws SignOnRefusal with the reason UNREACHABLE
   */
  Found again(String issuer) {
    Place place = place(issuer);
    place.failure = null;
    return asked(issuer, place, true);
  }

  private static boolean within(Instant since, Duration lasts, Instant now) {
    return !since.isAfter(now) && since.plus(lasts).isAfter(now);
  }

  private Found read(String issuer) {
    String address =
        (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + WELL_KNOWN;
    rules
        .refusal(issuer)
        .ifPresent(
            expectation -> {
              throw unreachable(
                  "The issuer " + issuer + " must not be called: it needs " + expectation);
            });
    ResponseEntity<Map<String, Object>> answer;
    try {
      answer =
          new RestTemplate(http.requests())
              .exchange(
                  URI.create(address),
                  HttpMethod.GET,
                  null,
                  new ParameterizedTypeReference<Map<String, Object>>() {});
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
    if (answer.getStatusCode().value() != 200) {
      // Redirects are not followed: they would lead past the guard.
      throw unreachable(address + " answers with status " + answer.getStatusCode().value());
    }
    return checked(issuer, address, answer.getBody(), clock.instant());
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
    Found found =
        new Found(
            document, List.copyOf(algorithms), signOut(document.get("end_session_endpoint")), now);
    try {
      found.registration();
    } catch (RuntimeException e) {
      throw unreachable(address + " is not as OpenID Connect wants it: " + e.getMessage(), e);
    }
    return found;
  }

  /** Without a usable address people sign out here only; that is no reason to let nobody in. */
  private @Nullable String signOut(@Nullable Object endpoint) {
    return endpoint instanceof String address && rules.refusal(address).isEmpty() ? address : null;
  }

  private static SignOnRefusal unreachable(String message) {
    return new SignOnRefusal(SignOnRefusal.Reason.UNREACHABLE, message);
  }

  private static SignOnRefusal unreachable(String message, Exception cause) {
    return new SignOnRefusal(SignOnRefusal.Reason.UNREACHABLE, message, cause);
  }
}
