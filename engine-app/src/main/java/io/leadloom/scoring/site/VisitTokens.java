package io.leadloom.scoring.site;

import io.leadloom.platform.vault.SealedKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Marks of leads for links in mails: whoever follows one is known on the website (LEAD-156). Nobody can make one without
 * the account's key, and it says nothing but which lead it is.
 */
@Component
class VisitTokens {

  private static final int KEPT = 12;

  private final SealedKeys keys;

  VisitTokens(SealedKeys keys) {
    this.keys = keys;
  }

  String of(long lead) {
    byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(lead).array();
    byte[] token = Arrays.copyOf(id, Long.BYTES + KEPT);
    System.arraycopy(signed(id), 0, token, Long.BYTES, KEPT);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The lead of a token; null when it is none of ours. */
  @Nullable Long lead(@Nullable String token) {
    if (token == null || token.length() > 40) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.length != Long.BYTES + KEPT) {
      return null;
    }
    byte[] id = Arrays.copyOf(bytes, Long.BYTES);
    byte[] right = Arrays.copyOf(signed(id), KEPT);
    boolean ours =
        MessageDigest.isEqual(right, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
    return ours ? ByteBuffer.wrap(id).getLong() : null;
  }

  private byte[] signed(byte[] id) {
    try {
      javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
      mac.init(keys.hmac("website-visits"));
      return mac.doFinal(id);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every platform has HmacSHA256", e);
    }
  }
}
