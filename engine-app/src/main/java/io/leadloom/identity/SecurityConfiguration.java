package io.leadloom.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.identity.key.ApiKeyAccess;
import io.leadloom.identity.key.TokenRequests;
import io.leadloom.identity.oidc.SingleSignOn;
import io.leadloom.platform.audit.ActingPrincipal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who may call what: pages, their API description and the health check are open, everything under {@code /api/v1} needs
 * a sign-in. Browsers have a session cookie and a CSRF token, programs send HTTP Basic with every request.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String CONTENT_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
          + " connect-src 'self'; frame-src 'self' blob: data:; frame-ancestors 'self'; base-uri 'self';"
          + " form-action 'self'; object-src 'none'";

  /** Nobody watches the single filters, and watching them takes time of every request. */
  @Bean
  SecurityObservationSettings filtersAreNotObserved() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  AuthenticationManager authenticationManager(SignIn signIn) {
    return new ProviderManager(signIn);
  }

  /** Addresses with double slashes, encoded line ends and the like, which could mean different things to different readers. */
  @Bean
  RequestRejectedHandler rejectedAddresses(ObjectMapper json) {
    return (request, response, rejected) ->
        write(
            response,
            json,
            HttpServletResponse.SC_BAD_REQUEST,
            "malformed",
            "The request cannot be read",
            "The address holds characters that are not taken");
  }

  @Bean
  SecurityFilterChain security(
      HttpSecurity http,
      SecurityContextRepository sessions,
      Directory directory,
      ApiKeyAccess keys,
      SingleSignOn providers,
      ObjectMapper json)
      throws Exception {
    CookieCsrfTokenRepository csrfCookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    csrfCookie.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    AuthorizationManager<RequestAuthorizationContext> signedIn =
        (authentication, context) ->
            new AuthorizationDecision(
                directory.signedIn(authentication.get()).isPresent()
                    || ActingPrincipal.current().filter(ActingPrincipal::account).isPresent());
    AuthorizationManager<RequestAuthorizationContext> administrator =
        (authentication, context) ->
            new AuthorizationDecision(
                directory
                    .signedIn(authentication.get())
                    .filter(Account::administrator)
                    .isPresent());
    providers
        .filters()
        .forEach(filter -> http.addFilterBefore(filter, BasicAuthenticationFilter.class));
    return http.securityContext(context -> context.securityContextRepository(sessions))
        .authorizeHttpRequests(
            requests ->
                requests
                    // Only the end of an answer whose request was let in: a stream that closes.
                    .dispatcherTypeMatchers(DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(
                        "/api/v1/session",
                        "/api/v1/session/providers",
                        "/api/v1/session/brand",
                        "/api/v1/session/brand/logo",
                        "/api/v1/session/second-factor",
                        "/api/v1/session/second-factor/enrolment",
                        "/api/v1/setup",
                        "/api/v1/password-links",
                        TokenRequests.PATH)
                    .permitAll()
                    .requestMatchers("/api/v1/**")
                    .access(signedIn)
                    .requestMatchers("/actuator/health/**", "/actuator/info")
                    .permitAll()
                    .requestMatchers("/actuator/**")
                    .access(administrator)
                    .anyRequest()
                    .permitAll())
        .httpBasic(
            basic ->
                basic.authenticationEntryPoint(
                    (request, response, e) -> unknown(request, response, json)))
        .csrf(
            csrf ->
                csrf.csrfTokenRepository(csrfCookie)
                    .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                    .ignoringRequestMatchers(SecurityConfiguration::needsNoCsrfToken))
        .addFilterBefore(keys.filter(), CsrfFilter.class)
        .addFilterBefore(keys.accountFilter(), CsrfFilter.class)
        .addFilterAfter(new CsrfCookie(), BasicAuthenticationFilter.class)
        .exceptionHandling(
            refusals ->
                refusals
                    .authenticationEntryPoint(
                        (request, response, e) -> unknown(request, response, json))
                    .accessDeniedHandler((request, response, e) -> forbidden(response, json)))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                    .frameOptions(frames -> frames.sameOrigin())
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        policy ->
                            policy.policy("camera=(), microphone=(), geolocation=(), payment=()")))
        .formLogin(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .build();
  }

  /** A browser never sends these on its own behalf: Basic credentials are not asked for, sign-in has no session yet. */
  private static boolean needsNoCsrfToken(HttpServletRequest request) {
    String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (credentials != null && credentials.regionMatches(true, 0, "Basic ", 0, 6)) {
      return true;
    }
    String path = request.getServletPath();
    boolean api = path.startsWith("/api/v1/");
    boolean opening =
        "POST".equals(request.getMethod())
            && (path.equals("/api/v1/session") || path.equals("/api/v1/setup"));
    return opening || !api;
  }

  private static void unknown(
      HttpServletRequest request, HttpServletResponse response, ObjectMapper json)
      throws IOException {
    // A browser would show its own password window for "Basic": only programs that use it are told
    // so.
    boolean basic = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE, (basic ? "Basic" : "Session") + " realm=\"Leadloom\"");
    write(
        response,
        json,
        HttpServletResponse.SC_UNAUTHORIZED,
        "unauthenticated",
        "Sign in first",
        basic ? "Login or password is wrong" : "This needs a session or HTTP Basic credentials");
  }

  private static void forbidden(HttpServletResponse response, ObjectMapper json)
      throws IOException {
    write(
        response,
        json,
        HttpServletResponse.SC_FORBIDDEN,
        "forbidden",
        "Not allowed",
        "Your roles do not allow this, or the X-XSRF-TOKEN header does not repeat the XSRF-TOKEN cookie");
  }

  private static void write(
      HttpServletResponse response,
      ObjectMapper json,
      int status,
      String type,
      String title,
      String detail)
      throws IOException {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "https://leadloom.io/problems/" + type);
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }

  /** Gives every browser its CSRF cookie with the first answer: the token is made when it is first asked for. */
  private static final class CsrfCookie extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getHeader(HttpHeaders.AUTHORIZATION) == null
          // The pages of websites get no cookie of ours.
          && !request.getRequestURI().startsWith(request.getContextPath() + "/track/")
          && !request.getRequestURI().startsWith(request.getContextPath() + "/hooks/")
          && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
        token.getToken();
      }
      chain.doFilter(request, response);
    }
  }
}
