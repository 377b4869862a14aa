package io.leadloom.calendar.account;

import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals the secrets of clients and the tokens of accounts again. Questions to providers are over soon. */
@Component
class AccountResealing implements Resealing {

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final TransactionTemplate transaction;

  AccountResealing(JdbcTemplate jdbc, Vault vault, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.transaction = transaction;
  }

  private record Fresh(String sql, byte[] sealed, Object key) {}

  @Override
  public int reseal() {
    Integer count =
        transaction.execute(
            status -> {
              List<Fresh> fresh = new ArrayList<>();
              jdbc.query(
                  "select provider, sealed from calendar_client for update",
                  row -> {
                    String provider = row.getString(1);
                    vault
                        .resealed(row.getBytes(2), ProviderClients.purpose(provider))
                        .ifPresent(
                            closed ->
                                fresh.add(
                                    new Fresh(
                                        "update calendar_client set sealed = ? where provider = ?",
                                        closed,
                                        provider)));
                  });
              tokens(
                  "select id, user_id, provider, sealed from calendar_account for update",
                  "update calendar_account set sealed = ?, version = version + 1 where id = ?",
                  fresh);
              tokens(
                  "select id, user_id, provider, sealed from calendar_farewell for update",
                  "update calendar_farewell set sealed = ? where id = ?",
                  fresh);
              fresh.forEach(one -> jdbc.update(one.sql(), one.sealed(), one.key()));
              return fresh.size();
            });
    return Objects.requireNonNull(count);
  }

  private void tokens(String select, String update, List<Fresh> fresh) {
    jdbc.query(
        select,
        row -> {
          long id = row.getLong(1);
          vault
              .resealed(row.getBytes(4), AccountRows.purpose(row.getString(2), row.getString(3)))
              .ifPresent(closed -> fresh.add(new Fresh(update, closed, id)));
        });
  }
}
