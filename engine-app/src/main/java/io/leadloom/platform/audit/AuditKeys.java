package io.leadloom.platform.audit;

import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.Vault;
import io.leadloom.platform.vault.VaultException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys of the chain. They rest sealed by the vault, so that whoever can only write to the database cannot forge
 * entries. When the vault's key was lost a new generation begins: what was written before can no longer be checked, and
 * the verification says so.
 */
@Component
class AuditKeys implements Resealing {

  private static final Logger LOG = LoggerFactory.getLogger(AuditKeys.class);
  private static final String PURPOSE = "audit-chain:";
  private static final int BYTES = 32;

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final TransactionTemplate own;
  private final Map<Integer, SecretKey> known = new ConcurrentHashMap<>();
  private volatile @Nullable Current current;

  AuditKeys(JdbcTemplate jdbc, Vault vault, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** The key that new entries are written with. */
  record Current(int generation, SecretKey key) {}

  Current current() {
    Current found = current;
    return found != null ? found : read();
  }

  private synchronized Current read() {
    Current found = current;
    while (found == null) {
      int newest = newest();
      Optional<SecretKey> key = newest == 0 ? Optional.empty() : find(newest);
      if (key.isPresent()) {
        found = new Current(newest, key.get());
      } else {
        make(newest + 1);
      }
    }
    current = found;
    return found;
  }

  private int newest() {
    Integer newest =
        own.execute(
            status -> jdbc.queryForObject("select max(generation) from audit_key", Integer.class));
    return newest == null ? 0 : newest;
  }

  private void make(int generation) {
    if (generation > 1) {
      LOG.warn(
          "The key of the audit trail cannot be opened with the present secret key. A new one begins;"
              + " earlier entries cannot be verified until the old secret key is set again");
    }
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    byte[] sealed = vault.seal(Base64.getEncoder().encodeToString(fresh), PURPOSE + generation);
    try {
      own.executeWithoutResult(
          status ->
              jdbc.update(
                  "insert into audit_key (generation, sealed) values (?, ?)", generation, sealed));
    } catch (DuplicateKeyException e) {
      // Another node was faster: its key is read next.
    }
  }

  /** Keys that no key of the vault opens any more are left as they are. */
  @Override
  public int reseal() {
    Integer count =
        own.execute(
            status -> {
              Map<Integer, byte[]> fresh = new HashMap<>();
              jdbc.query(
                  "select generation, sealed from audit_key",
                  row -> {
                    int generation = row.getInt(1);
                    resealed(generation, row.getBytes(2))
                        .ifPresent(closed -> fresh.put(generation, closed));
                  });
              fresh.forEach(
                  (generation, closed) ->
                      jdbc.update(
                          "update audit_key set sealed = ? where generation = ?",
                          closed,
                          generation));
              return fresh.size();
            });
    return Objects.requireNonNull(count);
  }

  private Optional<byte[]> resealed(int generation, byte[] sealed) {
    try {
      return vault.resealed(sealed, PURPOSE + generation);
    } catch (VaultException e) {
      return Optional.empty();
    }
  }

  /** The key of a generation; empty when it is missing or the vault cannot open it. */
  Optional<SecretKey> find(int generation) {
    SecretKey held = known.get(generation);
    if (held != null) {
      return Optional.of(held);
    }
    byte[] sealed =
        own.execute(
            status ->
                jdbc.query(
                    "select sealed from audit_key where generation = ?",
                    rows -> rows.next() ? rows.getBytes(1) : null,
                    generation));
    if (sealed == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(vault.open(sealed, PURPOSE + generation));
      SecretKey key = new SecretKeySpec(bytes, "HmacSHA256");
      known.put(generation, key);
      return Optional.of(key);
    } catch (VaultException e) {
      return Optional.empty();
    }
  }
}
