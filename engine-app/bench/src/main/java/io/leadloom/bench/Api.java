package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The public REST API, used as any client would. */
final class Api {

  static final String LOGIN = "bench";
  static final String PASSWORD = "one-secret-for-all-loads";

  private static final int MOST_AGAIN = 5;
  private static final long LONGEST_WAIT = 10;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;
  private final String authorization;

  Api(int port) {
    this("http://127.0.0.1:" + port, LOGIN);
  }

  private Api(String base, String login) {
    this.base = base;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((login + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  }

  /** The same as another user, who has the same password. */
  Api as(String login) {
    return new Api(base, login);
  }

  boolean answers() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "/actuator/health"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  JsonNode get(String path) {
    return send("GET", path, null);
  }

  JsonNode post(String path, @Nullable JsonNode body) {
    return send(
        "POST", path, HttpRequest.BodyPublishers.ofString(body == null ? "" : body.toString()));
  }

  /** Makes the first administrator, as whom every other call is made. */
  void setUp() {
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.ofString(
            Json.object()
                .put("login", LOGIN)
                .put("password", PASSWORD)
                .put("name", "Bench Administrator")
                .put("email", "bench@example.test")
                .toString());
    answer(
        HttpRequest.newBuilder(URI.create(base + "/api/v1/setup"))
            .header("Content-Type", "application/json")
            .POST(body)
            .build());
  }

  JsonNode put(String path, JsonNode body) {
    return send("PUT", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  JsonNode patch(String path, JsonNode body) {
    return send("PATCH", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  JsonNode postFile(String path, Path file) {
    try {
      HttpRequest request =
          request(path)
              .header("Content-Type", "text/csv")
              .POST(HttpRequest.BodyPublishers.ofFile(file))
              .timeout(Duration.ofMinutes(10))
              .build();
      return answer(request);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number of live records that match a filter. */
  long count(String entity, String filter) {
    return get("/" + entity + "?limit=1&count=true&filter=" + encode(filter))
        .path("total")
        .asLong();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode send(String method, String path, HttpRequest.@Nullable BodyPublisher body) {
    HttpRequest.BodyPublisher publisher = body == null ? HttpRequest.BodyPublishers.noBody() : body;
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMinutes(2))
            .method(method, publisher)
            .build();
    return answer(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
        .header("Authorization", authorization);
  }

  private JsonNode answer(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      for (int again = 0; again < MOST_AGAIN && askedToWait(request, response); again++) {
        System.err.println(request.uri() + " answered 503: " + response.body());
        Thread.sleep(Duration.ofSeconds(seconds(response)).toMillis());
        response = client.send(request, HttpResponse.BodyHandlers.ofString());
      }
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            request.method()
                + " "
                + request.uri()
                + " answered "
                + response.statusCode()
                + ": "
                + response.body());
      }
      return response.body().isEmpty() ? Json.object() : Json.read(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A question that changes nothing, and a busy application that says when to ask again: any client would. */
  private static boolean askedToWait(HttpRequest request, HttpResponse<String> response) {
    return request.method().equals("GET")
        && response.statusCode() == 503
        && response.headers().firstValue("Retry-After").isPresent();
  }

  private static long seconds(HttpResponse<String> response) {
    return Math.min(LONGEST_WAIT, response.headers().firstValueAsLong("Retry-After").orElse(1));
  }
}
