package io.leadloom.identity.web;

import io.leadloom.identity.PasswordSignIn;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.identity.WaitFirst;
import io.leadloom.identity.factor.RememberedDevices;
import io.leadloom.identity.factor.SecondFactors;
import io.leadloom.identity.factor.SecondStep;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Needs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The second step of the sign-in, and setting it up. All of it stands under {@code /session}, whose answers are never
 * kept for repeated requests: they hold secrets that are shown once.
 */
@RestController
@RequestMapping("/api/v1")
class SecondFactorController {

  /** The cookie of a remembered device. */
  static final String DEVICE = "LEADLOOM_DEVICE";

  private final SecondFactors factors;
  private final SecondStep step;
  private final RememberedDevices devices;
  private final BrowserSessions sessions;
  private final SessionOpening opening;
  private final Attempts attempts;
  private final PasswordSignIn passwords;
  private final Users users;
  private final Staff staff;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  SecondFactorController(
      SecondFactors factors,
      SecondStep step,
      RememberedDevices devices,
      BrowserSessions sessions,
      SessionOpening opening,
      Attempts attempts,
      PasswordSignIn passwords,
      Users users,
      Staff staff,
      AuditTrail trail,
      TransactionTemplate transaction) {
    this.factors = factors;
    this.step = step;
    this.devices = devices;
    this.sessions = sessions;
    this.opening = opening;
    this.attempts = attempts;
    this.passwords = passwords;
    this.users = users;
    this.staff = staff;
    this.trail = trail;
    this.transaction = transaction;
  }

  record Code(@Nullable String code, @Nullable Boolean remember) {}

  record Password(@Nullable String password) {}

  record State(boolean enabled, @Nullable Instant since, boolean mandated, int recoveryCodesLeft) {}

  record Confirmed(List<String> recoveryCodes, SessionOpening.Me session) {}

  record Codes(List<String> recoveryCodes) {}

  /** Ends a sign-in that waits for the second step. */
  @PutMapping("/session/second-factor")
  SessionOpening.Me signIn(
      @RequestBody Code code, HttpServletRequest request, HttpServletResponse response) {
    BrowserSessions.Waiting waiting = waiting(request);
    long user = waiting.userId();
    Attempts.Attempt attempt =
        new Attempts.Attempt("second factor of " + user, request.getRemoteAddr());
    attempts
        .begin(attempt)
        .ifPresent(
            wait -> {
              throw new WaitFirst(wait);
            });
    if (!factors.take(user, Objects.requireNonNullElse(code.code(), ""))) {
      trail.recordApart(
          AuditEvent.of("session.refused", "user", user, staff.account(user).login())
              .fact("secondFactor", "a wrong code after the right password")
              .by(AuditActor.system("unknown")));
      throw RefusedException.invalid(
          "The code is wrong",
          Violation.of("code", null, "the code that the app shows now, or a recovery code"));
    }
    attempts.succeeded(attempt);
    if (Boolean.TRUE.equals(code.remember())) {
      String token =
          devices.remember(
              user,
              String.valueOf(request.getHeader(HttpHeaders.USER_AGENT)),
              request.getRemoteAddr());
      response.addHeader(HttpHeaders.SET_COOKIE, cookie(token, request));
    }
    opening.open(user, waiting.ends(), request, response);
    note("session.opened", user);
    return opening.me(user);
  }

  private static String cookie(String token, HttpServletRequest request) {
    return ResponseCookie.from(DEVICE, token)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Lax")
        .path("/")
        .maxAge(RememberedDevices.LASTS)
        .build()
        .toString();
  }

  private BrowserSessions.Waiting waiting(HttpServletRequest request) {
    return sessions
        .pending(request)
        .orElseThrow(() -> new BadCredentialsException("Enter your password first"));
  }

  /** Makes the secret for an app: in the middle of a sign-in, or for whoever repeats the own password. */
  @PostMapping("/session/second-factor/enrolment")
  SecondFactors.Enrolment begin(@RequestBody Password password, HttpServletRequest request) {
    Optional<BrowserSessions.Waiting> pending = sessions.pending(request);
    long user = pending.isPresent() ? pending.get().userId() : confirmed(password, request);
    return factors.begin(user, staff.account(user).login());
  }

  /** Switches the second factor on; a sign-in that waited for it ends. */
  @PutMapping("/session/second-factor/enrolment")
  Confirmed confirm(
      @RequestBody Code code, HttpServletRequest request, HttpServletResponse response) {
    Optional<BrowserSessions.Waiting> pending = sessions.pending(request);
    long user =
        pending.isPresent()
            ? pending.get().userId()
            : users.current().orElseThrow(() -> new BadCredentialsException("Sign in first")).id();
    List<String> codes =
        factors.confirm(
            user, staff.account(user).login(), Objects.requireNonNullElse(code.code(), ""));
    if (pending.isPresent()) {
      opening.open(user, pending.get().ends(), request, response);
      note("session.opened", user);
    }
    return new Confirmed(codes, opening.me(user));
  }

  @GetMapping("/session/second-factor")
  State state() {
    long user =
        users.current().orElseThrow(() -> new BadCredentialsException("Sign in first")).id();
    Instant since = factors.since(user).orElse(null);
    return new State(since != null, since, step.mandated(user), factors.codesLeft(user));
  }

  @PostMapping("/session/second-factor/removal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@RequestBody Password password, HttpServletRequest request) {
    long user = confirmed(password, request);
    if (step.mandated(user)) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "Your authentication profile needs a second factor",
          List.of());
    }
    factors.remove(user, staff.account(user).login());
  }

  @PutMapping("/session/second-factor/recovery-codes")
  Codes newCodes(@RequestBody Password password, HttpServletRequest request) {
    long user = confirmed(password, request);
    if (factors.since(user).isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT, "Set up a second factor first", List.of());
    }
    return new Codes(factors.newCodes(user, staff.account(user).login()));
  }

  @GetMapping("/session/devices")
  List<RememberedDevices.Device> devices() {
    return devices.of(users.current().orElseThrow().id());
  }

  @DeleteMapping("/session/devices/{handle}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void forget(@PathVariable String handle) {
    if (!devices.forget(users.current().orElseThrow().id(), handle)) {
      throw RefusedException.notFound("device", handle);
    }
  }

  /** For a user who has lost app and recovery codes. */
  @DeleteMapping("/users/{id}/second-factor")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void removeOf(@PathVariable long id) {
    String login = staff.account(id).login();
    transaction.executeWithoutResult(
        status -> {
          if (factors.remove(id, login)) {
            sessions.endAll(id);
          }
        });
  }

  /** The signed-in user, who repeats the password: an open session alone is not enough for this. */
  private long confirmed(Password password, HttpServletRequest request) {
    Users.Person person =
        users.current().orElseThrow(() -> new BadCredentialsException("Sign in first"));
    try {
      passwords.check(
          new Attempts.Attempt(person.login(), request.getRemoteAddr()),
          Objects.requireNonNullElse(password.password(), ""));
    } catch (BadCredentialsException e) {
      throw RefusedException.invalid(
          "The present password is wrong", Violation.of("password", null, "your present password"));
    }
    return person.id();
  }

  private void note(String action, long user) {
    String login = staff.account(user).login();
    trail.record(AuditEvent.of(action, "user", user, login).by(AuditActor.user(user, login)));
  }

  @ExceptionHandler(AuthenticationException.class)
  ResponseEntity<ProblemDetail> refused(AuthenticationException refusal) {
    return SessionController.refusal(refusal);
  }
}
