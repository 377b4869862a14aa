package io.leadloom.platform.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals secrets for storage with AES-256 in GCM mode. A sealed secret opens only under the purpose it was sealed for, so
 * that a value copied to another row is of no use.
 */
public final class Vault {

  private static final byte FORM = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

  private final AtomicInteger unreadable = new AtomicInteger();
  private final SecureRandom random = new SecureRandom();
  private final Supplier<SecretKey> source;
  private final List<SecretKey> previous;
  private volatile @Nullable SecretKey key;

  Vault(Supplier<SecretKey> source, List<SecretKey> previous) {
    this.source = source;
    this.previous = List.copyOf(previous);
  }

  /**
   * Seals a secret.
   *
   * @param purpose what it is for, for example {@code connector:mail}
   */
  public byte[] seal(String secret, String purpose) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] closed =
          cipher(Cipher.ENCRYPT_MODE, key(), nonce, purpose)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + NONCE + closed.length)
          .put(FORM)
          .put(nonce)
          .put(closed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Sealing failed", e);
    }
  }

  /**
   * Opens a sealed secret.
   *
   * @throws VaultException when it was sealed with another key or for another purpose, or was changed
   */
  public String open(byte[] sealed, String purpose) {
    if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] != FORM) {
      throw new VaultException(
          "The secret for " + purpose + " is not in a form that this version knows");
    }
    Optional<String> opened = openWith(key(), sealed, purpose);
    for (int i = 0; opened.isEmpty() && i < previous.size(); i++) {
      opened = openWith(previous.get(i), sealed, purpose);
    }
    return opened.orElseThrow(
        () ->
            new VaultException(
                "The secret for "
                    + purpose
                    + " was sealed with another key: set leadloom.secret-key to the key of that time,"
                    + " or add that key to leadloom.previous-secret-keys, or enter the secret again"));
  }

  /**
   * Seals a secret again that one of the previous keys sealed; empty when the present key did, or when no key opens it: it
   * is left as it is, so that one lost secret does not keep all others on the old key.
   */
  public Optional<byte[]> resealed(byte[] sealed, String purpose) {
    try {
      String secret = open(sealed, purpose);
      return openWith(key(), sealed, purpose).isPresent()
          ? Optional.empty()
          : Optional.of(seal(secret, purpose));
    } catch (VaultException e) {
      unreadable.incrementAndGet();
      LOG.warn("Not sealed again: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** How many secrets since the last call could not be sealed again because no key opens them. */
  int unreadable() {
    return unreadable.getAndSet(0);
  }

  /** Whether there are previous keys, so that something may be sealed with one of them. */
  boolean rotating() {
    return !previous.isEmpty();
  }

  private static Optional<String> openWith(SecretKey key, byte[] sealed, String purpose) {
    byte[] nonce = new byte[NONCE];
    System.arraycopy(sealed, 1, nonce, 0, NONCE);
    try {
      byte[] open =
          cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
              .doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
      return Optional.of(new String(open, StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Opening failed", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String purpose)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private SecretKey key() {
    SecretKey known = key;
    if (known == null) {
      synchronized (random) {
        known = key;
        if (known == null) {
          known = source.get();
          key = known;
        }
      }
    }
    return known;
  }
}
