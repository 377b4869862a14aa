package io.leadloom.calendar.account;

import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.calendar.outside.Outside;
import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Digests;
import io.leadloom.platform.vault.Vault;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Connects accounts of users at providers, and disconnects them (SET-044). */
@Component
public class Accounts {

  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(15);
  private static final int MOST_QUESTIONS = 10;
  private static final int STATE_BYTES = 32;
  private static final int LONGEST_CODE = 4_000;
  private static final int LONGEST_NAME = 320;
  private static final String FAILED = "The account was not connected";

  private final AccountRows rows;
  private final ProviderClients clients;
  private final Consents consents;
  private final Farewells farewells;
  private final Outside outside;
  private final Vault vault;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final AuditTrail trail;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Accounts(
      AccountRows rows,
      ProviderClients clients,
      Consents consents,
      Farewells farewells,
      Outside outside,
      Vault vault,
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      AuditTrail trail,
      ApplicationEventPublisher events,
      Clock clock) {
    this.rows = rows;
    this.clients = clients;
    this.consents = consents;
    this.farewells = farewells;
    this.outside = outside;
    this.vault = vault;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.trail = trail;
    this.events = events;
    this.clock = clock;
  }

  private record Asked(
      long userId, CalendarProvider provider, String redirect, byte[] sealed, Instant expiresAt) {}

  /** One of them, whoever has it. */
  public Optional<ConnectedAccount> find(long id) {
    return Objects.requireNonNull(transaction.execute(status -> rows.find(id)));
  }

  /** Those whose calendars were not looked up since, the longest ago first. */
  public List<ConnectedAccount> unlooked(Instant since, int most) {
    return Objects.requireNonNull(transaction.execute(status -> rows.unlooked(since, most)));
  }

  /** All after this one, in the order of their ids. */
  public List<ConnectedAccount> after(long id, int most) {
    return Objects.requireNonNull(transaction.execute(status -> rows.after(id, most)));
  }

  /** Notes that the calendars of an account were looked up, or that it was tried. */
  public void looked(ConnectedAccount account, boolean active) {
    transaction.executeWithoutResult(
        status -> {
          rows.looked(account.id(), clock.instant());
          if (active) {
            rows.active(account.id());
          }
        });
  }

  /** Since when the owner of an account has not been active; notes that he is not. */
  public Instant idle(ConnectedAccount account) {
    return Objects.requireNonNull(
        transaction.execute(status -> rows.idle(account.id(), clock.instant())));
  }

  /** Those of a user. */
  public List<ConnectedAccount> of(long userId) {
    return Objects.requireNonNull(transaction.execute(status -> rows.of(userId)));
  }

