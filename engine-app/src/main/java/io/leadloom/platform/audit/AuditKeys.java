package io.leadloom.platform.audit;

import io.leadloom.platform.vault.Resealing;
import io.leadloom.platform.vault.Vault;
import io.leadloom.platform.vault.VaultException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys of the chain. They rest sealed by the vault, so that whoever can only write to the database cannot forge
 * entries. The head is sealed as soon as there is a key, so that a head without one was put there by somebody else. When
 * the vault's key was lost a new generation begins: what was written before can no longer be checked, and
 * the verification says so.
 */
@Component
class AuditKeys implements Resealing {

  private static final Logger LOG = LoggerFactory.getLogger(AuditKeys.class);
  private static final String PURPOSE = "audit-chain:";
  private static final int BYTES = 32;

  /** The action of the entry with which a trail goes on whose key was lost. */
  static final String KEY_LOST = "audit-trail.key-lost";

  private final AuditRows rows;
  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final Clock clock;
  private final TransactionTemplate own;
  private volatile @Nullable Current current;

  AuditKeys(
      AuditRows rows,
      JdbcTemplate jdbc,
      Vault vault,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.clock = clock;
    this.rows = rows;
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
      SecretKey key = newest == 0 ? null : find(newest).key();
      if (key != null) {
        found = new Current(newest, key);
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
          "The key of the audit trail cannot be opened with the present secret key. A new one begins."
              + " Add the old secret key to leadloom.previous-secret-keys to verify earlier entries; that"
              + " a key was lost here stays reported");
    }
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    String text = Base64.getEncoder().encodeToString(fresh);
    byte[] sealed = vault.seal(text, PURPOSE + generation);
    try {
      own.executeWithoutResult(
          status -> {
            jdbc.update(
                "insert into audit_key (generation, sealed) values (?, ?)", generation, sealed);
            begin(new Current(generation, key(text)));
          });
    } catch (DuplicateKeyException e) {
      // Another node was faster: its key is read next.
    }
  }

  /**
   * Seals the head for the first time. Where another key was before, nobody can tell any more whether the head is right:
   * the trail goes on from it, with an entry that says so for as long as it is kept.
   */
  private void begin(Current fresh) {
    AuditChain.Head head = rows.lockHead();
    long seq = fresh.generation() > 1 ? Math.max(head.seq(), rows.newest()) : head.seq();
    byte[] hash = head.seq() == 0 ? AuditChain.START : head.hash();
    if (fresh.generation() > 1) {
      AuditChain.Row row =
          new AuditChain.Row(
              ++seq,
              clock.instant().truncatedTo(ChronoUnit.MICROS),
              AuditActor.system("audit trail"),
              KEY_LOST,
              "audit-trail",
              "1",
              "Audit trail",
              rows.detail(List.of()),
              fresh.generation());
      hash = AuditChain.hash(fresh.key(), hash, row);
      rows.insert(List.of(new AuditRows.Stored(row, hash)));
    } else if (seq != 0 || head.generation() != 0) {
      return;
    }
    rows.setHead(ChainedAuditTrail.sealed(fresh, true, seq, hash, head.baseSeq(), head.baseHash()));
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
                    vault
                        .resealed(row.getBytes(2), PURPOSE + generation)
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

  /**
   * The key to go on with after a head, which the current transaction holds.
   *
   * @throws NonTransientDataAccessResourceException when another node, with another secret key, has gone on under a key
   *     that this one cannot open: what it wrote now would break the trail for good
   */
  Current after(AuditChain.Head head) {
    Current now = current();
    if (head.generation() <= now.generation()) {
      return now;
    }
    // In the same transaction: whoever holds the head must not wait for another connection.
    Found newer = opened(head.generation());
    if (newer.key() != null) {
      Current next = new Current(head.generation(), newer.key());
      current = next;
      return next;
    }
    if (newer.there()) {
      throw new NonTransientDataAccessResourceException(
          "The audit trail goes on under a key that the secret key of this node does not open: set"
              + " leadloom.secret-key to that of the other nodes and start this one again."
              + " Until then it writes nothing that belongs into the trail");
    }
    // Nobody ever went on under that key: the head was put there by somebody else, and stays
    // unsealed.
    return now;
  }

  /** Whether a head bears the seal of the key to go on with; one of another key was put there by somebody else. */
  static boolean sealed(Current now, AuditChain.Head head) {
    return head.generation() == now.generation()
        && MessageDigest.isEqual(AuditChain.mac(now.key(), head), head.mac());
  }

  /**
   * What is stored of a generation.
   *
   * @param there whether there ever was such a generation, as far as the database tells
   * @param key the key; null when the vault cannot open it
   */
  record Found(boolean there, @Nullable SecretKey key) {}

  /** Reads the key of a generation from the database. */
  Found find(int generation) {
    return Objects.requireNonNull(own.execute(status -> opened(generation)));
  }

  private Found opened(int generation) {
    byte[] sealed =
        jdbc.query(
            "select sealed from audit_key where generation = ?",
            rows -> rows.next() ? rows.getBytes(1) : null,
            generation);
    if (sealed == null) {
      return new Found(false, null);
    }
    try {
      return new Found(true, key(vault.open(sealed, PURPOSE + generation)));
    } catch (VaultException e) {
      return new Found(true, null);
    }
  }

  private static SecretKey key(String text) {
    return new SecretKeySpec(Base64.getDecoder().decode(text), "HmacSHA256");
  }
}
