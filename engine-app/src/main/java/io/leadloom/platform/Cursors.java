package io.leadloom.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals the position of a page into an opaque cursor that nobody else can make: signed with a key that all nodes share
 * through the database.
 */
@Component
public class Cursors {

  private static final int SIGNATURE = 12;
  private static final String KEY = "cursor";

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private volatile byte @Nullable [] key;

  Cursors(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** The cursor for a position. */
  public String seal(String position) {
    byte[] text = position.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(signature(text), SIGNATURE + text.length);
    System.arraycopy(text, 0, sealed, SIGNATURE, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * The position in a cursor.
   *
   * @throws RefusedException (INVALID) when it was not made by {@link #seal}
   */
  public String open(String cursor) {
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(cursor);
      if (sealed.length > SIGNATURE) {
        byte[] text = Arrays.copyOfRange(sealed, SIGNATURE, sealed.length);
        if (MessageDigest.isEqual(signature(text), Arrays.copyOf(sealed, SIGNATURE))) {
          return new String(text, StandardCharsets.UTF_8);
        }
      }
    } catch (IllegalArgumentException e) {
      throw refused(cursor);
    }
    throw refused(cursor);
  }

  private static RefusedException refused(String cursor) {
    return RefusedException.invalid(
        "The cursor is not one of ours",
        Violation.of("cursor", cursor, "the 'next' of the page before, unchanged"));
  }

  private byte[] signature(byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(), "HmacSHA256"));
      return Arrays.copyOf(mac.doFinal(text), SIGNATURE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256", e);
    }
  }

  private byte[] key() {
    byte[] known = key;
    if (known != null) {
      return known;
    }
    byte[] fresh = new byte[32];
    new SecureRandom().nextBytes(fresh);
    try {
      transaction.executeWithoutResult(
          status -> {
            if (stored() == null) {
              jdbc.update("insert into secret_key (name, secret) values (?, ?)", KEY, fresh);
            }
          });
    } catch (DuplicateKeyException e) {
      // Another node was faster: its key is read below.
    }
    byte[] stored = transaction.execute(status -> stored());
    if (stored == null) {
      throw new IllegalStateException("The key of cursors could not be stored");
    }
    key = stored;
    return stored;
  }

  private byte @Nullable [] stored() {
    return jdbc.query(
        "select secret from secret_key where name = ?",
        rows -> rows.next() ? rows.getBytes(1) : null,
        KEY);
  }
}
