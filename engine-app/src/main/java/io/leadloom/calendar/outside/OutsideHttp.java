package io.leadloom.calendar.outside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import io.leadloom.platform.outgoing.OutgoingHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Calls of providers by the guarded way out: no wait is longer than five seconds, no answer than a megabyte, and each
 * provider has connections of its own.
 */
@Component
class OutsideHttp {

  private static final int TOO_MANY = 429;
  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  private final OutgoingHttp http;
  private final Silence silence;
  private final ObjectMapper json;

  OutsideHttp(OutgoingHttp http, Silence silence, ObjectMapper json) {
    this.http = http;
    this.silence = silence;
    this.json = json;
  }

  /**
   * One call.
   *
   * @param headers beside those of the token and of JSON
   * @param body null for none
   * @return what came back; missing when that was nothing
   */
  JsonNode call(
      CalendarProvider provider,
      HttpMethod method,
      URI address,
      String token,
      Map<String, String> headers,
      @Nullable JsonNode body)
      throws OutsideFailure {
    silence.check(provider, address);
    Answer answer;
    try {
      RestClient.RequestBodySpec request =
          RestClient.builder()
              .requestFactory(http.requests(provider.key()))
              .build()
              .method(method)
              .uri(address)
              .accept(MediaType.APPLICATION_JSON)
              .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
              .headers(all -> headers.forEach(all::set));
      if (body != null) {
        request
            .contentType(MediaType.APPLICATION_JSON)
            .body(body.toString().getBytes(StandardCharsets.UTF_8));
      }
      answer = Objects.requireNonNull(request.exchange((sent, response) -> read(response)));
      silence.answered(address);
    } catch (ResourceAccessException e) {
      silence.unanswered(address, e.getCause());
      throw new OutsideFailure(
          Kind.LATER,
          provider.label()
              + " does not answer: "
              + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName());
    }
    if (answer.status() / 100 == 2) {
      return parsed(provider, answer);
    }
    throw failure(provider, answer);
  }

  private record Answer(int status, String text, @Nullable String retryAfter) {}

  private static Answer read(ClientHttpResponse response) throws IOException {
    return new Answer(
        response.getStatusCode().value(),
        new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8),
        response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER));
  }

  private JsonNode parsed(CalendarProvider provider, Answer answer) throws OutsideFailure {
    if (answer.text().isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return json.readTree(answer.text());
    } catch (JsonProcessingException e) {
      throw new OutsideFailure(Kind.LATER, provider.label() + " answered something else than JSON");
    }
  }

  private OutsideFailure failure(CalendarProvider provider, Answer answer) {
    JsonNode error;
    try {
      error = json.readTree(answer.text()).path("error");
    } catch (JsonProcessingException e) {
      error = MissingNode.getInstance();
    }
    String said = error.path("message").asText("");
    String text =
        provider.label() + " answered " + answer.status() + (said.isEmpty() ? "" : ": " + said);
    String reason = error.at("/errors/0/reason").asText("");
    boolean limited =
        answer.status() == TOO_MANY || answer.status() == 403 && reason.endsWith("imitExceeded");
    Kind kind =
        switch (answer.status()) {
          case 401 -> Kind.CONSENT;
          case 404, 410 -> Kind.GONE;
          case 409 -> Kind.EXISTS;
          default -> limited || answer.status() >= 500 ? Kind.LATER : Kind.REFUSED;
        };
    return new OutsideFailure(kind, text, kind == Kind.LATER ? wish(answer.retryAfter()) : null);
  }

  private static @Nullable Duration wish(@Nullable String seconds) {
    if (seconds == null || !seconds.matches("[0-9]{1,6}")) {
      return null;
    }
    Duration wish = Duration.ofSeconds(Long.parseLong(seconds));
    return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
  }
}
