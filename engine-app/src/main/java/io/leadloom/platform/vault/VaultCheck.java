package io.leadloom.platform.vault;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds out at the start whether this node has the key that the installation's secrets were sealed with, by opening one
 * that the first node sealed. A node with another key would fail later at every use of a secret.
 */
@Component
class VaultCheck implements SmartInitializingSingleton {

  static final String REMEDY =
      "Give all nodes the same key: set leadloom.secret-key (environment: LEADLOOM_SECRET_KEY), or copy the key file"
          + " of the first node to the place that leadloom.secret-key-file names. If the key was changed on purpose,"
          + " set leadloom.previous-secret-keys to the old one. If it is lost, start once with"
          + " leadloom.accept-new-secret-key=true: stored passwords and webhook secrets must then be entered again,"
          + " API keys made anew, and earlier entries of the audit trail can no longer be verified.";

  private static final Logger LOG = LoggerFactory.getLogger(VaultCheck.class);
  private static final String ROW = SealedKeys.PREFIX + "vault-check";
  private static final String TEXT = "leadloom";

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final VaultSettings settings;
  private final TransactionTemplate transaction;

  VaultCheck(
      JdbcTemplate jdbc,
      Vault vault,
      VaultSettings settings,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.settings = settings;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public void afterSingletonsInstantiated() {
    try {
      transaction.executeWithoutResult(status -> check());
    } catch (DuplicateKeyException e) {
      // Another node sealed the first one at the same moment.
      transaction.executeWithoutResult(status -> check());
    }
  }

  private void check() {
    byte[] sealed =
        jdbc.query(
            "select secret from secret_key where name = ?",
            rows -> rows.next() ? rows.getBytes(1) : null,
            ROW);
    if (sealed == null) {
      seal();
      return;
    }
    try {
      vault.open(sealed, ROW);
    } catch (VaultException e) {
      if (!settings.acceptNewSecretKey()) {
        throw new ForeignKeyException(
            "This node's secret key is not the one that this installation's secrets were sealed with.");
      }
      LOG.warn("A new secret key is taken: what was sealed with the old one is lost");
      jdbc.update("delete from secret_key where name like ?", SealedKeys.PREFIX + "%");
      seal();
    }
  }

  private void seal() {
    jdbc.update("insert into secret_key (name, secret) values (?, ?)", ROW, vault.seal(TEXT, ROW));
  }
}
