package io.leadloom.simulators.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks signatures the way a receiver would, from the documentation alone. */
public final class Signature {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private Signature() {}

  /** Returns why the signature is not right; null when it is. */
  public static @Nullable String problem(
      @Nullable String header, byte[] body, String secret, Instant now) {
    if (header == null) {
      return "no signature";
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        return "not of the form t=…,v1=…";
      }
      parts.put(part.substring(0, equals), part.substring(equals + 1));
    }
    String time = parts.getOrDefault("t", "");
    if (!time.matches("[0-9]{1,12}")) {
      return "no time";
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs();
    if (age.compareTo(TOLERANCE) > 0) {
      return "signed at another time";
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      String right = HexFormat.of().formatHex(mac.doFinal(body));
      boolean equal =
          MessageDigest.isEqual(
              right.getBytes(StandardCharsets.UTF_8),
              parts.getOrDefault("v1", "").getBytes(StandardCharsets.UTF_8));
      return equal ? null : "wrong signature";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
