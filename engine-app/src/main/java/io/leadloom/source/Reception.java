package io.leadloom.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.vault.Digests;
import io.leadloom.source.Arrival.State;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what is delivered (LEAD-128). It is kept before anything is made of it, so that nothing is lost; the same
 * delivery twice makes one lead.
 */
@Component
public class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  /** How long one is left to the request that has brought it. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final int LONGEST_KEY = 200;

  private final IntegrationRows integrations;
  private final ArrivalRows rows;
  private final ArrivalWork work;
  private final Parcels parcels;
  private final ArrivalRates rates;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Reception(
      IntegrationRows integrations,
      ArrivalRows rows,
      ArrivalWork work,
      Parcels parcels,
      ArrivalRates rates,
      TransactionTemplate transaction,
      Clock clock) {
    this.integrations = integrations;
    this.rows = rows;
    this.work = work;
    this.parcels = parcels;
    this.rates = rates;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What came.
   *
   * @param form whether the body is an HTML form; otherwise it is JSON
   * @param key what tells it from other deliveries, as its header says; null for nothing
   * @param signature that of Meta; null for none
   */
  public record Delivery(
      byte[] body,
      boolean form,
      Charset charset,
      @Nullable String key,
      @Nullable String signature) {}

  /**
   * What has become of a delivery.
   *
   * @param arrival null when it spoke of no lead
   * @param replayed whether it had come in before
   */
  public record Outcome(@Nullable Arrival arrival, boolean replayed) {}

  /** The integration that has an address; empty for none. */
  public Optional<Integration> at(String token) {
    return Objects.requireNonNull(transaction.execute(status -> integrations.byToken(token)));
  }

  /** Whether there may be another delivery from a network and to an integration at this time. */
  public boolean mayCome(@Nullable Integration integration, String address) {
    return rates.take(integration == null ? null : integration.id(), address);
  }

  /**
   * Whether the browser of a visitor may bring another one at this time.
   *
   * @param visitor the address of the visitor's network; null where somebody in between has passed it on
   */
  public boolean mayCome(Integration integration, @Nullable String visitor, String address) {
    return visitor == null
        ? rates.take(integration.id(), address)
        : rates.takeOf(integration.id(), visitor);
  }

  /** Notes that something was refused that is not kept. */
  public void noted(Integration integration, String problem) {
    transaction.executeWithoutResult(
        status -> integrations.problem(integration.id(), problem, clock.instant()));
  }

  /** Whether Meta asks with the key of the integration. */
  public boolean asks(Integration integration, String key) {
    Secrets secrets = secrets(integration);
    boolean known =
        integration.kind().meta()
            && MessageDigest.isEqual(
                secrets.key().getBytes(StandardCharsets.UTF_8),
                key.getBytes(StandardCharsets.UTF_8));
    if (!known) {
      noted(integration, "Meta asked with another verify token than that of the integration");
    }
    return known;
  }

  private Secrets secrets(Integration integration) {
    return Objects.requireNonNull(
        transaction.execute(status -> integrations.secrets(integration.id())));
  }

  /**
   * Takes a delivery in.
   *
   * @throws RefusedException (FORBIDDEN) when it is not from whom it should be
   */
  public Outcome take(Integration integration, Delivery delivery) {
    try {
      return switch (integration.kind()) {
        case FORM, CHATBOT, API -> open(integration, delivery);
        case GOOGLE_ADS -> google(integration, delivery);
        case FACEBOOK, INSTAGRAM -> meta(integration, delivery);
      };
    } catch (Parcels.Unreadable e) {
      return kept(integration, e.parcel());
    }
  }

  private Outcome open(Integration integration, Delivery delivery) throws Parcels.Unreadable {
    Map<String, String> values =
        delivery.form()
            ? parcels.form(delivery.body(), delivery.charset())
            : parcels.values(parcels.document(delivery.body()));
    String field = integration.deliveryField();
    String named = field == null ? null : values.get(field);
    String key = delivery.key() == null ? named : delivery.key();
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw RefusedException.invalid(
          "The key of the delivery cannot be used",
          Violation.of(
              delivery.key() == null && field != null ? field : "Idempotency-Key",
              key,
              "1 to " + LONGEST_KEY + " characters"));
    }
    return kept(integration, Parcel.of(key, values));
  }

  private Outcome google(Integration integration, Delivery delivery) throws Parcels.Unreadable {
    JsonNode document = parcels.document(delivery.body());
    if (!GoogleLeads.knows(document, secrets(integration).key())) {
      throw notFrom(integration, "google_key", "the key that the integration shows");
    }
    return kept(integration, GoogleLeads.read(document));
  }

  private Outcome meta(Integration integration, Delivery delivery) throws Parcels.Unreadable {
    String appSecret = secrets(integration).appSecret();
    if (appSecret == null || !MetaLeads.signed(delivery.body(), delivery.signature(), appSecret)) {
      throw notFrom(
          integration,
          "X-Hub-Signature-256",
          appSecret == null
              ? "an app secret in the integration first"
              : "sha256= and the HMAC-SHA256 of the body with the app secret");
    }
    Outcome last = new Outcome(null, false);
    for (Parcel parcel : MetaLeads.read(parcels.document(delivery.body()))) {
      String page = integration.page();
      if (page == null || page.equals(parcel.values().get("page_id"))) {
        last = kept(integration, parcel);
      } else {
        noted(
            integration, "A lead of the page " + parcel.values().get("page_id") + " was left out");
      }
    }
    return last;
  }

  /** Takes a lead in that was filled in before the integration was set up. */
  Outcome earlier(Integration integration, Parcel parcel) {
    return kept(integration, parcel);
  }

  private RefusedException notFrom(Integration integration, String field, String expectation) {
    noted(integration, "A delivery was refused: " + field + " was not " + expectation);
    return new RefusedException(
        Reason.FORBIDDEN,
        "The delivery is not from whom it should be",
        List.of(Violation.of(field, null, expectation)));
  }

  private static @Nullable String digest(Integration integration, Parcel parcel) {
    String scope = integration.kind().meta() ? "meta" : Long.toString(integration.id());
    return parcel.key() == null ? null : Digests.hex(scope + ":" + parcel.key());
  }

  private Outcome kept(Integration integration, Parcel parcel) {
    String digest = digest(integration, parcel);
    State state =
        parcel.test()
            ? State.TEST
            : parcel.raw() != null
                ? State.REFUSED
                : integration.active() ? State.WAITING : State.HELD;
    Instant now = clock.instant();
    // Meta is asked at once; anything else is left to this request for a while.
    Instant due = state != State.WAITING ? null : parcel.complete() ? now.plus(LEASE) : now;
    try {
      Long id =
          transaction.execute(
              status -> {
                integrations.received(integration.id(), parcel.test(), now);
                if (state == State.REFUSED) {
                  integrations.problem(integration.id(), ArrivalWork.words(parcel.problems()), now);
                }
                return rows.insert(integration.id(), digest, now, state, parcel, due);
              });
      return new Outcome(made(Objects.requireNonNull(id)), false);
    } catch (DuplicateKeyException e) {
      return again(Objects.requireNonNull(digest), parcel, state, due);
    }
  }

  /** It has come before: once more only where nothing was made of it. */
  private Outcome again(String digest, Parcel parcel, State state, @Nullable Instant due) {
    Optional<Arrival> before =
        Objects.requireNonNull(
            transaction.execute(
                status ->
                    rows.byKey(digest)
                        .flatMap(seen -> rows.lock(seen.id()))
                        .map(
                            seen -> {
                              if (seen.state() == State.REFUSED) {
                                rows.replace(seen.id(), parcel, state, due);
                              }
                              return seen;
                            })));
    if (before.isEmpty()) {
      return new Outcome(null, true);
    }
    Arrival seen = before.get();
    return seen.state() == State.REFUSED
        ? new Outcome(made(seen.id()), false)
        : new Outcome(seen, true);
  }

  /** Makes a lead of it now; where that breaks off it is done a little later. */
  private @Nullable Arrival made(long id) {
    try {
      return work.process(id).orElse(null);
    } catch (RuntimeException e) {
      LOG.warn("Delivery {} is kept and tried again", id, e);
      return Objects.requireNonNull(transaction.execute(status -> rows.find(id))).orElse(null);
    }
  }
}
