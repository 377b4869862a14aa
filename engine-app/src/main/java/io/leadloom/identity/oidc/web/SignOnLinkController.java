package io.leadloom.identity.oidc.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.identity.oidc.SignOnLinks;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who at which provider opens the account of a user, for administrators. */
@Tag(name = "Single sign-on")
@RestController
@RequestMapping("/api/v1/users/{id}/sign-on-links")
class SignOnLinkController {

  private final SignOnLinks links;
  private final Staff staff;
  private final BrowserSessions sessions;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  SignOnLinkController(
      SignOnLinks links,
      Staff staff,
      BrowserSessions sessions,
      AuditTrail trail,
      TransactionTemplate transaction) {
    this.links = links;
    this.staff = staff;
    this.sessions = sessions;
    this.trail = trail;
    this.transaction = transaction;
  }

  @Operation(summary = "The people at providers who open the account of a user")
  @GetMapping
  @Needs(administrator = true)
  List<SignOnLinks.Link> of(@PathVariable long id) {
    return links.of(staff.account(id).id());
  }

  @Operation(
      summary = "Removes them and ends the sessions of the user",
      description =
          "Whoever signs in with a provider is linked again by the e-mail address, if that is the user's and confirmed.")
  @DeleteMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void forget(@PathVariable long id) {
    Account account = staff.account(id);
    transaction.executeWithoutResult(
        status -> {
          int count = links.forget(id);
          if (count > 0) {
            sessions.endAll(id);
            trail.record(
                AuditEvent.of("user.unlinked", "user", id, account.login()).fact("links", count));
          }
        });
  }

  @Operation(
      summary = "Removes one of them and ends the sessions of the user",
      description = "All sessions, as they do not say who has opened them.")
  @DeleteMapping("/{handle}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void forgetOne(@PathVariable long id, @PathVariable String handle) {
    Account account = staff.account(id);
    transaction.executeWithoutResult(
        status -> {
          SignOnLinks.Link link =
              links.of(id).stream()
                  .filter(one -> one.handle().equals(handle))
                  .findFirst()
                  .orElseThrow(() -> RefusedException.notFound("link", handle));
          links.forget(id, link);
          sessions.endAll(id);
          trail.record(
              AuditEvent.of("user.unlinked", "user", id, account.login())
                  .fact("links", 1)
                  .fact("provider", link.provider()));
        });
  }
}
