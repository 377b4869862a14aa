package io.leadloom.identity.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Keeps in the browser's session what a provider was asked, until the browser comes back from it, on whichever node. A
 * session that holds nothing else ends after ten minutes.
 */
final class AskedProviders implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  /** The attribute of what was asked that says which page comes afterwards. */
  static final String NEXT = "next";

  private static final String OF_REQUEST = AskedProviders.class.getName();
  private static final Duration LASTS = Duration.ofMinutes(10);

  private final HttpSessionOAuth2AuthorizationRequestRepository sessions =
      new HttpSessionOAuth2AuthorizationRequestRepository();

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return sessions.loadAuthorizationRequest(request);
  }

  @Override
  public void saveAuthorizationRequest(
      OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
    boolean fresh = request.getSession(false) == null;
    sessions.saveAuthorizationRequest(asked, request, response);
    HttpSession session = request.getSession(false);
    if (fresh && session != null) {
      session.setMaxInactiveInterval((int) LASTS.toSeconds());
    }
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    OAuth2AuthorizationRequest asked = sessions.removeAuthorizationRequest(request, response);
    if (asked != null) {
      request.setAttribute(OF_REQUEST, asked);
    }
    return asked;
  }

  /** The page that comes after the sign-in that the request ends: one of our own. */
  static String next(HttpServletRequest request) {
    return request.getAttribute(OF_REQUEST) instanceof OAuth2AuthorizationRequest asked
        ? own(asked.getAttribute(NEXT))
        : "/";
  }

  /** The address if it is one of our own pages, otherwise that of the first page. */
  static String own(@Nullable String page) {
    boolean own =
        page != null
            && page.length() <= 2_000
            && page.matches("/[!-~]*")
            && !page.startsWith("//")
            && !page.contains("\\")
            && !page.startsWith("/api/")
            && !page.startsWith("/oauth2/")
            && !page.startsWith("/login/");
    return own && page != null ? page : "/";
  }
}
