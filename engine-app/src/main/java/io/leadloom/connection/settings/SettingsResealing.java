package io.leadloom.connection.settings;

import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.SealedColumns;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals passwords of connectors and secrets of webhooks again. */
@Component
class SettingsResealing implements Resealing {

  private final SealedColumns columns;
  private final TransactionTemplate transaction;

  SettingsResealing(SealedColumns columns, TransactionTemplate transaction) {
    this.columns = columns;
    this.transaction = transaction;
  }

  @Override
  public int reseal() {
    Integer count =
        transaction.execute(
            status ->
                columns.reseal("connector_setting", "provider", provider -> "connector:" + provider)
                    + columns.reseal(
                        "webhook_secret",
                        "name",
                        name -> "webhook-secret:" + name.toLowerCase(Locale.ROOT)));
    return Objects.requireNonNull(count);
  }
}
