package io.leadloom.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests that never reach a controller, because even their address cannot be read, are answered like all others. */
@RestController
class ContainerProblems implements ErrorController {

  /** What the servlet container has reported. */
  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<ProblemDetail> report(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return Problems.answer(problem(status instanceof Integer code ? code : 404));
  }

  private static ProblemDetail problem(int code) {
    HttpStatus known = HttpStatus.resolve(code);
    HttpStatus status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    return switch (status) {
      case NOT_FOUND ->
          Problems.problem(
              404, "not-found", "There is no such thing", "Nothing is here", List.of());
      case INTERNAL_SERVER_ERROR ->
          Problems.problem(500, "internal", "Something went wrong", "The log says more", List.of());
      default ->
          Problems.problem(
              status.value(),
              "malformed",
              "The request cannot be read",
              "The server does not take a request like this: " + status.getReasonPhrase(),
              List.of());
    };
  }

  /** The same for what Tomcat refuses before there is an application to ask. */
  public static final class Valve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
      int status = response.getStatus();
      if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("UTF-8");
      ProblemDetail problem = problem(status);
      try {
        response
            .getReporter()
            .write(
                "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"violations\":[]}"
                    .formatted(problem.getType(), problem.getTitle(), status, problem.getDetail()));
        response.finishResponse();
      } catch (IOException e) {
        // Whoever asked has gone.
        return;
      }
    }
  }

  /** Puts the valve in the place of Tomcat's own page. */
  @Component
  static class Installer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addContextCustomizers(
          context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(Valve.class.getName());
            }
          });
    }
  }
}
