package io.leadloom.platform.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** How the links of the chain are computed: a keyed hash over the link before and every part of the entry, each with its length. */
final class AuditChain {

  /** The hash before the first entry. */
  static final byte[] START = {0};

  private static final int MISSING = -1;

  private AuditChain() {}

  /** An entry as it stands in its row; the detail is the exact text that is stored. */
  record Row(
      long seq,
      Instant at,
      AuditActor actor,
      String action,
      String subjectKind,
      String subjectId,
      String subjectName,
      String detail,
      int generation) {}

  /**
   * The ends of the chain. {@code baseSeq} is the last entry that retention has removed; 0 when none was. Generation 0 is
   * that of a head without a key, as it is before the first start.
   */
  record Head(long seq, byte[] hash, long baseSeq, byte[] baseHash, int generation, byte[] mac) {}

  static byte[] hash(SecretKey key, byte[] previous, Row row) {
    Mac mac = mac(key);
    bytes(mac, previous);
    number(mac, row.seq());
    number(mac, ChronoUnit.MICROS.between(Instant.EPOCH, row.at()));
    text(mac, row.actor().kind().key());
    number(mac, row.actor().userId() == null ? MISSING : row.actor().userId());
    text(mac, row.actor().name());
    text(mac, row.actor().apiKey());
    text(mac, row.actor().address());
    text(mac, row.action());
    text(mac, row.subjectKind());
    text(mac, row.subjectId());
    text(mac, row.subjectName());
    text(mac, row.detail());
    number(mac, row.generation());
    return mac.doFinal();
  }

  static byte[] mac(SecretKey key, Head head) {
    Mac mac = mac(key);
    text(mac, "head");
    number(mac, head.seq());
    bytes(mac, head.hash());
    number(mac, head.baseSeq());
    bytes(mac, head.baseHash());
    number(mac, head.generation());
    return mac.doFinal();
  }

  private static Mac mac(SecretKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HmacSHA256", e);
    }
  }

  private static void number(Mac mac, long number) {
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  private static void bytes(Mac mac, byte[] bytes) {
    number(mac, bytes.length);
    mac.update(bytes);
  }

  private static void text(Mac mac, @Nullable String text) {
    if (text == null) {
      number(mac, MISSING);
    } else {
      bytes(mac, text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
