package io.leadloom.calendar.account;

import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Vault;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The applications that an administrator has registered at the providers, without which nobody can connect an account.
 * Secrets are sealed and never given out.
 */
@Component
public class ProviderClients {

  private static final int LONGEST_ID = 300;
  private static final int LONGEST_SECRET = 1_000;

  private final JdbcTemplate jdbc;
  private final AccountRows accounts;
  private final Vault vault;
  private final AuditTrail trail;
  private final Clock clock;

  ProviderClients(
      JdbcTemplate jdbc, AccountRows accounts, Vault vault, AuditTrail trail, Clock clock) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.vault = vault;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * How a provider is set up, for people.
   *
   * @param clientId null when it is not set up
   * @param accounts how many accounts are connected by it
   * @param version 0 when it is not set up
   */
  public record Shown(
      CalendarProvider provider,
      @Nullable String clientId,
      boolean secretSet,
      int accounts,
      int version) {}

  /** A client with its secret. */
  record Client(String id, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Client[id=" + id + "]";
    }
  }

  private record Row(String clientId, byte[] sealed, int version) {}

  static String purpose(String provider) {
    return "calendar-client:" + provider;
  }

  /** All providers. */
  @Transactional(readOnly = true)
  public List<Shown> all() {
    return Arrays.stream(CalendarProvider.values()).map(this::shown).toList();
  }

  /** One provider. */
  @Transactional(readOnly = true)
  public Shown of(CalendarProvider provider) {
    return shown(provider);
  }

  private Shown shown(CalendarProvider provider) {
    int connected = accounts.working(provider);
    return row(provider, "")
        .map(row -> new Shown(provider, row.clientId(), true, connected, row.version()))
        .orElseGet(() -> new Shown(provider, null, false, connected, 0));
  }

  /** The client of a provider that is set up. */
  Optional<Client> client(CalendarProvider provider) {
    return row(provider, "")
        .map(row -> new Client(row.clientId(), vault.open(row.sealed(), purpose(provider.key()))));
  }

  private Optional<Row> row(CalendarProvider provider, String lock) {
    return jdbc
        .query(
            "select client_id, sealed, version from calendar_client where provider = ?" + lock,
            (row, n) -> new Row(row.getString(1), row.getBytes(2), row.getInt(3)),
            provider.key())
        .stream()
        .findFirst();
  }

  /**
   * Sets a provider up. Without a secret the stored one stays, as long as the client is the same. Consents were given to a
   * client: with another one all accounts have to be connected again.
   *
   * @param version what was read; 0 or null for a provider that is not set up
   */
  @Transactional
  public Shown set(
      CalendarProvider provider,
      @Nullable String clientId,
      @Nullable String secret,
      @Nullable Integer version) {
    Row before = row(provider, " for update").orElse(null);
    int present = before == null ? 0 : before.version();
    if (Objects.requireNonNullElse(version, 0) != present) {
      throw RefusedException.outdated("the provider", version, present);
    }
    String id = checked("clientId", clientId, LONGEST_ID, clientId);
    byte[] sealed;
    if (secret == null || secret.isBlank()) {
      if (before == null || !before.clientId().equals(id)) {
        throw refused(
            "clientSecret", null, "the secret that " + provider.label() + " gave for this client");
      }
      sealed = before.sealed();
    } else {
      sealed =
          vault.seal(
              checked("clientSecret", secret, LONGEST_SECRET, null), purpose(provider.key()));
    }
    AuditEvent event =
        about(before == null ? "setting.created" : "setting.changed", provider)
            .change("clientId", before == null ? null : before.clientId(), id);
    if (secret != null && !secret.isBlank()) {
      event = event.secret("clientSecret", before != null, true);
    }
    if (before == null) {
      jdbc.update(
          "insert into calendar_client (provider, client_id, sealed, version, updated_at) values (?, ?, ?, 1, ?)",
          provider.key(),
          id,
          sealed,
          Utc.column(clock.instant()));
    } else {
      jdbc.update(
          "update calendar_client set client_id = ?, sealed = ?, version = version + 1, updated_at = ? where provider = ?",
          id,
          sealed,
          Utc.column(clock.instant()),
          provider.key());
      if (!before.clientId().equals(id)) {
        accounts.again(provider);
      }
    }
    if (!event.unchanged()) {
      trail.record(event);
    }
    return shown(provider);
  }

  /** Forgets a provider: its accounts have to be connected again once there is another client. */
  @Transactional
  public void remove(CalendarProvider provider) {
    if (jdbc.update("delete from calendar_client where provider = ?", provider.key()) > 0) {
      accounts.again(provider);
      trail.record(about("setting.deleted", provider));
    }
  }

  private static AuditEvent about(String action, CalendarProvider provider) {
    return AuditEvent.of(
        action, "setting", "calendars-" + provider.key(), provider.label() + " accounts");
  }

  private static String checked(
      String field, @Nullable String given, int longest, @Nullable String shown) {
    String text = given == null ? "" : given.strip();
    if (text.isEmpty()
        || text.length() > longest
        || !text.chars().allMatch(c -> c > 32 && c < 127)) {
      throw refused(
          field,
          shown,
          "1 to "
              + longest
              + " letters, digits and signs without blanks, as the provider shows it");
    }
    return text;
  }

  private static RefusedException refused(
      String field, @Nullable String value, String expectation) {
    return RefusedException.invalid(
        "The provider cannot be set up", Violation.of(field, value, expectation));
  }
}
