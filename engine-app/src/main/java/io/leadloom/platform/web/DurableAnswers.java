package io.leadloom.platform.web;

import io.leadloom.platform.Durability;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Begins the answer to a request that may have changed something when the change is on disk. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class DurableAnswers extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Durability durability;

  DurableAnswers(Durability durability) {
    this.durability = durability;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Answer answer = new Answer(response);
    chain.doFilter(request, answer);
    answer.begin();
  }

  /** Waits once, before the first byte. */
  private final class Answer extends HttpServletResponseWrapper {

    private boolean begun;

    Answer(HttpServletResponse response) {
      super(response);
    }

    void begin() {
      if (!begun) {
        durability.await();
        begun = true;
      }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      begin();
      return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      begin();
      return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
      begin();
      super.flushBuffer();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      begin();
      super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
      begin();
      super.sendError(status);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
      begin();
      super.sendRedirect(location);
    }
  }
}
