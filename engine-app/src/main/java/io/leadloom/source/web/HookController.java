package io.leadloom.source.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.Violation;
import io.leadloom.platform.web.Problems;
import io.leadloom.source.Arrival;
import io.leadloom.source.Arrival.State;
import io.leadloom.source.Integration;
import io.leadloom.source.IntegrationKind;
import io.leadloom.source.Reception;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where leads come in (LEAD-128): one address for each integration, open to whoever knows it. What is read is kept before
 * it is answered; browsers that have posted a form see a page or are sent on, programs get JSON.
 */
@Hidden
@RestController
class HookController {

  /** What stands before the token of an integration. */
  static final String PATH = "/hooks/leads/";

  private static final String AT = PATH + "{token:[A-Za-z0-9_-]{20,100}}";
  private static final int MOST_BYTES = 262_144;

  private static final List<String> RELAYED = List.of("Forwarded", "X-Forwarded-For", "Via");

  private static final String THANKS =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\""
          + " content=\"width=device-width\"><title>Thank you</title><p>Thank you. We have received your"
          + " message.</p></html>";
  private static final String WRONG =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\""
          + " content=\"width=device-width\"><title>Please check</title><p>Something is missing or cannot be read."
          + " Please go back and check what you have entered.</p></html>";

  private final Reception reception;

  HookController(Reception reception) {
    this.reception = reception;
  }

  /** What has become of a delivery. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Taken(String status, @Nullable Long delivery, @Nullable Long lead, boolean replayed) {}

  /** Meta asks whether the address is ours. */
  @GetMapping(AT)
  ResponseEntity<?> asked(
      @PathVariable String token,
      @RequestParam(name = "hub.mode", defaultValue = "") String mode,
      @RequestParam(name = "hub.verify_token", defaultValue = "") String key,
      @RequestParam(name = "hub.challenge", defaultValue = "") String challenge,
      HttpServletRequest request) {
    Integration integration = reception.at(token).orElse(null);
    if (!reception.mayCome(integration, request.getRemoteAddr())) {
      return tooMany();
    }
    if (integration == null || !integration.kind().meta()) {
      return nowhere();
    }
    if (!mode.equals("subscribe")
        || !challenge.matches("[A-Za-z0-9_-]{1,200}")
        || !reception.asks(integration, key)) {
      return problem(
          403,
          "forbidden",
          "This is not allowed",
          "Meta asks otherwise",
          Violation.of("hub.verify_token", null, "the verify token that the integration shows"));
    }
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(challenge);
  }

