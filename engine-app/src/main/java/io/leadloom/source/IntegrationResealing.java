package io.leadloom.source;

import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.SealedColumns;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals the secrets of integrations again after the key of the vault was changed. */
@Component
class IntegrationResealing implements Resealing {

  private final SealedColumns columns;
  private final TransactionTemplate transaction;

  IntegrationResealing(SealedColumns columns, TransactionTemplate transaction) {
    this.columns = columns;
    this.transaction = transaction;
  }

  @Override
  public int reseal() {
    Integer count =
        transaction.execute(
            status ->
                columns.reseal(
                    "lead_integration", "id", id -> IntegrationRows.purpose(Long.parseLong(id))));
    return Objects.requireNonNull(count);
  }
}
