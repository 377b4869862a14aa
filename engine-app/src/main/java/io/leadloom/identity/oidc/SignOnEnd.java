package io.leadloom.identity.oidc;

import io.leadloom.identity.Account;
import io.leadloom.identity.factor.SecondStep;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.ResourceAccessException;

/** The end of a sign-in with a provider: a session and the page that was asked for, or the sign-in page with a reason. */
@Component
class SignOnEnd implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SignOnEnd.class);
  private static final Set<SignOnRefusal.Reason> UNNOTED =
      Set.of(
          SignOnRefusal.Reason.UNKNOWN_PROVIDER,
          SignOnRefusal.Reason.UNREACHABLE,
          SignOnRefusal.Reason.EXPIRED,
          SignOnRefusal.Reason.WAIT,
          SignOnRefusal.Reason.CANCELLED);
  private static final Set<String> METHODS_OF_POSSESSION =
      Set.of("otp", "hwk", "swk", "sms", "tel");

  private final Registrations registrations;
  private final KnownProviders providers;
  private final People people;
  private final ObjectProvider<SignedOn> sessions;
  private final AuditTrail trail;
  private final Attempts attempts;
  private final SignOuts signOuts;
  private final TransactionTemplate transaction;

  SignOnEnd(
      Registrations registrations,
      KnownProviders providers,
      People people,
      ObjectProvider<SignedOn> sessions,
      AuditTrail trail,
      Attempts attempts,
      SignOuts signOuts,
      TransactionTemplate transaction) {
    this.attempts = attempts;
    this.signOuts = signOuts;
    this.transaction = transaction;
    this.registrations = registrations;
    this.providers = providers;
    this.people = people;
    this.sessions = sessions;
    this.trail = trail;
  }

  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    // The request is not that person's: it only opens the session.
    SecurityContextHolder.clearContext();
    OAuth2AuthenticationToken token = (OAuth2AuthenticationToken) authentication;
    try {
      SignOnProvider provider = registrations.provider(token.getAuthorizedClientRegistrationId());
      OidcUser person = (OidcUser) token.getPrincipal();
      Account account = people.find(provider, person);
      attempts.succeeded(attempt(authentication));
      SignedOn.Opened opened =
          sessions
              .getObject()
              .open(
                  account.id(),
                  provider.name(),
                  strong(person.getIdToken().getClaimAsStringList("amr")),
                  request,
                  response);
      signOuts.keep(request, provider, person);
      send(response, target(opened, AskedProviders.next(request)));
      response.flushBuffer();
      endUnlinked(request, provider, person, account);
    } catch (AuthenticationException e) {
      onAuthenticationFailure(request, response, e);
    }
  }

  /**
   * Ends the session, which is written by now, when the link was removed while it was opened. Whoever removes a link
   * removes it first and ends the sessions then, so that a session is ended here or there.
   */
  private void endUnlinked(
      HttpServletRequest request, SignOnProvider provider, OidcUser person, Account account) {
    boolean linked =
        Boolean.TRUE.equals(
            transaction.execute(status -> people.linked(provider, person, account)));
    if (!linked) {
      BrowserSessions.close(request);
    }
  }

  /** How a sign-in with a provider counts among the tries of its address. */
  static Attempts.Attempt attempt(Authentication authentication) {
    return Attempts.Attempt.from(
        authentication.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : null);
  }

  private static String target(SignedOn.Opened opened, String next) {
    if (opened.needed() != SecondStep.Needed.NOTHING) {
      return "/sign-in?step="
          + opened.needed().name().toLowerCase(Locale.ROOT)
          + (next.equals("/") ? "" : "&next=" + encoded(next));
    }
    return opened.elsewhere() == null ? next : opened.elsewhere();
  }

  /**
   * Whether the provider's signed word is that it has seen two factors (RFC 8176): {@code mfa}, or something that one has
   * beside something else.
   */
  static boolean strong(@Nullable List<String> methods) {
    return methods != null
        && (methods.contains("mfa")
            || methods.stream().distinct().count() > 1
                && methods.stream().anyMatch(METHODS_OF_POSSESSION::contains));
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    SecurityContextHolder.clearContext();
    SignOnRefusal refusal = refusal(failure);
    Optional<SignOnProvider> provider = provider(request);
    LOG.debug("Single sign-on ends", refusal);
    note(request, refusal, provider);
    String next = AskedProviders.next(request);
    send(
        response,
        "/sign-in?problem="
            + refusal.reason().key()
            + provider.map(found -> "&provider=" + found.id()).orElse("")
            + (next.equals("/") ? "" : "&next=" + encoded(next)));
  }

  /** An entry is worth what a provider has answered; addresses can be opened, and answers given up, by anybody. */
  private void note(
      HttpServletRequest request, SignOnRefusal refusal, Optional<SignOnProvider> provider) {
    if (provider.isEmpty() || UNNOTED.contains(refusal.reason())) {
      return;
    }
    trail.recordApart(
        AuditEvent.of("session.refused", "user", "", "(" + provider.get().name() + ")")
            .fact("provider", provider.get().name())
            .fact("reason", refusal.reason().key())
            .fact("detail", refusal.getMessage())
            .by(
                new AuditActor(
                    AuditActor.Kind.SYSTEM, null, "unknown", null, request.getRemoteAddr())));
  }

  private Optional<SignOnProvider> provider(HttpServletRequest request) {
    String path = request.getServletPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.matches("[0-9]{1,18}")
        ? providers.find(Long.parseLong(last)).map(ProviderRows.Stored::provider)
        : Optional.empty();
  }

  /** What went wrong, in our own words. */
  private static SignOnRefusal refusal(AuthenticationException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SignOnRefusal known) {
        return known;
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ResourceAccessException) {
        return new SignOnRefusal(
            SignOnRefusal.Reason.UNREACHABLE, String.valueOf(cause.getMessage()), failure);
      }
    }
    String code =
        failure instanceof OAuth2AuthenticationException known
            ? known.getError().getErrorCode()
            : "";
    SignOnRefusal.Reason reason =
        switch (code) {
          case "access_denied" -> SignOnRefusal.Reason.CANCELLED;
          case "authorization_request_not_found", "invalid_state_parameter", "invalid_request" ->
              SignOnRefusal.Reason.EXPIRED;
          case "server_error", "temporarily_unavailable" -> SignOnRefusal.Reason.UNREACHABLE;
          default -> SignOnRefusal.Reason.INVALID;
        };
    return new SignOnRefusal(reason, String.valueOf(failure.getMessage()), failure);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void send(HttpServletResponse response, String address) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(HttpHeaders.LOCATION, address);
  }
}
