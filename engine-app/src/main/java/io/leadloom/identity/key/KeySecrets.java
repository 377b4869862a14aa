package io.leadloom.identity.key;

import io.leadloom.platform.vault.SealedKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.springframework.stereotype.Component;

/** Makes keys and hashes their secrets. A secret has 256 random bits: nobody can try them out, so the hash may be fast. */
@Component
class KeySecrets {

  /** How the public part begins, so that it is told apart from a login. */
  static final String ACCESS = "llk_";

  private static final String SECRET = "lls_";
  private static final String ACCOUNT = "lla_";
  private static final int ACCESS_BYTES = 12;
  private static final int SECRET_BYTES = 32;

  private final SealedKeys keys;
  private final SecureRandom random = new SecureRandom();

  KeySecrets(SealedKeys keys) {
    this.keys = keys;
  }

  String freshAccessKey() {
    return ACCESS + HexFormat.of().formatHex(bytes(ACCESS_BYTES));
  }

  String freshSecret() {
    return SECRET + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
  }

  String freshAccountKey() {
    return ACCOUNT + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The hash, which depends on the access key too, so that it fits no other row. */
  byte[] hash(String accessKey, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.hmac("api-key"));
      mac.update(accessKey.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256", e);
    }
  }
}
