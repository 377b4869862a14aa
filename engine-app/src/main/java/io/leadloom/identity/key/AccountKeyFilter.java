package io.leadloom.identity.key;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets programs in by the account's key in the header {@code X-Leadloom-Account-Key}. It reaches all records and what one
 * needs to read to work with them, and nothing else: whatever is not named here is refused, so that a new endpoint is not
 * open to it by mistake.
 */
class AccountKeyFilter extends OncePerRequestFilter {

  private static final String API = "/api/v1/";

  /** Whose rate is counted: no key of a user has this id. */
  private static final long RATE = 0;

  private static final Pattern WORKED_WITH =
      Pattern.compile(
          "(leads|contacts|accounts|opportunities|activities|tasks|notes|files|lists|tags|imports|bulk-actions)(/.*)?");
  private static final Pattern READ =
      Pattern.compile(
          "(schema|automations|runs|deliveries)(/.*)?|users|teams|automation-templates|cards|triggers|company(/logo)?");
  private static final Pattern STARTED = Pattern.compile("automations/[0-9]+/start");

  private final AccountKeys keys;
  private final RateLimits limits;
  private final KeyProblems problems;

  AccountKeyFilter(AccountKeys keys, RateLimits limits, KeyProblems problems) {
    this.keys = keys;
    this.limits = limits;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String given = request.getHeader(AccountKeys.HEADER);
    if (given == null) {
      chain.doFilter(request, response);
      return;
    }
    if (!keys.check(given)) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "LeadloomKey realm=\"Leadloom\"");
      problems.write(
          response,
          HttpServletResponse.SC_UNAUTHORIZED,
          "unauthenticated",
          "Sign in first",
          "The API key of the account is wrong, or was renewed");
      return;
    }
    String method = request.getMethod();
    String path = request.getServletPath();
    boolean bulk = Scope.needed(method, path) == Scope.BULK;
    if (!limits.within(RATE, bulk, "API key of the account", response, problems)) {
      return;
    }
    if (!reaches(method, path)) {
      problems.write(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          "forbidden",
          "Not allowed",
          "The API key of the account is for records, lists, tags, imports and for starting automations; settings,"
              + " users, permissions and keys are managed by a person who has signed in");
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(new AccountPrincipal(), null, List.of()));
    SecurityContextHolder.setContext(context);
    CsrfFilter.skipRequest(request);
    chain.doFilter(request, response);
  }

  private static boolean reaches(String method, String path) {
    if (!path.startsWith(API)) {
      return false;
    }
    String place = path.substring(API.length());
    boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    return WORKED_WITH.matcher(place).matches()
        || reads && READ.matcher(place).matches()
        || method.equals("POST") && STARTED.matcher(place).matches();
  }
}
