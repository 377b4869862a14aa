package io.leadloom.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries an expected refusal out of a call that has no refusal among its results; the web layer answers it as
 * {@code application/problem+json} and nothing has been written.
 */
public class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient List<Violation> violations;

  /** Why a request is refused; each reason has a stable problem type and an HTTP status. */
  public enum Reason {
    INVALID("invalid", 422),
    MALFORMED("malformed", 400),
    NOT_FOUND("not-found", 404),
    CONFLICT("conflict", 409),
    FORBIDDEN("forbidden", 403),
    TOO_LARGE("too-large", 413);

    private final String type;
    private final int status;

    Reason(String type, int status) {
      this.type = type;
      this.status = status;
    }

    /** The last part of the problem type URI. */
    public String type() {
      return type;
    }

    public int status() {
      return status;
    }
  }

  public RefusedException(Reason reason, String message, List<Violation> violations) {
    super(message);
    this.reason = reason;
    this.violations = List.copyOf(violations);
  }

  public static RefusedException invalid(String message, Violation... violations) {
    return new RefusedException(Reason.INVALID, message, List.of(violations));
  }

  public static RefusedException notFound(String what, Object id) {
    return new RefusedException(
        Reason.NOT_FOUND,
        "There is no " + what + " '" + id + "'",
        List.of(Violation.of("id", id, "the id of an existing " + what)));
  }

  /**
   * A change of something as the caller saw it before somebody else changed it (409).
   *
   * @param what what was changed, as in "the group"
   * @param seen the version that the caller has seen; null for none
   * @param present the version that it has now
   */
  public static RefusedException outdated(String what, @Nullable Integer seen, int present) {
    return new RefusedException(
        Reason.CONFLICT,
        "Somebody else changed " + what + " meanwhile",
        List.of(Violation.of("version", seen, "the present version " + present)));
  }

  public static RefusedException forbidden(String message) {
    return new RefusedException(Reason.FORBIDDEN, message, List.of());
  }

  public Reason reason() {
    return reason;
  }

  public List<Violation> violations() {
    return violations;
  }
}
