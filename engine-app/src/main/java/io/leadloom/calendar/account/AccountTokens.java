package io.leadloom.calendar.account;

import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import io.leadloom.identity.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls with the tokens of accounts, fresh ones when they have expired; notes when a consent has ended. */
@Component
public class AccountTokens {

  private static final Duration EARLY = Duration.ofMinutes(1);
  private static final Duration USUAL = Duration.ofMinutes(50);
  private static final int STRIPES = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final AccountRows rows;
  private final ProviderClients clients;
  private final Consents consents;
  private final Users users;
  private final AccountTold told;
  private final TransactionTemplate transaction;
  private final Clock clock;

  /** One refresh of an account at a time: providers may take each refresh token once. */
  private final List<ReentrantLock> stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

  AccountTokens(
      AccountRows rows,
      ProviderClients clients,
      Consents consents,
      Users users,
      AccountTold told,
      TransactionTemplate transaction,
      Clock clock) {
    this.rows = rows;
    this.clients = clients;
    this.consents = consents;
    this.users = users;
    this.told = told;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What is done with a token. */
  @FunctionalInterface
  public interface Call<T> {
    T with(String token) throws OutsideFailure;
  }

  /** When the access token of an answer that came now expires; providers that say nothing mean an hour. */
  static Instant expiry(OAuth2AccessTokenResponse given, Instant now) {
    Instant issued = given.getAccessToken().getIssuedAt();
    Instant expires = given.getAccessToken().getExpiresAt();
    // Without a word of the provider Spring Security says a second.
    return issued == null || expires == null || !expires.isAfter(issued.plusSeconds(1))
        ? now.plus(USUAL)
        : now.plus(Duration.between(issued, expires));
  }

  /**
   * Does something with the token of an account; once more with a fresh one when the provider does not take it. Accounts of
   * users who are not active are not used (SET-037).
   *
   * @throws OutsideFailure of kind CONSENT when the account has to be connected again
   */
  public <T> T call(long accountId, Call<T> call) throws OutsideFailure {
    ConnectedAccount account =
        Objects.requireNonNull(transaction.execute(status -> rows.find(accountId)))
            .orElseThrow(AccountTokens::disconnected);
    if (users.find(account.userId()).filter(Users.Person::active).isEmpty()) {
      throw new OutsideFailure(
          Kind.REFUSED,
          "The " + account.provider().label() + " account belongs to a user who is not active");
    }
    return tidy(accountId, call);
  }

  private static OutsideFailure disconnected() {
    return new OutsideFailure(Kind.REFUSED, "The account is disconnected");
  }

  /** The same for what is taken out of calendars, also of users who are not active any more. */
  public <T> T tidy(long accountId, Call<T> call) throws OutsideFailure {
    String token = token(accountId, "");
    try {
      return call.with(token);
    } catch (OutsideFailure e) {
      if (e.kind() != Kind.CONSENT) {
        throw e;
      }
    }
    String fresh = token(accountId, token);
    try {
      return call.with(fresh);
    } catch (OutsideFailure e) {
      if (e.kind() == Kind.CONSENT) {
        held(accountId).ifPresent(this::end);
      }
      throw e;
    }
  }

  private Optional<AccountRows.Held> held(long accountId) {
    return Objects.requireNonNull(transaction.execute(status -> rows.held(accountId)));
  }

  private void end(AccountRows.Held held) {
    transaction.executeWithoutResult(
        status -> {
          if (rows.ended(held)) {
            told.ended(held.account());
          }
        });
  }

  /** A token that has not expired and is another one than this. */
  private String token(long accountId, String except) throws OutsideFailure {
    ReentrantLock stripe = stripes.get((int) (accountId % STRIPES));
    try {
      if (!stripe.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new OutsideFailure(Kind.LATER, "Fresh access is being asked for; it takes long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutsideFailure(Kind.LATER, "The question was given up");
    }
    try {
      AccountRows.Held held = held(accountId).orElseThrow(AccountTokens::disconnected);
      String name = held.account().provider().label() + " account " + held.account().name();
      if (!held.account().working()) {
        throw new OutsideFailure(Kind.CONSENT, "The " + name + " has to be connected again");
      }
      AccountRows.Tokens tokens = held.tokens();
      if (!tokens.access().equals(except)
          && tokens.expiresAt().isAfter(clock.instant().plus(EARLY))) {
        return tokens.access();
      }
      ProviderClients.Client client =
          Objects.requireNonNull(
                  transaction.execute(status -> clients.client(held.account().provider())))
              .orElseThrow(
                  () ->
                      new OutsideFailure(
                          Kind.LATER,
                          held.account().provider().label()
                              + " is not set up any more; an administrator can do it"));
      try {
        OAuth2AccessTokenResponse given =
            consents.refresh(held.account().provider(), client, tokens);
        OAuth2RefreshToken next = given.getRefreshToken();
        AccountRows.Tokens fresh =
            new AccountRows.Tokens(
                given.getAccessToken().getTokenValue(),
                next == null ? tokens.refresh() : next.getTokenValue(),
                expiry(given, clock.instant()));
        transaction.executeWithoutResult(status -> rows.refreshed(held, fresh));
        return fresh.access();
      } catch (OutsideFailure e) {
        if (e.kind() == Kind.CONSENT) {
          end(held);
        }
        if (e.kind() == Kind.REFUSED) {
          // An administrator may put the client right; nobody has to connect again for that.
          throw new OutsideFailure(Kind.LATER, e.getMessage());
        }
        throw e;
      }
    } finally {
      stripe.unlock();
    }
  }
}
