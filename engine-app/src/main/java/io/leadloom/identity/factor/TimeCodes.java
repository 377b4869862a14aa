package io.leadloom.identity.factor;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** Codes of six digits that change every 30 seconds (RFC 6238, SHA-1), as all authenticator apps know them. */
final class TimeCodes {

  private static final Duration STEP = Duration.ofSeconds(30);

  /** How many steps a clock may be wrong, either way. */
  private static final int DRIFT = 1;

  private final TimeBasedOneTimePasswordGenerator generator =
      new TimeBasedOneTimePasswordGenerator(STEP);

  /** The step whose code this is, now or one step away; empty for a wrong code. */
  OptionalLong step(byte[] secret, String code, Instant now) {
    byte[] given = code.getBytes(StandardCharsets.UTF_8);
    OptionalLong found = OptionalLong.empty();
    for (int drift = -DRIFT; drift <= DRIFT; drift++) {
      Instant moment = now.plus(STEP.multipliedBy(drift));
      if (MessageDigest.isEqual(code(secret, moment).getBytes(StandardCharsets.UTF_8), given)) {
        found = OptionalLong.of(moment.getEpochSecond() / STEP.toSeconds());
      }
    }
    return found;
  }

  String code(byte[] secret, Instant moment) {
    try {
      return generator.generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), moment);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
