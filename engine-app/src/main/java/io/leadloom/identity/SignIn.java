package io.leadloom.identity;

import io.leadloom.identity.factor.SecondStep;
import io.leadloom.identity.password.Passwords;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.Folded;
import io.leadloom.platform.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Checks login and password. Programs send them with every request and password hashes are slow on purpose, so a pair
 * that was right is remembered for some minutes, as a keyed hash; it counts only until users change and only for the
 * address that it came from. Guessing is slowed down by {@link Attempts}.
 */
@Component
class SignIn implements AuthenticationProvider, PasswordSignIn {

  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final Duration NOTED_EVERY = Duration.ofHours(1);
  private static final int MOST_REMEMBERED = 10_000;

  private final Directory directory;
  private final StaffRows rows;
  private final Passwords passwords;
  private final Attempts attempts;
  private final SecondStep step;
  private final BrowserSessions sessions;
  private final Clock clock;
  private final AuditTrail trail;
  private final SecretKeySpec key;

  /** Hashed at the first sign-in; the start does not wait for it. */
  private final SingletonSupplier<String> nobodysPassword;

  private final Map<String, Verified> verified = new ConcurrentHashMap<>();
  private final Object[] oneAtATime = Stream.generate(Object::new).limit(64).toArray();
  private final Map<Program, Instant> noted = new ConcurrentHashMap<>();

  /** Who sends passwords from where. */
  private record Program(long userId, String address) {}

  /** A password that was right when users were at this version. */
  private record Verified(long version, Instant until) {}

  SignIn(
      Directory directory,
      StaffRows rows,
      Passwords passwords,
      Attempts attempts,
      SecondStep step,
      BrowserSessions sessions,
      Clock clock,
      AuditTrail trail) {
    this.directory = directory;
    this.rows = rows;
    this.passwords = passwords;
    this.attempts = attempts;
    this.step = step;
    this.sessions = sessions;
    this.clock = clock;
    this.trail = trail;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
    String nobodys = HexFormat.of().formatHex(secret);
    this.nobodysPassword = SingletonSupplier.of(() -> passwords.hash(nobodys));
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : null;
    Attempts.Attempt tried = new Attempts.Attempt(attempt.getName(), address);
    // Before what is remembered: otherwise guesses could go on there while the login is locked.
    attempts.knownWait(tried).ifPresent(SignIn::refuse);
    String password = String.valueOf(attempt.getCredentials());
    long version = directory.version();
    Instant now = clock.instant();
    String fingerprint = fingerprint(tried, password);
    Optional<Account> account = directory.accountByLogin(tried.login()).filter(Account::active);
    if (account.isEmpty() || !isRemembered(fingerprint, version, now)) {
      // A program that calls several times at once is let in once: each check counts as an attempt
      // until the password is found right.
      synchronized (oneAtATime[Math.floorMod(fingerprint.hashCode(), oneAtATime.length)]) {
        if (account.isEmpty() || !isRemembered(fingerprint, version, now)) {
          account = Optional.of(verify(tried, password));
          if (verified.size() >= MOST_REMEMBERED) {
            verified.clear();
          }
          verified.put(fingerprint, new Verified(version, now.plus(REMEMBERED)));
        }
      }
    }
    noteProgram(account.get(), address, now);
    SignedIn principal = new SignedIn(account.get().id(), account.get().login());
    return UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of());
  }

  private boolean isRemembered(String fingerprint, long version, Instant now) {
    Verified known = verified.get(fingerprint);
    return known != null && known.version() == version && known.until().isAfter(now);
  }

  private Account verify(Attempts.Attempt tried, String password) {
    Account account = check(tried, password).account();
    if (step.of(account.id(), null) != SecondStep.Needed.NOTHING) {
      // A password alone would be a way around the second factor: programs of such users have keys.
      throw new BadCredentialsException("This user signs in with a second factor");
    }
    return account;
  }

  /** A program signs in with each call: that is noted once an hour for a user and an address. */
  private void noteProgram(Account account, @Nullable String address, Instant now) {
    Program program = new Program(account.id(), String.valueOf(address));
    Instant last = noted.get(program);
    if (last != null && !last.isAfter(now) && last.plus(NOTED_EVERY).isAfter(now)) {
      return;
    }
    if (noted.size() >= MOST_REMEMBERED) {
      noted.clear();
    }
    if (last == null
        ? noted.putIfAbsent(program, now) == null
        : noted.replace(program, last, now)) {
      trail.recordApart(StaffEvents.byPassword(account, address));
    }
  }

  @Override
  public Checked check(Attempts.Attempt attempt, String password) {
    attempts.begin(attempt).ifPresent(SignIn::refuse);
    Optional<Account> account = directory.accountByLogin(attempt.login()).filter(Account::active);
    // An unknown login takes as long as a known one, so that logins cannot be found out.
    String nobodys = nobodysPassword.obtain();
    // Before the password: it may be replaced, which ends all sessions, while the old one is
    // checked.
    long ends = sessions.ends(account.map(Account::id).orElse(0L));
    String stored = account.flatMap(found -> rows.password(found.id())).orElse(nobodys);
    if (!passwords.matches(password, stored) || account.isEmpty()) {
      trail.recordApart(StaffEvents.refused(account, attempt.address()));
      throw new BadCredentialsException("Login or password is wrong");
    }
    attempts.succeeded(attempt);
    if (passwords.outdated(stored)) {
      rows.replacePassword(account.get().id(), stored, passwords.hash(password));
    }
    return new Checked(account.get(), ends);
  }

  private static void refuse(Duration wait) {
    throw new WaitFirst(wait);
  }

  private String fingerprint(Attempts.Attempt attempt, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      for (String part :
          new String[] {
            String.valueOf(Folded.of(attempt.login())), String.valueOf(attempt.address())
          }) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
      }
      return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
