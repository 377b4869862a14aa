package io.leadloom.identity.key;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets programs in by a key: {@code X-Leadloom-Key} and {@code X-Leadloom-Secret}, HTTP Basic with the access key as the
 * name, or a bearer token that stands for a key. Such a request has no session and needs no CSRF token, as no browser sends it by itself.
 */
class ApiKeyFilter extends OncePerRequestFilter {

  static final String KEY = "X-Leadloom-Key";
  static final String SECRET = "X-Leadloom-Secret";

  private static final String BEARER = "Bearer ";

  private final KnownKeys keys;
  private final AccessTokens tokens;
  private final RateLimits limits;
  private final KeyFailures failures;
  private final KeyProblems problems;

  ApiKeyFilter(
      KnownKeys keys,
      AccessTokens tokens,
      RateLimits limits,
      KeyFailures failures,
      KeyProblems problems) {
    this.keys = keys;
    this.tokens = tokens;
    this.limits = limits;
    this.failures = failures;
    this.problems = problems;
  }

  private record Credentials(String accessKey, String secret, boolean basic) {}

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (request.getServletPath().equals(TokenRequests.PATH)) {
      request.setAttribute(TokenRequests.CREDENTIALS, header);
      CsrfFilter.skipRequest(request);
      chain.doFilter(new WithoutCredentials(request), response);
      return;
    }
    Credentials given = credentials(request);
    if (given != null) {
      Optional<KnownKeys.Accepted> accepted = keys.check(given.accessKey(), given.secret());
      if (accepted.isPresent()) {
        HttpServletRequest rest = given.basic() ? new WithoutCredentials(request) : request;
        act(accepted.get(), false, rest, response, chain);
      } else {
        failures.note(given.accessKey());
        unknown(
            response,
            (given.basic() ? "Basic" : "LeadloomKey") + " realm=\"Leadloom\"",
            "The access key or its secret is wrong, or the key was revoked or has expired");
      }
    } else if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      Optional<KnownKeys.Accepted> accepted =
          tokens.check(header.substring(BEARER.length()).strip());
      if (accepted.isPresent()) {
        act(accepted.get(), true, request, response, chain);
      } else {
        unknown(
            response,
            "Bearer realm=\"Leadloom\", error=\"invalid_token\"",
            "The token is wrong or has expired, or its key was revoked");
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  private void unknown(HttpServletResponse response, String challenge, String detail)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
    problems.write(
        response, HttpServletResponse.SC_UNAUTHORIZED, "unauthenticated", "Sign in first", detail);
  }

  /** Carries a request out for the user of a key, as far as the key reaches. */
  private void act(
      KnownKeys.Accepted accepted,
      boolean bearer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    ApiKey key = accepted.key();
    String path = request.getServletPath();
    Scope needed = Scope.needed(request.getMethod(), path);
    if (!limits.within(
        key.id(), needed == Scope.BULK, "key '" + key.name() + "'", response, problems)) {
      return;
    }
    String refusal = refusal(key, needed, request.getMethod(), path);
    if (refusal != null) {
      if (bearer) {
        response.setHeader(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer realm=\"Leadloom\", error=\"insufficient_scope\", scope=\""
                + needed.key()
                + "\"");
      }
      problems.write(
          response, HttpServletResponse.SC_FORBIDDEN, "forbidden", "Not allowed", refusal);
      return;
    }
    KeyPrincipal principal =
        new KeyPrincipal(accepted.user().id(), accepted.user().login(), key.name());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of()));
    SecurityContextHolder.setContext(context);
    CsrfFilter.skipRequest(request);
    chain.doFilter(request, response);
  }

  /** Why a key may not do this, whatever its user may; null when it may. */
  private static @Nullable String refusal(ApiKey key, Scope needed, String method, String path) {
    boolean personal =
        path.startsWith("/api/v1/api-keys")
            || path.startsWith("/api/v1/settings/account-key")
            || path.startsWith("/api/v1/settings/single-sign-on")
            || path.startsWith("/api/v1/setup")
            || path.startsWith("/api/v1/session") && !method.equals("GET");
    if (personal) {
      return "Keys, passwords and sessions are managed by a person who has signed in, not by a key";
    }
    return key.scopes().contains(needed)
        ? null
        : "The key '" + key.name() + "' does not have the scope '" + needed.key() + "'";
  }

  private static @Nullable Credentials credentials(HttpServletRequest request) {
    String accessKey = request.getHeader(KEY);
    String secret = request.getHeader(SECRET);
    if (accessKey != null || secret != null) {
      return new Credentials(
          accessKey == null ? "" : accessKey, secret == null ? "" : secret, false);
    }
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon > 0 && pair.startsWith(KeySecrets.ACCESS)
          ? new Credentials(pair.substring(0, colon), pair.substring(colon + 1), true)
          : null;
    } catch (IllegalArgumentException e) {
      // Not Base64: whoever reads passwords says so.
      return null;
    }
  }

  /** Whoever comes next need not look at the credentials again: they are no login and password. */
  private static final class WithoutCredentials extends HttpServletRequestWrapper {

    WithoutCredentials(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name)
          ? Collections.emptyEnumeration()
          : super.getHeaders(name);
    }
  }
}
