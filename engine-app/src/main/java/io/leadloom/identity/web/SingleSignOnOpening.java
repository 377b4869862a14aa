package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.identity.factor.SecondStep;
import io.leadloom.identity.oidc.SignedOn;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens the session of whom a provider has vouched for, as {@link SessionController} does after a password. */
@Component
class SingleSignOnOpening implements SignedOn {

  private final SessionOpening opening;
  private final BrowserSessions sessions;
  private final SecondStep step;
  private final Staff staff;
  private final AuditTrail trail;

  SingleSignOnOpening(
      SessionOpening opening,
      BrowserSessions sessions,
      SecondStep step,
      Staff staff,
      AuditTrail trail) {
    this.opening = opening;
    this.sessions = sessions;
    this.step = step;
    this.staff = staff;
    this.trail = trail;
  }

  @Override
  public Opened open(
      long userId,
      String provider,
      boolean strong,
      HttpServletRequest request,
      HttpServletResponse response) {
    SecondStep.Needed needed =
        strong ? SecondStep.Needed.NOTHING : step.of(userId, device(request));
    long ends = sessions.ends(userId);
    if (needed != SecondStep.Needed.NOTHING) {
      sessions.openPending(request, new BrowserSessions.Waiting(userId, ends));
      return new Opened(needed, null);
    }
    opening.open(userId, ends, request, response);
    Account account = staff.account(userId);
    trail.record(
        AuditEvent.of("session.opened", "user", userId, account.login())
            .fact("provider", provider)
            .by(AuditActor.user(userId, account.login())));
    return new Opened(needed, opening.me(userId).redirect());
  }

  private static @Nullable String device(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? null
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(SecondFactorController.DEVICE))
            .map(Cookie::getValue)
            .findFirst()
            .orElse(null);
  }
}
