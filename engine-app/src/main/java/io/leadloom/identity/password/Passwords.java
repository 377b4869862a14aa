package io.leadloom.identity.password;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id (19 MiB, two passes, as OWASP advises) and still knows the bcrypt hashes of earlier
 * versions. Each hash takes memory, so that only as many are computed at a time as there are processors: a flood of
 * sign-ins waits instead of using up the memory.
 */
@Component
public class Passwords {

  private static final int SALT = 16;
  private static final int LENGTH = 32;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;

  private final PasswordEncoder light = new BCryptPasswordEncoder();
  private final PasswordEncoder encoder =
      new DelegatingPasswordEncoder(
          "argon2",
          Map.of(
              "argon2",
              new Argon2PasswordEncoder(SALT, LENGTH, 1, MEMORY_KIB, PASSES),
              "bcrypt",
              light));
  private final Semaphore turns =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  /** The hash to keep. */
  public String hash(String password) {
    return inTurn(() -> Objects.requireNonNull(encoder.encode(password)));
  }

  /**
   * A hash that costs little time at the start of an installation; the first sign-in replaces it. For passwords that are
   * publicly known anyway.
   */
  public String lightHash(String password) {
    return inTurn(() -> "{bcrypt}" + light.encode(password));
  }

  /** Whether the hash is one of this password. */
  public boolean matches(String password, String hash) {
    return inTurn(() -> encoder.matches(password, hash));
  }

  /** Whether the hash is of an older kind and is to be replaced while the password is at hand. */
  public boolean outdated(String hash) {
    return encoder.upgradeEncoding(hash);
  }

  private <T> T inTurn(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