  /**
   * Begins to connect an account.
   *
   * @param redirect where the provider sends the browser back to
   * @return where the browser has to go
   */
  public String ask(long userId, CalendarProvider provider, String redirect) {
    byte[] bytes = new byte[STATE_BYTES];
    random.nextBytes(bytes);
    String state = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              ProviderClients.Client client =
                  clients.client(provider).orElseThrow(() -> notSetUp(provider));
              Consents.Question question = consents.ask(provider, client, redirect, state);
              String hash = Digests.hex(state);
              Instant now = clock.instant();
              forgetOld(userId, now);
              jdbc.update(
                  "insert into calendar_question (state_hash, user_id, provider, redirect, sealed, expires_at)"
                      + " values (?, ?, ?, ?, ?, ?)",
                  hash,
                  userId,
                  provider.key(),
                  redirect,
                  vault.seal(question.verifier(), purpose(hash)),
                  Utc.column(now.plus(ANSWERED_WITHIN)));
              return question.address();
            }));
  }

  private static String purpose(String stateHash) {
    return "calendar-question:" + stateHash;
  }

  private static RefusedException notSetUp(CalendarProvider provider) {
    return new RefusedException(
        RefusedException.Reason.CONFLICT,
        provider.label() + " is not set up",
        List.of(
            Violation.of(
                "provider",
                provider.key(),
                "a provider that an administrator has set up under Settings, Calendar providers")));
  }

  private void forgetOld(long userId, Instant now) {
    jdbc.update("delete from calendar_question where expires_at < ?", Utc.column(now));
    List<String> mine =
        jdbc.queryForList(
            "select state_hash from calendar_question where user_id = ? order by expires_at desc limit 100",
            String.class,
            userId);
    mine.stream()
        .skip(MOST_QUESTIONS - 1L)
        .forEach(hash -> jdbc.update("delete from calendar_question where state_hash = ?", hash));
  }

  /**
   * Ends what {@link #ask} began. The state counts once, for the user who was sent away.
   *
   * @param error what the provider says instead of a code when the user did not consent
   */
  public ConnectedAccount answer(
      long userId, @Nullable String state, @Nullable String code, @Nullable String error) {
    Asked asked =
        Optional.ofNullable(state)
            .flatMap(given -> taken(userId, given))
            .orElseThrow(
                () ->
                    refused(
                        "state", "the answer to a question of the last 15 minutes: connect again"));
    CalendarProvider provider = asked.provider();
    if (error != null && !error.isBlank()) {
      throw refused("consent", "your consent at " + provider.label());
    }
    if (state == null || code == null || code.isBlank() || code.length() > LONGEST_CODE) {
      throw refused("code", "the code that " + provider.label() + " has sent");
    }
    ProviderClients.Client client =
        Objects.requireNonNull(transaction.execute(status -> clients.client(provider)))
            .orElseThrow(() -> notSetUp(provider));
    try {
      OAuth2AccessTokenResponse given =
          consents.redeem(
              provider,
              client,
              asked.redirect(),
              state,
              vault.open(asked.sealed(), purpose(Digests.hex(state))),
              code);
      AccountRows.Tokens tokens = tokens(provider, given);
      String name = outside.owner(provider, tokens.access());
      return connected(userId, provider, name, tokens);
    } catch (OutsideFailure e) {
      throw e.kind() == Kind.LATER
          ? refused("provider", "an answer of " + provider.label() + ": " + e.getMessage())
          : refused("code", "a code that " + provider.label() + " accepts: " + e.getMessage());
    }
  }

  private Optional<Asked> taken(long userId, String state) {
    String hash = Digests.hex(state);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Optional<Asked> asked =
                  jdbc
                      .query(
                          "select user_id, provider, redirect, sealed, expires_at from calendar_question"
                              + " where state_hash = ? and user_id = ? for update",
                          (row, n) ->
                              new Asked(
                                  row.getLong(1),
                                  CalendarProvider.of(row.getString(2)).orElseThrow(),
                                  row.getString(3),
                                  row.getBytes(4),
                                  Objects.requireNonNull(
                                      Utc.moment(row.getObject(5, LocalDateTime.class)))),
                          hash,
                          userId)
                      .stream()
                      .findFirst();
              if (asked.isPresent()) {
                jdbc.update("delete from calendar_question where state_hash = ?", hash);
              }
              return asked.filter(one -> one.expiresAt().isAfter(clock.instant()));
            }));
  }

  private AccountRows.Tokens tokens(CalendarProvider provider, OAuth2AccessTokenResponse given) {
    OAuth2RefreshToken refresh = given.getRefreshToken();
    if (refresh == null) {
      throw refused(
          "consent",
          "access that lasts, which " + provider.label() + " did not give: connect again");
    }
    Set<String> allowed =
        given.getAccessToken().getScopes().stream()
            .map(scope -> scope.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    if (provider == CalendarProvider.GOOGLE) {
      provider.scopes().stream()
          .filter(scope -> !allowed.contains(scope))
          .findFirst()
          .ifPresent(
              scope -> {
                throw refused(
                    "consent", "everything that Google asks about ticked; missing is " + scope);
              });
    }
    return new AccountRows.Tokens(
        given.getAccessToken().getTokenValue(),
        refresh.getTokenValue(),
        AccountTokens.expiry(given, clock.instant()));
  }

  private ConnectedAccount connected(
      long userId, CalendarProvider provider, String given, AccountRows.Tokens tokens) {
    String name = given.length() > LONGEST_NAME ? given.substring(0, LONGEST_NAME) : given;
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              ConnectedAccount account =
                  rows.connected(userId, provider, name, tokens, clock.instant());
              farewells.forget(provider, name);
              events.publishEvent(new AccountEvents.Connected(account));
              trail.record(
                  AuditEvent.of("integration.connected", "user", userId, provider.label())
                      .fact("account", name));
              return account;
            }));
  }

  /**
   * Forgets an account with its tokens and calendars; entries that stand in the calendars stay there. Afterwards the consent
   * is taken back at the provider, where there is a way to do so.
   */
  public void disconnect(long userId, CalendarProvider provider) {
    transaction.executeWithoutResult(
        status -> {
          ConnectedAccount account =
              rows.of(userId).stream()
                  .filter(one -> one.provider() == provider)
                  .findFirst()
                  .orElseThrow(() -> RefusedException.notFound("account", provider.key()));
          // What is one for each user is locked before the account, as those do who book.
          events.publishEvent(new AccountEvents.Disconnecting(account));
          if (rows.of(userId, provider).isEmpty()) {
            throw RefusedException.notFound("account", provider.key());
          }
          rows.held(account.id()).ifPresent(farewells::add);
          rows.remove(account.id());
          events.publishEvent(new AccountEvents.Disconnected(account));
          trail.record(
              AuditEvent.of("integration.disconnected", "user", userId, provider.label())
                  .change("account", account.name(), null));
        });
  }

  private static RefusedException refused(String field, String expectation) {
    return RefusedException.invalid(FAILED, Violation.of(field, null, expectation));
  }
}
