package io.leadloom.identity.web;

import io.leadloom.identity.PasswordByMail;
import io.leadloom.identity.Staff;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Needs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Passwords that are set through a link in a mail. */
@RestController
@RequestMapping("/api/v1")
class PasswordLinkController {

  private final PasswordByMail passwords;
  private final Attempts attempts;
  private final Staff staff;

  PasswordLinkController(PasswordByMail passwords, Attempts attempts, Staff staff) {
    this.passwords = passwords;
    this.attempts = attempts;
    this.staff = staff;
  }

  record Forgotten(@Nullable String login) {}

  record NewPassword(@Nullable String token, @Nullable String password) {}

  /** The same answer whoever asks for whom; who asks often waits. */
  @PostMapping("/password-links")
  ResponseEntity<Void> forgotten(@RequestBody Forgotten forgotten, HttpServletRequest request) {
    String login = Objects.requireNonNullElse(forgotten.login(), "");
    if (login.isBlank()) {
      throw RefusedException.invalid(
          "Nobody is named", Violation.of("login", null, "your user name or e-mail address"));
    }
    Optional<Duration> wait =
        attempts.begin(new Attempts.Attempt("forgotten " + login, request.getRemoteAddr()));
    if (wait.isPresent()) {
      return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
          .header(HttpHeaders.RETRY_AFTER, Long.toString(wait.get().toSeconds() + 1))
          .build();
    }
    passwords.forgotten(login);
    return ResponseEntity.accepted().build();
  }

  @PutMapping("/password-links")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void set(@RequestBody NewPassword wanted) {
    passwords.set(
        Objects.requireNonNullElse(wanted.token(), ""),
        Objects.requireNonNullElse(wanted.password(), ""));
  }

  @PostMapping("/users/{id}/invitation")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.ACCEPTED)
  void invite(@PathVariable long id) {
    passwords.invite(List.of(staff.account(id)));
  }
}
