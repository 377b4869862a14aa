package io.leadloom.connection.settings;

import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.Vault;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals passwords of connectors and secrets of webhooks again. */
@Component
class SettingsResealing implements Resealing {

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final TransactionTemplate transaction;

  SettingsResealing(JdbcTemplate jdbc, Vault vault, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.transaction = transaction;
  }

  @Override
  public int reseal() {
    Integer count =
        transaction.execute(
            status ->
                reseal("connector_setting", "provider", provider -> "connector:" + provider)
                    + reseal(
                        "webhook_secret",
                        "name",
                        name -> "webhook-secret:" + name.toLowerCase(Locale.ROOT)));
    return Objects.requireNonNull(count);
  }

  private int reseal(String table, String key, UnaryOperator<String> purpose) {
    Map<String, byte[]> fresh = new HashMap<>();
    jdbc.query(
        "select " + key + ", sealed from " + table + " where sealed is not null for update",
        row -> {
          String name = row.getString(1);
          vault
              .resealed(row.getBytes(2), purpose.apply(name))
              .ifPresent(closed -> fresh.put(name, closed));
        });
    fresh.forEach(
        (name, closed) ->
            jdbc.update("update " + table + " set sealed = ? where " + key + " = ?", closed, name));
    return fresh.size();
  }
}
