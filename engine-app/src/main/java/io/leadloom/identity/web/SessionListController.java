package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Needs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The open sessions of users: everybody sees and ends the own ones, administrators end those of others. */
@RestController
@RequestMapping("/api/v1")
class SessionListController {

  private final BrowserSessions sessions;
  private final Users users;
  private final Staff staff;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  SessionListController(
      BrowserSessions sessions,
      Users users,
      Staff staff,
      AuditTrail trail,
      TransactionTemplate transaction) {
    this.trail = trail;
    this.transaction = transaction;
    this.sessions = sessions;
    this.users = users;
    this.staff = staff;
  }

  record Ended(int ended) {}

  @GetMapping("/sessions")
  List<BrowserSessions.Open> own(HttpServletRequest request) {
    return sessions.of(users.current().orElseThrow().id(), request);
  }

  @DeleteMapping("/sessions/{handle}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(@PathVariable String handle) {
    if (!sessions.end(users.current().orElseThrow().id(), handle)) {
      throw RefusedException.notFound("session", handle);
    }
  }

  /** Signs out everywhere; with {@code others=true} everywhere else. */
  @DeleteMapping("/sessions")
  Ended endAll(@RequestParam(defaultValue = "false") boolean others, HttpServletRequest request) {
    long user = users.current().orElseThrow().id();
    if (others) {
      return new Ended(sessions.endOthers(user, request));
    }
    int ended = sessions.endAll(user);
    BrowserSessions.close(request);
    return new Ended(ended);
  }

  @DeleteMapping("/users/{id}/sessions")
  @Needs(administrator = true)
  Ended endThoseOf(@PathVariable long id) {
    Account account = staff.account(id);
    Integer ended =
        transaction.execute(
            status -> {
              int count = sessions.endAll(id);
              if (count > 0) {
                trail.record(
                    AuditEvent.of("user.sessions-ended", "user", id, account.login())
                        .fact("sessions", count));
              }
              return count;
            });
    return new Ended(Objects.requireNonNull(ended));
  }
}
