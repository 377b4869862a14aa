package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.AccountSettings;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
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

  private final AuthenticationManager authentication;
  private final SecurityContextRepository sessions;
  private final Users users;
  private final Staff staff;
  private final AccountSettings settings;

  SessionController(
      AuthenticationManager authentication,
      SecurityContextRepository sessions,
      Users users,
      Staff staff,
      AccountSettings settings) {
    this.authentication = authentication;
    this.sessions = sessions;
    this.users = users;
    this.staff = staff;
    this.settings = settings;
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
    Authentication verified =
        authentication.authenticate(
            UsernamePasswordAuthenticationToken.unauthenticated(
                Objects.requireNonNullElse(credentials.login(), ""),
                Objects.requireNonNullElse(credentials.password(), "")));
    // A session id that somebody planted before the sign-in must not become a signed-in one.
    HttpSession old = request.getSession(false);
    if (old != null) {
      request.changeSessionId();
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(verified);
    SecurityContextHolder.setContext(context);
    sessions.saveContext(context, request, response);
    CookieCsrfTokenRepository csrf = CookieCsrfTokenRepository.withHttpOnlyFalse();
    csrf.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    csrf.saveToken(csrf.generateToken(request), request, response);
    return me();
  }

  @GetMapping("/session")
  ResponseEntity<?> session() {
    if (users.current().isPresent()) {
      return ResponseEntity.ok(me());
    }
    return unauthenticated("Nobody is signed in");
  }

  @DeleteMapping("/session")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void signOut(HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    SecurityContextHolder.clearContext();
  }

  @PutMapping("/session/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void changePassword(@RequestBody PasswordChange change) {
    staff.changePassword(
        users.current().orElseThrow().id(),
        Objects.requireNonNullElse(change.current(), ""),
        Objects.requireNonNullElse(change.password(), ""));
  }

  private Me me() {
    Account account = staff.account(users.current().orElseThrow().id());
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
