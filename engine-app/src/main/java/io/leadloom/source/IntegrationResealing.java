package io.leadloom.source;

import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.Vault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals the secrets of integrations again after the key of the vault was changed. */
@Component
class IntegrationResealing implements Resealing {

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final TransactionTemplate transaction;

  IntegrationResealing(JdbcTemplate jdbc, Vault vault, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.transaction = transaction;
  }

  @Override
  public int reseal() {
    Integer count =
        transaction.execute(
            status -> {
              Map<Long, byte[]> fresh = new LinkedHashMap<>();
              jdbc.query(
                  "select id, sealed from lead_integration for update",
                  row -> {
                    long id = row.getLong(1);
                    vault
                        .resealed(row.getBytes(2), IntegrationRows.purpose(id))
                        .ifPresent(closed -> fresh.put(id, closed));
                  });
              fresh.forEach(
                  (id, closed) ->
                      jdbc.update(
                          "update lead_integration set sealed = ? where id = ?", closed, id));
              return fresh.size();
            });
    return Objects.requireNonNull(count);
  }
}
