package io.leadloom.source.web;

import io.leadloom.source.Integration;
import io.leadloom.source.Reception;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers browsers that ask whether a script of a website may post JSON to an integration (LEAD-128): for the websites that
 * an administrator has named for it, and for nobody else. Nothing else of Leadloom is open to scripts of websites.
 */
final class HookScripts extends OncePerRequestFilter {

  private static final String SECONDS_KEPT = "600";

  private final Reception reception;

  private HookScripts(Reception reception) {
    this.reception = reception;
  }

  /** Lets the script that has sent a request read its answer, where it may post at all. */
  static void mayRead(
      Integration integration, HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    if (integration.letsIn(origin)) {
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String wanted = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (!HttpMethod.OPTIONS.matches(request.getMethod()) || wanted == null) {
      chain.doFilter(request, response);
      return;
    }
    String path = request.getRequestURI().substring(request.getContextPath().length());
    Integration integration =
        path.startsWith(HookController.PATH)
            ? reception.at(path.substring(HookController.PATH.length())).orElse(null)
            : null;
    if (integration == null && !reception.mayCome(null, request.getRemoteAddr())) {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
    } else if (integration == null
        || !HttpMethod.POST.matches(wanted)
        || !integration.letsIn(request.getHeader(HttpHeaders.ORIGIN))) {
      response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
      response.setStatus(HttpStatus.FORBIDDEN.value());
    } else {
      mayRead(integration, request, response);
      response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, HttpMethod.POST.name());
      response.setHeader(
          HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HttpHeaders.CONTENT_TYPE + ", Idempotency-Key");
      response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, SECONDS_KEPT);
      response.setStatus(HttpStatus.NO_CONTENT.value());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Registration {

    @Bean
    FilterRegistrationBean<HookScripts> hookScripts(Reception reception) {
      FilterRegistrationBean<HookScripts> filter =
          new FilterRegistrationBean<>(new HookScripts(reception));
      filter.addUrlPatterns(HookController.PATH + "*");
      return filter;
    }
  }
}
