package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.PasswordSignIn;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.identity.WaitFirst;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.AccountSettings;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
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
  private final AccountSettings settings;
  private final AuditTrail trail;

  SessionController(
      PasswordSignIn passwords,
      BrowserSessions sessions,
      Users users,
      Staff staff,
      AccountSettings settings,
      AuditTrail trail) {
    this.passwords = passwords;
    this.sessions = sessions;
    this.users = users;
    this.staff = staff;
    this.settings = settings;
    this.trail = trail;
  }

  record Credentials(@Nullable String login, @Nullable String password) {}

  record Me(Person user, String timeZone, @Nullable String locale) {}

  record Person(long id, String login, String name, List<String> roles) {}

  record PasswordChange(@Nullable String current, @Nullable String password) {}

  record SetUp(boolean needed, boolean samples) {}

  record FirstAdministrator(
      @Nullable String login,
      @Nullable String name,
      @Nullable String email,
      @Nullable String password,
      @Nullable String timeZone) {}

  @PostMapping("/session")
  Me signIn(
      @RequestBody Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response) {
    Account account =
        passwords.check(
            new Attempts.Attempt(
                Objects.requireNonNullElse(credentials.login(), ""), request.getRemoteAddr()),
            Objects.requireNonNullElse(credentials.password(), ""));
    open(account.id(), request, response);
    note("session.opened", account.id(), account.login());
    return me(account.id());
  }

  private void note(String action, long userId, String login) {
    trail.record(AuditEvent.of(action, "user", userId, login).by(AuditActor.user(userId, login)));
  }

  private void open(long userId, HttpServletRequest request, HttpServletResponse response) {
    sessions.open(request, userId);
    CookieCsrfTokenRepository csrf = CookieCsrfTokenRepository.withHttpOnlyFalse();
    csrf.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    csrf.saveToken(csrf.generateToken(request), request, response);
  }

  @GetMapping("/session")
  ResponseEntity<?> session() {
    Optional<Users.Person> person = users.current();
    if (person.isPresent()) {
      return ResponseEntity.ok(me(person.get().id()));
    }
    return unauthenticated("Nobody is signed in");
  }

  @DeleteMapping("/session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signOut(HttpServletRequest request, HttpServletResponse response) {
    users.current().ifPresent(person -> note("session.closed", person.id(), person.login()));
    BrowserSessions.close(request);
    SecurityContextHolder.clearContext();
  }

  @PutMapping("/session/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changePassword(
      @RequestBody PasswordChange change,
      HttpServletRequest request,
      HttpServletResponse response) {
    boolean browser = sessions.user(request).isPresent();
    long user = users.current().orElseThrow().id();
    staff.changePassword(
        user,
        Objects.requireNonNullElse(change.current(), ""),
        Objects.requireNonNullElse(change.password(), ""));
    if (browser) {
      // All sessions have ended, this one too; whoever changed the password goes on in a new one.
      open(user, request, response);
    }
  }

  private Me me(long userId) {
    Account account = staff.account(userId);
    String zone = account.timeZone();
    return new Me(
        new Person(
            account.id(),
            account.login(),
            account.name(),
            account.roles().stream().sorted().map(Role::key).toList()),
        zone == null ? settings.timeZone().getId() : zone,
        account.locale());
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

  @ExceptionHandler(WaitFirst.class)
  ResponseEntity<ProblemDetail> tooOften(WaitFirst refusal) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.TOO_MANY_REQUESTS, String.valueOf(refusal.getMessage()));
    problem.setType(java.net.URI.create("https://leadloom.io/problems/wait"));
    problem.setTitle("Wait before you try again");
    long seconds = refusal.duration().toSeconds() + 1;
    return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds))
        .body(problem);
  }

  @ExceptionHandler(AuthenticationException.class)
  ResponseEntity<ProblemDetail> refused(AuthenticationException refusal) {
    return unauthenticated(String.valueOf(refusal.getMessage()));
  }

  private static ResponseEntity<ProblemDetail> unauthenticated(String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED, detail);
    problem.setType(java.net.URI.create("https://leadloom.io/problems/unauthenticated"));
    problem.setTitle("Sign in first");
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(problem);
  }
}
