package io.leadloom.calendar.account;

import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.calendar.outside.OutsideFailure;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import io.leadloom.calendar.outside.ProviderAddresses;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.JobWorker;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes consents back at their provider after accounts were disconnected (SET-044), where there is a way to do so. Nobody
 * waits for it: it is done afterwards, and tried again for two days while the provider is out of reach.
 */
@Component
public class Farewells {

  private static final Logger LOG = LoggerFactory.getLogger(Farewells.class);
  private static final int ATTEMPTS = 12;
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
  private static final int AT_ONCE = 50;

  private final JdbcTemplate jdbc;
  private final AccountRows rows;
  private final ProviderClients clients;
  private final Consents consents;
  private final AccountTold told;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ProviderAddresses addresses;
  private volatile Runnable bell = () -> {};

  Farewells(
      JdbcTemplate jdbc,
      AccountRows rows,
      ProviderClients clients,
      Consents consents,
      AccountTold told,
      TransactionTemplate transaction,
      Clock clock,
      ProviderAddresses addresses) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.clients = clients;
    this.consents = consents;
    this.told = told;
    this.transaction = transaction;
    this.clock = clock;
    this.addresses = addresses;
  }

  private record Farewell(
      long id,
      long userId,
      CalendarProvider provider,
      String name,
      byte[] sealed,
      Instant expiresAt,
      int attempts) {}

  /** Has the consent of an account taken back after the current transaction, which forgets the account. */
  void add(AccountRows.Held held) {
    ConnectedAccount account = held.account();
    if (addresses.of(account.provider()).revoke().isEmpty()) {
      return;
    }
    jdbc.update(
        "insert into calendar_farewell (user_id, provider, name, sealed, expires_at, attempts, next_at)"
            + " values (?, ?, ?, ?, ?, 0, ?)",
        account.userId(),
        account.provider().key(),
        account.name(),
        rows.sealed(account.userId(), account.provider(), held.tokens()),
        Utc.column(held.tokens().expiresAt()),
        Utc.column(clock.instant()));
    AfterCommit.run(() -> bell.run());
  }

  /** The account is connected again: taking the old consent back would end the new one. */
  void forget(CalendarProvider provider, String name) {
    jdbc.update(
        "delete from calendar_farewell where provider = ? and name = ?", provider.key(), name);
  }

  /** Those that are to be tried now. */
  List<Long> due() {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                jdbc.queryForList(
                    "select id from calendar_farewell where next_at <= ? order by next_at, id limit "
                        + AT_ONCE,
                    Long.class,
                    Utc.column(clock.instant()))));
  }

  /** Tries one; others are not held up by it. */
  boolean say(long id) {
    Farewell farewell =
        Objects.requireNonNull(transaction.execute(status -> claimed(id))).orElse(null);
    if (farewell == null) {
      return false;
    }
    try {
      revoke(farewell);
      done(farewell);
    } catch (OutsideFailure e) {
      if (e.kind() == Kind.CONSENT || e.kind() == Kind.GONE) {
        // There is nothing to take back any more.
        done(farewell);
      } else if (e.kind() == Kind.REFUSED || farewell.attempts() >= ATTEMPTS) {
        LOG.warn("A consent cannot be taken back: {}", e.getMessage());
        transaction.executeWithoutResult(
            status -> {
              delete(farewell);
              told.consentStays(farewell.userId(), farewell.provider().label(), farewell.name());
            });
      }
    }
    return false;
  }

  private void done(Farewell farewell) {
    transaction.executeWithoutResult(status -> delete(farewell));
  }

  private void delete(Farewell farewell) {
    jdbc.update("delete from calendar_farewell where id = ?", farewell.id());
  }

  /** The next try is noted before this one begins, so that a node that dies leaves it to another. */
  private Optional<Farewell> claimed(long id) {
    Instant now = clock.instant();
    Optional<Farewell> found =
        jdbc
            .query(
                "select id, user_id, provider, name, sealed, expires_at, attempts from calendar_farewell"
                    + " where id = ? and next_at <= ? for update skip locked",
                (row, n) ->
                    new Farewell(
                        row.getLong(1),
                        row.getLong(2),
                        CalendarProvider.of(row.getString(3)).orElseThrow(),
                        row.getString(4),
                        row.getBytes(5),
                        Objects.requireNonNull(Utc.moment(row.getObject(6, LocalDateTime.class))),
                        row.getInt(7) + 1),
                id,
                Utc.column(now))
            .stream()
            .findFirst();
    found.ifPresent(
        farewell -> {
          Duration pause =
              addresses.retry().multipliedBy(1L << 2 * Math.min(farewell.attempts() - 1, 10));
          jdbc.update(
              "update calendar_farewell set attempts = ?, next_at = ? where id = ?",
              farewell.attempts(),
              Utc.column(now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)),
              id);
        });
    return found;
  }

  private void revoke(Farewell farewell) throws OutsideFailure {
    CalendarProvider provider = farewell.provider();
    boolean wanted =
        Objects.requireNonNull(
            transaction.execute(status -> rows.connected(provider, farewell.name())));
    if (wanted) {
      // Somebody else has connected the same account: it is one consent.
      return;
    }
    AccountRows.Tokens tokens =
        rows.tokens(farewell.userId(), provider, farewell.sealed(), farewell.expiresAt());
    Optional<ProviderClients.Client> client =
        Objects.requireNonNull(transaction.execute(status -> clients.client(provider)));
    if (provider != CalendarProvider.ZOOM) {
      consents.revoke(provider, null, tokens.refresh());
      return;
    }
    if (client.isEmpty()) {
      throw new OutsideFailure(Kind.REFUSED, provider.label() + " is not set up any more");
    }
    // Zoom takes back by an access token that has not expired.
    String access = tokens.access();
    if (!tokens.expiresAt().isAfter(clock.instant())) {
      OAuth2AccessTokenResponse given = consents.refresh(provider, client.get(), tokens);
      OAuth2RefreshToken next = given.getRefreshToken();
      access = given.getAccessToken().getTokenValue();
      AccountRows.Tokens fresh =
          new AccountRows.Tokens(
              access,
              next == null ? tokens.refresh() : next.getTokenValue(),
              AccountTokens.expiry(given, clock.instant()));
      transaction.executeWithoutResult(
          status ->
              jdbc.update(
                  "update calendar_farewell set sealed = ?, expires_at = ? where id = ?",
                  rows.sealed(farewell.userId(), provider, fresh),
                  Utc.column(fresh.expiresAt()),
                  farewell.id()));
    }
    consents.revoke(provider, client.get(), access);
  }

  @Configuration(proxyBeanMethods = false)
  static class Work {

    @Bean
    JobWorker farewellWorker(Farewells farewells) {
      JobWorker worker = new JobWorker("farewells", farewells::due, farewells::say, true);
      farewells.bell = worker::ring;
      return worker;
    }
  }
}
