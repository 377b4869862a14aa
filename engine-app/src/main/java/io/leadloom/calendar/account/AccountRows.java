package io.leadloom.calendar.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.platform.Utc;
import io.leadloom.platform.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of connected accounts; call it in a transaction. */
@Component
class AccountRows {

  private static final int CONNECTED = 1;
  private static final int AGAIN = 2;
  private static final String COLUMNS = "id, user_id, provider, name, state, connected_at";

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final ObjectMapper json;

  AccountRows(JdbcTemplate jdbc, Vault vault, ObjectMapper json) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.json = json;
  }

  /** What lets in at the provider. */
  record Tokens(String access, String refresh, Instant expiresAt) {

    /** Without the tokens. */
    @Override
    public String toString() {
      return "Tokens[expiresAt=" + expiresAt + "]";
    }
  }

  private record Secret(String access, String refresh) {}

  /** An account with its tokens. */
  record Held(ConnectedAccount account, Tokens tokens, int version) {}

  static String purpose(String userId, String provider) {
    return "calendar-account:" + userId + ":" + provider;
  }

  private static String purpose(long userId, CalendarProvider provider) {
    return purpose(Long.toString(userId), provider.key());
  }

  List<ConnectedAccount> of(long userId) {
    return jdbc.query(
        "select " + COLUMNS + " from calendar_account where user_id = ? order by provider",
        (row, n) -> account(row),
        userId);
  }

  Optional<ConnectedAccount> of(long userId, CalendarProvider provider) {
    return jdbc
        .query(
            "select "
                + COLUMNS
                + " from calendar_account where user_id = ? and provider = ? for update",
            (row, n) -> account(row),
            userId,
            provider.key())
        .stream()
        .findFirst();
  }

  Optional<Held> held(long id) {
    return jdbc
        .query(
            "select "
                + COLUMNS
                + ", sealed, expires_at, version from calendar_account where id = ?",
            (row, n) -> {
              ConnectedAccount account = account(row);
              return new Held(
                  account,
                  tokens(
                      account.userId(),
                      account.provider(),
                      row.getBytes("sealed"),
                      moment(row.getObject("expires_at", LocalDateTime.class))),
                  row.getInt("version"));
            },
            id)
        .stream()
        .findFirst();
  }

  Tokens tokens(long userId, CalendarProvider provider, byte[] sealed, Instant expiresAt) {
    try {
      Secret secret = json.readValue(vault.open(sealed, purpose(userId, provider)), Secret.class);
      return new Tokens(secret.access(), secret.refresh(), expiresAt);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored tokens cannot be read");
    }
  }

  byte[] sealed(long userId, CalendarProvider provider, Tokens tokens) {
    try {
      return vault.seal(
          json.writeValueAsString(new Secret(tokens.access(), tokens.refresh())),
          purpose(userId, provider));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Tokens are always text");
    }
  }

  /** Writes an account that was connected, in the place of one of the same provider. */
  ConnectedAccount connected(
      long userId, CalendarProvider provider, String name, Tokens tokens, Instant now) {
    Optional<ConnectedAccount> before = of(userId, provider);
    byte[] sealed = sealed(userId, provider, tokens);
    if (before.isPresent()) {
      jdbc.update(
          "update calendar_account set name = ?, sealed = ?, expires_at = ?, state = ?, connected_at = ?,"
              + " version = version + 1 where id = ?",
          name,
          sealed,
          Utc.column(tokens.expiresAt()),
          CONNECTED,
          Utc.column(now),
          before.get().id());
    } else {
      jdbc.update(
          "insert into calendar_account (user_id, provider, name, sealed, expires_at, state, connected_at, version)"
              + " values (?, ?, ?, ?, ?, ?, ?, 1)",
          userId,
          provider.key(),
          name,
          sealed,
          Utc.column(tokens.expiresAt()),
          CONNECTED,
          Utc.column(now));
    }
    return of(userId, provider).orElseThrow();
  }

  /** Keeps fresh tokens, unless somebody else changed the account meanwhile. */
  void refreshed(Held before, Tokens tokens) {
    jdbc.update(
        "update calendar_account set sealed = ?, expires_at = ?, version = version + 1 where id = ? and version = ?",
        sealed(before.account().userId(), before.account().provider(), tokens),
        Utc.column(tokens.expiresAt()),
        before.account().id(),
        before.version());
  }

  /** Notes that the consent has ended, unless the account was connected again meanwhile; says whether it was new. */
  boolean ended(Held before) {
    return jdbc.update(
            "update calendar_account set state = ?, version = version + 1"
                + " where id = ? and version = ? and state = ?",
            AGAIN,
            before.account().id(),
            before.version(),
            CONNECTED)
        > 0;
  }

  Optional<ConnectedAccount> find(long id) {
    return jdbc
        .query(
            "select " + COLUMNS + " from calendar_account where id = ?",
            (row, n) -> account(row),
            id)
        .stream()
        .findFirst();
  }

  /** Whether anybody has connected this account. */
  boolean connected(CalendarProvider provider, String name) {
    return !jdbc.queryForList(
            "select id from calendar_account where provider = ? and name = ? limit 1",
            Long.class,
            provider.key(),
            name)
        .isEmpty();
  }

  /** Those whose calendars were not looked up since, the longest ago first. */
  List<ConnectedAccount> unlooked(Instant since, int most) {
    return jdbc.query(
        "select "
            + COLUMNS
            + " from calendar_account where looked_at is null or looked_at < ? order by looked_at, id limit "
            + most,
        (row, n) -> account(row),
        Utc.column(since));
  }

  List<ConnectedAccount> after(long id, int most) {
    return jdbc.query(
        "select " + COLUMNS + " from calendar_account where id > ? order by id limit " + most,
        (row, n) -> account(row),
        id);
  }

  void looked(long id, Instant now) {
    jdbc.update("update calendar_account set looked_at = ? where id = ?", Utc.column(now), id);
  }

  /** Since when the owner has not been active; notes that he is not. */
  Instant idle(long id, Instant now) {
    jdbc.update(
        "update calendar_account set idle_since = ? where id = ? and idle_since is null",
        Utc.column(now),
        id);
    return jdbc
        .query(
            "select idle_since from calendar_account where id = ?",
            (row, n) -> moment(row.getObject(1, LocalDateTime.class)),
            id)
        .stream()
        .findFirst()
        .orElse(now);
  }

  void active(long id) {
    jdbc.update(
        "update calendar_account set idle_since = null where id = ? and idle_since is not null",
        id);
  }

  int working(CalendarProvider provider) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from calendar_account where provider = ? and state = ?",
            Integer.class,
            provider.key(),
            CONNECTED));
  }

  /** Has all accounts of a provider connected again. */
  void again(CalendarProvider provider) {
    jdbc.update(
        "update calendar_account set state = ?, version = version + 1 where provider = ? and state = ?",
        AGAIN,
        provider.key(),
        CONNECTED);
  }

  void remove(long id) {
    jdbc.update("delete from calendar_account where id = ?", id);
  }

  private static ConnectedAccount account(ResultSet row) throws SQLException {
    String provider = row.getString("provider");
    return new ConnectedAccount(
        row.getLong("id"),
        row.getLong("user_id"),
        CalendarProvider.of(provider)
            .orElseThrow(() -> new IllegalStateException("No provider " + provider)),
        row.getString("name"),
        row.getInt("state") == CONNECTED,
        moment(row.getObject("connected_at", LocalDateTime.class)));
  }

  private static Instant moment(LocalDateTime column) {
    return Objects.requireNonNull(Utc.moment(column));
  }
}