  /** A delivery. */
  @PostMapping(AT)
  ResponseEntity<?> take(
      @PathVariable String token,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestHeader(name = "X-Hub-Signature-256", required = false) @Nullable String signature,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Integration integration = reception.at(token).orElse(null);
    if (integration != null) {
      HookScripts.mayRead(integration, request, response);
    }
    if (!mayCome(integration, request)) {
      return tooMany();
    }
    if (integration == null) {
      return nowhere();
    }
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      reception.noted(integration, "A delivery of more than " + MOST_BYTES + " bytes was refused");
      return problem(
          413,
          "too-large",
          "The input is too large",
          "The delivery is too large",
          Violation.of("body", null, "at most " + MOST_BYTES + " bytes"));
    }
    boolean browser =
        integration.kind() == IntegrationKind.FORM
            && accepts(request.getHeader(HttpHeaders.ACCEPT));
    MediaType type = type(request.getContentType());
    boolean form = MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type);
    Charset charset = charset(type);
    if (type == null
        || charset == null
        || !(form ? integration.kind().open() : isJson(type))
        || !form && !charset.equals(StandardCharsets.UTF_8)) {
      reception.noted(
          integration,
          "A delivery with the Content-Type " + cut(request.getContentType()) + " was refused");
      return problem(
          415,
          "unsupported-media-type",
          "This kind of input is not taken",
          "The delivery is in another form",
          Violation.of(
              "Content-Type",
              request.getContentType(),
              integration.kind().open()
                  ? "application/json in UTF-8, or application/x-www-form-urlencoded"
                  : "application/json in UTF-8"));
    }
    Reception.Outcome outcome =
        reception.take(integration, new Reception.Delivery(body, form, charset, key, signature));
    Arrival arrival = outcome.arrival();
    // A provider sends again what is not taken; what is read is kept, and so is none of its
    // business.
    return integration.kind().open() || (arrival != null && arrival.raw() != null)
        ? answered(integration, outcome, browser)
        : ResponseEntity.ok(taken(integration, outcome));
  }

  /** Forms are posted by the browsers of visitors, unless somebody in between passes them on. */
  private boolean mayCome(@Nullable Integration integration, HttpServletRequest request) {
    String address = request.getRemoteAddr();
    if (integration == null || integration.kind() != IntegrationKind.FORM) {
      return reception.mayCome(integration, address);
    }
    boolean relayed = RELAYED.stream().anyMatch(name -> request.getHeader(name) != null);
    return reception.mayCome(integration, relayed ? null : address, address);
  }

  private static boolean isJson(MediaType type) {
    return MediaType.APPLICATION_JSON.isCompatibleWith(type)
        || "json".equals(type.getSubtypeSuffix());
  }

  private ResponseEntity<?> answered(
      Integration integration, Reception.Outcome outcome, boolean browser) {
    Arrival arrival = outcome.arrival();
    boolean refused = arrival != null && arrival.state() == State.REFUSED;
    if (browser) {
      String thanks = integration.thanks();
      return refused
          ? page(HttpStatus.UNPROCESSABLE_ENTITY, WRONG)
          : thanks == null
              ? page(HttpStatus.OK, THANKS)
              : ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(thanks)).build();
    }
    if (arrival != null && refused) {
      boolean unread = arrival.raw() != null;
      return Problems.answer(
          Problems.problem(
              unread ? 400 : 422,
              unread ? "malformed" : "invalid",
              unread ? "The input cannot be read" : "The input is not acceptable",
              "The delivery " + arrival.id() + " is kept and no lead was made of it",
              arrival.problems()));
    }
    HttpStatus status =
        outcome.replayed() || arrival == null
            ? HttpStatus.OK
            : switch (arrival.state()) {
              case CREATED -> HttpStatus.CREATED;
              case WAITING, HELD -> HttpStatus.ACCEPTED;
              default -> HttpStatus.OK;
            };
    return ResponseEntity.status(status).body(taken(integration, outcome));
  }

  private static Taken taken(Integration integration, Reception.Outcome outcome) {
    Arrival arrival = outcome.arrival();
    boolean program = integration.kind() == IntegrationKind.API;
    return arrival == null
        ? new Taken("ignored", null, null, outcome.replayed())
        : new Taken(
            program || !integration.kind().open() ? arrival.state().key() : "received",
            arrival.id(),
            program ? arrival.lead() : null,
            outcome.replayed());
  }

  private static ResponseEntity<String> page(HttpStatus status, String text) {
    return ResponseEntity.status(status)
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .body(text);
  }

  private static boolean accepts(@Nullable String accept) {
    return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
  }

  private static @Nullable MediaType type(@Nullable String given) {
    try {
      return given == null ? null : MediaType.parseMediaType(given);
    } catch (InvalidMediaTypeException e) {
      return null;
    }
  }

  private static @Nullable Charset charset(@Nullable MediaType type) {
    try {
      Charset named = type == null ? null : type.getCharset();
      return named == null ? StandardCharsets.UTF_8 : named;
    } catch (UnsupportedCharsetException e) {
      return null;
    }
  }

  private static String cut(@Nullable String text) {
    return text == null ? "(none)" : text.substring(0, Math.min(100, text.length()));
  }

  private static ResponseEntity<?> nowhere() {
    return problem(
        404,
        "not-found",
        "There is no such thing",
        "No integration has this address; it may have been renewed",
        Violation.of("address", null, "the present address of an integration"));
  }

  private static ResponseEntity<?> tooMany() {
    return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, "10")
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(
            Problems.problem(
                429,
                "too-many-requests",
                "Too many requests",
                "Too many deliveries come in at this time",
                List.of()));
  }

  private static ResponseEntity<?> problem(
      int status, String type, String title, String detail, Violation violation) {
    return Problems.answer(Problems.problem(status, type, title, detail, List.of(violation)));
  }
}
