package io.leadloom.platform.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.lock.LockWait;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.api.OpenApiResourceNotFoundException;
import org.springframework.core.NestedRuntimeException;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Answers every error as a problem document that says what was wrong and what was expected; never a stack trace. */
@RestControllerAdvice
class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(RefusedException refused) {
    return Problems.answer(Problems.of(refused));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException unreadable) {
    Throwable cause = unreadable.getCause();
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof RefusedException refused) {
        return refused(refused);
      }
      if (t instanceof BodyTooLargeException tooLarge) {
        return tooLarge(tooLarge.getMessage());
      }
      if (t instanceof StreamConstraintsException constraints) {
        return tooLarge(firstLine(constraints));
      }
    }
    if (cause instanceof JsonProcessingException json) {
      return Problems.answer(json(json));
    }
    return malformed(
        "The body is missing or cannot be read", Violation.of("body", null, "a JSON document"));
  }

  private static ProblemDetail json(JsonProcessingException json) {
    String at = position(json.getLocation());
    if (json instanceof UnrecognizedPropertyException unknown) {
      List<String> known = new ArrayList<>();
      if (unknown.getKnownPropertyIds() != null) {
        unknown.getKnownPropertyIds().forEach(id -> known.add(String.valueOf(id)));
      }
      return Problems.problem(
          422,
          "invalid",
          "The input is not acceptable",
          "The property '" + unknown.getPropertyName() + "' is not known" + at,
          List.of(
              Violation.of(
                  path(unknown), null, "one of the properties " + String.join(", ", known))));
    }
    if (json instanceof MismatchedInputException mismatch) {
      Object value = mismatch instanceof InvalidFormatException format ? format.getValue() : null;
      return Problems.problem(
          422,
          "invalid",
          "The input is not acceptable",
          "A value has the wrong type" + at,
          List.of(Violation.of(path(mismatch), value, expected(mismatch.getTargetType()))));
    }
    return Problems.problem(
        400,
        "malformed",
        "The input cannot be read",
        "The body is not valid JSON" + at + ": " + firstLine(json),
        List.of(
            Violation.of(
                json instanceof JsonMappingException mapping ? path(mapping) : "body",
                null,
                "valid JSON")));
  }

  private static String firstLine(JsonProcessingException json) {
    return Objects.requireNonNullElse(json.getOriginalMessage(), "it ends too early")
        .lines()
        .findFirst()
        .orElse("");
  }

  private static String position(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String path(JsonMappingException mapping) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : mapping.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.isEmpty() ? "body" : path.toString();
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "a value of another type";
    }
    if (type.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        names.add(constant.toString());
      }
      return "one of " + String.join(", ", names);
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number that fits " + type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }
    boolean list = type.isArray() || Iterable.class.isAssignableFrom(type);
    return list ? "a list" : "a JSON object";
  }

  private static ResponseEntity<ProblemDetail> tooLarge(@Nullable String detail) {
    return Problems.answer(
        Problems.problem(
            413,
            "too-large",
            "The input is too large",
            Objects.requireNonNullElse(detail, "The body is too large"),
            List.of(
                Violation.of("body", null, "a smaller document; see the limits in the API page"))));
  }

  private static ResponseEntity<ProblemDetail> malformed(String detail, Violation... violations) {
    return Problems.answer(
        Problems.problem(
            400, "malformed", "The input cannot be read", detail, List.of(violations)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooLarge(BodyTooLargeException tooLarge) {
    return tooLarge(tooLarge.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> wrongParameter(MethodArgumentTypeMismatchException mismatch) {
    return malformed(
        "A parameter cannot be read",
        Violation.of(
            mismatch.getName(), mismatch.getValue(), expected(mismatch.getRequiredType())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> missingParameter(MissingServletRequestParameterException missing) {
    return malformed(
        "A parameter is missing", Violation.of(missing.getParameterName(), null, "a value"));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(MethodArgumentNotValidException invalid) {
    List<Violation> violations = new ArrayList<>();
    for (FieldError error : invalid.getFieldErrors()) {
      violations.add(
          Violation.of(
              error.getField(),
              error.getRejectedValue(),
              Objects.requireNonNullElse(error.getDefaultMessage(), "another value")));
    }
    return refused(
        new RefusedException(
            RefusedException.Reason.INVALID, "The input is not acceptable", violations));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> wrongMethod(HttpRequestMethodNotSupportedException wrong) {
    String[] supported =
        wrong.getSupportedMethods() == null ? new String[0] : wrong.getSupportedMethods();
    ProblemDetail problem =
        Problems.problem(
            405,
            "method-not-allowed",
            "The method is not allowed here",
            wrong.getMethod() + " is not possible at this address",
            List.of(
                Violation.of(
                    "method", wrong.getMethod(), "one of " + String.join(", ", supported))));
    return ResponseEntity.status(405)
        .header(HttpHeaders.ALLOW, String.join(", ", supported))
        .contentType(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> wrongMediaType(HttpMediaTypeNotSupportedException wrong) {
    return Problems.answer(
        Problems.problem(
            415,
            "media-type",
            "The media type is not understood",
            "The body has a media type that is not understood here",
            List.of(
                Violation.of(
                    "Content-Type",
                    wrong.getContentType(),
                    "one of " + wrong.getSupportedMediaTypes()))));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> race(ConcurrencyFailureException race) {
    if (LockWait.ended(race)) {
      return busy(race);
    }
    LOG.info("A request lost a race on the database: {}", race.getMessage());
    return Problems.answer(
        Problems.problem(
            409,
            "conflict",
            "It was changed in the meantime",
            "Others are changing the same records right now; try again",
            List.of()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> noSuchApi(OpenApiResourceNotFoundException unknown) {
    return Problems.answer(
        Problems.problem(
            404,
            "not-found",
            "The request cannot be answered",
            "There is no such group of endpoints",
            List.of()));
  }

  /** The database is away, or somebody holds what the request needs for longer than one waits. */
  @ExceptionHandler({
    QueryTimeoutException.class,
    NonTransientDataAccessResourceException.class,
    RecoverableDataAccessException.class,
    CannotCreateTransactionException.class
  })
  ResponseEntity<ProblemDetail> busy(NestedRuntimeException busy) {
    LOG.warn("A request could not reach its data: {}", busy.getMessage());
    ProblemDetail problem =
        Problems.problem(
            503,
            "busy",
            "The data cannot be reached right now",
            "Nothing was changed; try again in a few seconds",
            List.of());
    return ResponseEntity.status(503)
        .header(HttpHeaders.RETRY_AFTER, "5")
        .contentType(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /** The reader has gone: there is nobody to answer. */
  @ExceptionHandler
  @ResponseStatus(org.springframework.http.HttpStatus.NO_CONTENT)
  void gone(AsyncRequestNotUsableException gone) {
    LOG.debug("The reader of an answer went away: {}", gone.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> other(Exception other, HttpServletRequest request)
      throws Exception {
    if (other instanceof AccessDeniedException || other instanceof AuthenticationException) {
      throw other;
    }
    if (other instanceof ErrorResponse response) {
      int status = response.getStatusCode().value();
      String detail =
          Objects.requireNonNullElse(
              response.getBody().getDetail(), "The request cannot be answered");
      String type = status == 404 ? "not-found" : "malformed";
      return Problems.answer(
          Problems.problem(status, type, "The request cannot be answered", detail, List.of()));
    }
    ResponseStatus named = AnnotationUtils.findAnnotation(other.getClass(), ResponseStatus.class);
    if (named != null) {
      throw other;
    }
    String incident = UUID.randomUUID().toString();
    LOG.error(
        "Incident {} at {} {}", incident, request.getMethod(), request.getRequestURI(), other);
    ProblemDetail problem =
        Problems.problem(
            500,
            "internal",
            "Something went wrong in Leadloom",
            "The request could not be carried out; the log tells more under the incident's number",
            List.of());
    problem.setProperty("incident", incident);
    return Problems.answer(problem);
  }
}
