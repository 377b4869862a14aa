package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.PasswordSignIn;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.identity.WaitFirst;
import io.leadloom.identity.factor.SecondStep;
import io.leadloom.identity.oidc.SignOuts;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out of a browser session, and the first administrator of an empty installation. */
@RestController
@RequestMapping("/api/v1")
class SessionController {

  private final PasswordSignIn passwords;
  private final BrowserSessions sessions;
  private final Users users;
  private final Staff staff;
  private final SecondStep step;
  private final SessionOpening opening;
  private final AuditTrail trail;
  private final SignOuts signOuts;

  SessionController(
      PasswordSignIn passwords,
      BrowserSessions sessions,
      Users users,
      Staff staff,
      SecondStep step,
      SessionOpening opening,
      AuditTrail trail,
      SignOuts signOuts) {
    this.passwords = passwords;
    this.sessions = sessions;
    this.users = users;
    this.staff = staff;
    this.step = step;
    this.opening = opening;
    this.trail = trail;
    this.signOuts = signOuts;
  }

  record Credentials(@Nullable String login, @Nullable String password) {}

  record PasswordChange(@Nullable String current, @Nullable String password) {}

  /**
   * A session that has ended here.
   *
   * @param address where the browser goes to sign out at the provider of single sign-on
   */
  record SignedOut(String address) {}

  record SetUp(boolean needed, boolean samples) {}

  record FirstAdministrator(
      @Nullable String login,
      @Nullable String name,
      @Nullable String email,
      @Nullable String password,
      @Nullable String timeZone) {}

  @PostMapping("/session")
  ResponseEntity<?> signIn(
      @RequestBody Credentials credentials,
      @CookieValue(name = SecondFactorController.DEVICE, required = false) @Nullable String device,
      HttpServletRequest request,
      HttpServletResponse response) {
    PasswordSignIn.Checked checked =
        passwords.check(
            new Attempts.Attempt(
                Objects.requireNonNullElse(credentials.login(), ""), request.getRemoteAddr()),
            Objects.requireNonNullElse(credentials.password(), ""));
    Account account = checked.account();
    SecondStep.Needed needed = step.of(account.id(), device);
    if (needed == SecondStep.Needed.NOTHING) {
      opening.open(account.id(), checked.ends(), request, response);
      note("session.opened", account.id(), account.login());
      return ResponseEntity.ok(opening.me(account.id()));
    }
    sessions.openPending(request, new BrowserSessions.Waiting(account.id(), checked.ends()));
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNAUTHORIZED, "The password is right; the second factor is missing");
    problem.setType(URI.create("https://leadloom.io/problems/second-factor"));
    problem.setTitle("Second factor");
    problem.setProperty("secondFactor", needed.name().toLowerCase(Locale.ROOT));
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(problem);
  }

  private void note(String action, long userId, String login) {
    trail.record(AuditEvent.of(action, "user", userId, login).by(AuditActor.user(userId, login)));
  }

  @GetMapping("/session")
  ResponseEntity<?> session() {
    Optional<Users.Person> person = users.current();
    if (person.isPresent()) {
      return ResponseEntity.ok(opening.me(person.get().id()));
    }
    return unauthenticated("Nobody is signed in");
  }

  /** Ends the session; 200 with an address when the browser is to sign out at its provider too, otherwise 204. */
  @DeleteMapping("/session")
  ResponseEntity<SignedOut> signOut(HttpServletRequest request) {
    Optional<SignOuts.Elsewhere> elsewhere = signOuts.of(request);
    users
        .current()
        .ifPresent(
            person -> {
              AuditEvent event =
                  AuditEvent.of("session.closed", "user", person.id(), person.login())
                      .by(AuditActor.user(person.id(), person.login()));
              trail.record(
                  elsewhere.map(there -> event.fact("provider", there.provider())).orElse(event));
            });
    BrowserSessions.close(request);
    SecurityContextHolder.clearContext();
    return elsewhere
        .map(there -> ResponseEntity.ok(new SignedOut(there.address())))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  @PutMapping("/session/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changePassword(
      @RequestBody PasswordChange change,
      HttpServletRequest request,
      HttpServletResponse response) {
    boolean browser = sessions.user(request).isPresent();
    long user = users.current().orElseThrow().id();
    long ends =
        staff.changePassword(
            user,
            Objects.requireNonNullElse(change.current(), ""),
            Objects.requireNonNullElse(change.password(), ""));
    if (browser) {
      // All sessions have ended, this one too; whoever changed the password goes on in a new one.
      opening.open(user, ends, request, response);
    }
  }

  @GetMapping("/setup")
  SetUp setUp() {
    boolean samples = users.byLogin("sales").isPresent() && users.byLogin("manager").isPresent();
    return new SetUp(staff.isEmpty(), samples);
  }

  @PostMapping("/setup")
  @ResponseStatus(HttpStatus.CREATED)
  synchronized UserJson firstAdministrator(@RequestBody FirstAdministrator first) {
    if (!staff.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "Leadloom is set up already",
          List.of(Violation.of("login", first.login(), "a sign-in with an existing user")));
    }
    return UserJson.of(
        staff.create(
            new Staff.NewAccount(
                Objects.requireNonNullElse(first.login(), ""),
                Objects.requireNonNullElse(first.name(), ""),
                first.email(),
                null,
                Objects.requireNonNullElse(first.password(), ""),
                Set.of(Role.ADMINISTRATOR),
                first.timeZone(),
                null,
                null)),
        List.of());
  }

  @ExceptionHandler(AuthenticationException.class)
  ResponseEntity<ProblemDetail> refused(AuthenticationException refusal) {
    return refusal(refusal);
  }

  /** What a sign-in that failed is told. */
  static ResponseEntity<ProblemDetail> refusal(AuthenticationException refusal) {
    String detail = String.valueOf(refusal.getMessage());
    if (refusal instanceof WaitFirst wait) {
      ProblemDetail problem =
          ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, detail);
      problem.setType(URI.create("https://leadloom.io/problems/wait"));
      problem.setTitle("Wait before you try again");
      return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
          .header(HttpHeaders.RETRY_AFTER, Long.toString(wait.duration().toSeconds() + 1))
          .body(problem);
    }
    return unauthenticated(detail);
  }

  private static ResponseEntity<ProblemDetail> unauthenticated(String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, detail);
    problem.setType(URI.create("https://leadloom.io/problems/unauthenticated"));
    problem.setTitle("Sign in first");
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(problem);
  }
}
