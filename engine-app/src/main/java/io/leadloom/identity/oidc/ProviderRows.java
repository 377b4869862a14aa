package io.leadloom.identity.oidc;

import io.leadloom.identity.Role;
import io.leadloom.platform.Utc;
import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of providers and of who their people are here. */
@Component
class ProviderRows implements Resealing {

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final TransactionTemplate transaction;

  ProviderRows(JdbcTemplate jdbc, Vault vault, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.transaction = transaction;
  }

  /** A provider with its client secret as the vault has sealed it. */
  record Stored(SignOnProvider provider, byte[] sealed) {}

  /** What the secret of a provider is sealed for. */
  static String purpose(long id) {
    return "sign-on-provider:" + id;
  }

  /** All by name. */
  List<Stored> all() {
    return jdbc.query(
        "select id, name, issuer, client_id, sealed, scopes, domains, newcomer_role, sign_out, active,"
            + " version from sign_on_provider order by name",
        (row, number) -> new Stored(provider(row), row.getBytes("sealed")));
  }

  private static SignOnProvider provider(ResultSet row) throws SQLException {
    String role = row.getString("newcomer_role");
    return new SignOnProvider(
        row.getLong("id"),
        row.getString("name"),
        row.getString("issuer"),
        row.getString("client_id"),
        words(row.getString("scopes")),
        words(row.getString("domains")),
        role == null ? null : Role.of(role).orElse(null),
        row.getBoolean("sign_out"),
        row.getBoolean("active"),
        row.getInt("version"));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  void insert(Stored stored) {
    SignOnProvider provider = stored.provider();
    jdbc.update(
        "insert into sign_on_provider (id, name, issuer, client_id, sealed, scopes, domains, newcomer_role,"
            + " sign_out, active, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        provider.id(),
        provider.name(),
        provider.issuer(),
        provider.clientId(),
        stored.sealed(),
        String.join(" ", provider.scopes()),
        String.join(" ", provider.domains()),
        key(provider.newcomers()),
        provider.signOut(),
        provider.active(),
        provider.version());
  }

  void update(Stored stored) {
    SignOnProvider provider = stored.provider();
    jdbc.update(
        "update sign_on_provider set name = ?, issuer = ?, client_id = ?, sealed = ?, scopes = ?, domains = ?,"
            + " newcomer_role = ?, sign_out = ?, active = ?, version = ? where id = ?",
        provider.name(),
        provider.issuer(),
        provider.clientId(),
        stored.sealed(),
        String.join(" ", provider.scopes()),
        String.join(" ", provider.domains()),
        key(provider.newcomers()),
        provider.signOut(),
        provider.active(),
        provider.version(),
        provider.id());
  }

  private static @Nullable String key(@Nullable Role role) {
    return role == null ? null : role.key();
  }

  void delete(long id) {
    jdbc.update("delete from sign_on_provider where id = ?", id);
  }

  /** How many people each provider has brought here. */
  Map<Long, Integer> people() {
    Map<Long, Integer> people = new HashMap<>();
    jdbc.query(
        "select provider_id, count(*) from sign_on_link group by provider_id",
        row -> {
          people.put(row.getLong(1), row.getInt(2));
        });
    return people;
  }

  OptionalLong linked(long provider, String subject) {
    return linked(provider, subject, "");
  }

  /** The same as it is when nobody is changing it any more; so it stays to the end of the current transaction. */
  OptionalLong lockLinked(long provider, String subject) {
    return linked(provider, subject, " for update");
  }

  private OptionalLong linked(long provider, String subject, String lock) {
    return jdbc
        .queryForList(
            "select user_id from sign_on_link where provider_id = ? and subject_hash = ?" + lock,
            Long.class,
            provider,
            subject)
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  void link(long provider, String subject, long userId, Instant at) {
    jdbc.update(
        "insert into sign_on_link (provider_id, subject_hash, user_id, linked_at) values (?, ?, ?, ?)",
        provider,
        subject,
        userId,
        Utc.column(at));
  }

  /** Keeps when a person who is linked signed in, and with which address. */
  void used(long provider, String subject, @Nullable String email, Instant at) {
    transaction.executeWithoutResult(
        status ->
            jdbc.update(
                "update sign_on_link set email = ?, last_used_at = ? where provider_id = ? and subject_hash = ?",
                email,
                Utc.column(at),
                provider,
                subject));
  }

  @Override
  public int reseal() {
    Integer count =
        transaction.execute(
            status -> {
              Map<Long, byte[]> fresh = new HashMap<>();
              jdbc.query(
                  "select id, sealed from sign_on_provider for update",
                  row -> {
                    long id = row.getLong(1);
                    vault
                        .resealed(row.getBytes(2), purpose(id))
                        .ifPresent(closed -> fresh.put(id, closed));
                  });
              fresh.forEach(
                  (id, closed) ->
                      jdbc.update(
                          "update sign_on_provider set sealed = ? where id = ?", closed, id));
              return fresh.size();
            });
    return Objects.requireNonNull(count);
  }
}
