package io.leadloom.platform.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes RFC 9457 problem documents; every room answers errors in this one form. */
public final class Problems {

  private static final String TYPES = "https://leadloom.io/problems/";

  private Problems() {}

  /**
   * A problem.
   *
   * @param type the last part of the stable type URI, for example {@code invalid}
   * @param title what kind of problem it is, the same for all of the type
   * @param detail what happened here, in the words of the user
   */
  public static ProblemDetail problem(
      int status, String type, String title, String detail, List<Violation> violations) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
    problem.setType(URI.create(TYPES + type));
    problem.setTitle(title);
    problem.setProperty("violations", violations);
    return problem;
  }

  /** The problem of an expected refusal. */
  public static ProblemDetail of(RefusedException refused) {
    String title =
        switch (refused.reason()) {
          case INVALID -> "The input is not acceptable";
          case MALFORMED -> "The input cannot be read";
          case NOT_FOUND -> "There is no such thing";
          case CONFLICT -> "This does not go with the present state";
          case FORBIDDEN -> "This is not allowed";
          case TOO_LARGE -> "The input is too large";
        };
    String detail = refused.getMessage() == null ? title : refused.getMessage();
    return problem(
        refused.reason().status(), refused.reason().type(), title, detail, refused.violations());
  }

  /** The answer that carries a problem. */
  public static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
