package io.leadloom.identity;

import io.leadloom.identity.session.BrowserSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Knows from the browser's session who stands behind a request. The session holds the user's id and nothing else, so that
 * it means the same to nodes of different versions; it is read only when somebody asks.
 */
@Component
class SessionContexts implements SecurityContextRepository {

  private final BrowserSessions sessions;
  private final Directory directory;

  SessionContexts(BrowserSessions sessions, Directory directory) {
    this.sessions = sessions;
    this.directory = directory;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    Supplier<SecurityContext> once = SingletonSupplier.of(() -> context(request));
    return new DeferredSecurityContext() {
      @Override
      public SecurityContext get() {
        return once.get();
      }

      @Override
      public boolean isGenerated() {
        return get().getAuthentication() == null;
      }
    };
  }

  private SecurityContext context(HttpServletRequest request) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    OptionalLong user = sessions.user(request);
    if (user.isPresent()) {
      directory
          .ofSession(user.getAsLong())
          .ifPresent(
              account ->
                  context.setAuthentication(
                      UsernamePasswordAuthenticationToken.authenticated(
                          new SignedIn(account.id(), account.login()), null, List.of())));
    }
    return context;
  }

  /** As {@link #loadDeferredContext}, for callers of the older kind. */
  @Override
  @SuppressWarnings("deprecation") // the interface still asks for it
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return context(holder.getRequest());
  }

  /** Begins a session for whoever is in the context. */
  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    if (context.getAuthentication() != null
        && context.getAuthentication().getPrincipal() instanceof SignedIn principal) {
      sessions.open(request, principal.id(), sessions.ends(principal.id()));
    } else {
      BrowserSessions.close(request);
    }
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return sessions.user(request).isPresent();
  }
}
