package io.leadloom.platform.vault;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Random keys for hashing that all nodes share: made by the first that needs one, sealed by the vault in the database, so
 * that hashes made with them are of no use to whoever has the database alone.
 */
@Component
public class SealedKeys implements Resealing {

  /** Where the key stands in the table, and what it is sealed for. */
  static final String PREFIX = "sealed:";

  private static final int BYTES = 32;

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final TransactionTemplate own;
  private final Map<String, SecretKey> known = new ConcurrentHashMap<>();

  SealedKeys(JdbcTemplate jdbc, Vault vault, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * The HMAC-SHA256 key of this name, made when it is missing.
   *
   * @throws VaultException when it was sealed with a key that the vault does not have
   */
  public SecretKey hmac(String name) {
    return known.computeIfAbsent(name, this::read);
  }

  private SecretKey read(String name) {
    String row = PREFIX + name;
    byte[] sealed = stored(row);
    if (sealed.length == 0) {
      byte[] fresh = new byte[BYTES];
      new SecureRandom().nextBytes(fresh);
      byte[] closed = vault.seal(Base64.getEncoder().encodeToString(fresh), row);
      try {
        own.executeWithoutResult(
            status ->
                jdbc.update("insert into secret_key (name, secret) values (?, ?)", row, closed));
      } catch (DuplicateKeyException e) {
        // Another node was faster: its key is read below.
      }
      sealed = stored(row);
    }
    return new SecretKeySpec(Base64.getDecoder().decode(vault.open(sealed, row)), "HmacSHA256");
  }

  @Override
  public int reseal() {
    Integer count =
        own.execute(
            status -> {
              Map<String, byte[]> fresh = new HashMap<>();
              jdbc.query(
                  "select name, secret from secret_key where name like ?",
                  row -> {
                    String name = row.getString(1);
                    vault
                        .resealed(row.getBytes(2), name)
                        .ifPresent(closed -> fresh.put(name, closed));
                  },
                  PREFIX + "%");
              fresh.forEach(
                  (name, closed) ->
                      jdbc.update("update secret_key set secret = ? where name = ?", closed, name));
              return fresh.size();
            });
    return Objects.requireNonNull(count);
  }

  private byte[] stored(String row) {
    byte[] found =
        own.execute(
            status ->
                jdbc.query(
                    "select secret from secret_key where name = ?",
                    rows -> rows.next() ? rows.getBytes(1) : new byte[0],
                    row));
    return Objects.requireNonNull(found);
  }
}
