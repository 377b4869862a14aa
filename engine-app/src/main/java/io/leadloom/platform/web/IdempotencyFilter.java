package io.leadloom.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.Violation;
import io.leadloom.platform.vault.Digests;
import io.leadloom.platform.web.IdempotencyKeys.Answer;
import io.leadloom.platform.web.IdempotencyKeys.Start;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Carries a POST, or a PATCH of a form, with an {@code Idempotency-Key} out once; its repetition within 24 hours gets the
 * same answer.
 */
@Component
@Order(100)
class IdempotencyFilter extends OncePerRequestFilter {

  private static final String KEY = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final int LONGEST = 200;

  private final IdempotencyKeys keys;
  private final ObjectMapper json;

  IdempotencyFilter(IdempotencyKeys keys, ObjectMapper json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !repeatable(request.getMethod(), path)
        || request.getHeader(KEY) == null
        || !path.startsWith("/api/v1/")
        || BodyLimitFilter.isFile(path)
        // It asks and changes nothing, so that it may be asked again; its answer holds records.
        || path.endsWith("/duplicates/like")
        // Its answer holds a secret, which is kept nowhere.
        || path.startsWith("/api/v1/api-keys")
        || path.startsWith("/api/v1/settings/account-key")
        || path.startsWith("/api/v1/oauth")
        || path.startsWith("/api/v1/session");
  }

  /** Changes stand on a version and can be repeated as they are, but for that of a form, which can make records beside. */
  private static boolean repeatable(String method, String path) {
    return method.equals("POST") || (method.equals("PATCH") && path.endsWith("/form"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String given = request.getHeader(KEY);
    if (given.isBlank() || given.length() > LONGEST) {
      refuse(
          response,
          400,
          "malformed",
          "The key cannot be used",
          given,
          "1 to " + LONGEST + " characters");
      return;
    }
    byte[] body;
    try {
      body = request.getInputStream().readAllBytes();
    } catch (BodyTooLargeException e) {
      refuse(response, 413, "too-large", "The body is too large", null, "a smaller body");
      return;
    }
    String caller = request.getUserPrincipal() == null ? "" : request.getUserPrincipal().getName();
    IdempotencyKeys.Key key =
        new IdempotencyKeys.Key(caller.length() > 100 ? caller.substring(0, 100) : caller, given);
    Start start = keys.begin(key, hash(request, body));
    if (start instanceof Start.Fresh) {
      carryOut(key, new Buffered(request, body), response, chain);
    } else if (start instanceof Start.Replay replay) {
      replay(replay.answer(), response);
    } else if (start instanceof Start.Other) {
      refuse(
          response,
          422,
          "invalid",
          "The key was used for another request",
          given,
          "a new key for a new request");
    } else {
      boolean effective = ((Start.Taken) start).effective();
      String detail =
          effective
              ? "The request has taken effect; its answer is not known yet"
              : "The same request is being carried out right now";
      refuse(response, 409, "conflict", detail, given, "one request at a time; ask again later");
    }
  }

  private void carryOut(
      IdempotencyKeys.Key key,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
    boolean done = false;
    keys.enter(key);
    try {
      chain.doFilter(request, answer);
      done = answer.getStatus() < 500;
    } finally {
      keys.leave();
      if (!done) {
        keys.failed(key);
      }
    }
    if (done) {
      keys.answered(
          key,
          new Answer(
              answer.getStatus(),
              answer.getContentType(),
              answer.getHeader(HttpHeaders.LOCATION),
              new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8)));
    }
    answer.copyBodyToResponse();
  }

  private static void replay(Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    response.setHeader(REPLAYED, "true");
    if (answer.location() != null) {
      response.setHeader(HttpHeaders.LOCATION, answer.location());
    }
    if (answer.contentType() != null) {
      response.setContentType(answer.contentType());
    }
    if (answer.body() != null) {
      response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void refuse(
      HttpServletResponse response,
      int status,
      String type,
      String detail,
      @org.jspecify.annotations.Nullable String value,
      String expectation)
      throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(
        response.getOutputStream(),
        Problems.problem(
            status,
            type,
            "The repetition cannot be answered",
            detail,
            List.of(Violation.of(KEY, value, expectation))));
  }

  private static byte[] hash(HttpServletRequest request, byte[] body) {
    MessageDigest digest = Digests.fresh();
    String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
    String method = request.getMethod().equals("POST") ? "" : request.getMethod() + " ";
    digest.update(
        (method + request.getRequestURI() + query + "\n").getBytes(StandardCharsets.UTF_8));
    return digest.digest(body);
  }

  /** A request whose body has been read already. */
  private static final class Buffered extends HttpServletRequestWrapper {

    private final byte[] body;

    Buffered(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      ByteArrayInputStream in = new ByteArrayInputStream(body);
      return new ServletInputStream() {
        @Override
        public int read() {
          return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          return in.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
          return in.available() == 0;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new IllegalStateException("The body is in memory");
        }
      };
    }
  }
}
