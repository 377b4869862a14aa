package io.leadloom.identity;

import io.leadloom.platform.Folded;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Checks login and password. Password hashes are slow on purpose, so a verified pair is remembered for some minutes, as
 * a keyed hash; it counts only until users change. Guessing is slowed down per login.
 */
@Component
class SignIn implements AuthenticationProvider {

  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration GUESSING_PERIOD = Duration.ofMinutes(5);
  private static final int GUESSES = 20;

  private final Directory directory;
  private final StaffRows rows;
  private final PasswordEncoder passwords;
  private final Clock clock;
  private final SecretKeySpec key;

  /** Hashed at the first sign-in; the start does not wait for it. */
  private final SingletonSupplier<String> nobodysPassword;

  private final Map<String, Verified> verified = new ConcurrentHashMap<>();
  private final Map<String, Deque<Instant>> failures = new ConcurrentHashMap<>();

  /** A password that was right when users were at this version. */
  private record Verified(long version, Instant until) {}

  SignIn(Directory directory, StaffRows rows, PasswordEncoder passwords, Clock clock) {
    this.directory = directory;
    this.rows = rows;
    this.passwords = passwords;
    this.clock = clock;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
    String nobodys = HexFormat.of().formatHex(secret);
    this.nobodysPassword =
        SingletonSupplier.of(() -> Objects.requireNonNull(passwords.encode(nobodys)));
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String login = attempt.getName();
    String password = String.valueOf(attempt.getCredentials());
    refuseGuessing(login);
    Optional<Account> account = directory.accountByLogin(login).filter(Account::active);
    if (!matches(login, password, account) || account.isEmpty()) {
      noteFailure(login);
      throw new BadCredentialsException("Login or password is wrong");
    }
    failures.remove(folded(login));
    SignedIn principal = new SignedIn(account.get().id(), account.get().login());
    return UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of());
  }

  private boolean matches(String login, String password, Optional<Account> account) {
    Instant now = clock.instant();
    long version = directory.version();
    String fingerprint = fingerprint(login, password);
    Verified known = verified.get(fingerprint);
    if (known != null && known.version() == version && known.until().isAfter(now)) {
      return true;
    }
    // An unknown login takes as long as a known one, so that logins cannot be found out.
    String nobodys = nobodysPassword.obtain();
    String stored = account.flatMap(found -> rows.password(found.id())).orElse(nobodys);
    if (!passwords.matches(password, stored)) {
      return false;
    }
    if (verified.size() >= MOST_REMEMBERED) {
      verified.clear();
    }
    verified.put(fingerprint, new Verified(version, now.plus(REMEMBERED)));
    return true;
  }

  private String fingerprint(String login, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(folded(login).getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refuseGuessing(String login) {
    Deque<Instant> times = failures.get(folded(login));
    if (times == null) {
      return;
    }
    Instant since = clock.instant().minus(GUESSING_PERIOD);
    synchronized (times) {
      times.removeIf(time -> time.isBefore(since));
      if (times.size() >= GUESSES) {
        throw new LockedException("Too many wrong passwords; try again in a few minutes");
      }
    }
  }

  private void noteFailure(String login) {
    if (failures.size() >= MOST_REMEMBERED) {
      failures.clear();
    }
    Deque<Instant> times = failures.computeIfAbsent(folded(login), name -> new ArrayDeque<>());
    synchronized (times) {
      times.addLast(clock.instant());
    }
  }

  private static String folded(@Nullable String login) {
    return String.valueOf(login == null ? null : Folded.of(login));
  }
}
