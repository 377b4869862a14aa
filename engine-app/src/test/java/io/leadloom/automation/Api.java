package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Speaks to the running application over HTTP as one user. */
final class Api {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final String authorization;

  Api(int port, String login) {
    this.base = "http://localhost:" + port + "/api/v1";
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((login + ":leadloom").getBytes(StandardCharsets.UTF_8));
  }

  /** What came back. */
  record Answer(int status, String contentType, String text, JsonNode json) {

    Answer ok() {
      return is(200);
    }

    Answer is(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    long id() {
      return json.path("id").asLong();
    }

    /** A problem document for people: no class names, no stack trace. */
    Answer problem(int expected) {
      is(expected);
      assertThat(contentType).startsWith("application/problem+json");
      assertThat(json.path("title").asText()).isNotBlank();
      assertThat(json.path("detail").asText()).isNotBlank();
      assertThat(text).doesNotContainPattern("Exception|\\bat (io|java|org|com)\\.|io\\.leadloom");
      return this;
    }

    /** A problem of which one violation names this field and something of the expectation. */
    Answer says(String field, String expectation) {
      List<String> violations =
          StreamSupport.stream(json.path("violations").spliterator(), false)
              .map(v -> v.path("field").asText() + ": " + v.path("expectation").asText())
              .toList();
      assertThat(violations)
          .as(text)
          .anySatisfy(each -> assertThat(each).startsWith(field + ":").contains(expectation));
      return this;
    }
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  Answer post(String path) {
    return call("POST", path, null);
  }

  Answer post(String path, Object body) {
    return call("POST", path, body);
  }

  Answer put(String path, Object body) {
    return call("PUT", path, body);
  }

  Answer delete(String path) {
    return call("DELETE", path, null);
  }

  /** Sends a text as it is, anything else as JSON. */
  Answer call(String method, String path, @Nullable Object body) {
    try {
      String text =
          body == null ? "" : body instanceof String raw ? raw : JSON.writeValueAsString(body);
      HttpRequest.Builder request =
          request(path)
              .timeout(Duration.ofSeconds(60))
              .method(method, HttpRequest.BodyPublishers.ofString(text));
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      HttpResponse<String> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      String type = answer.headers().firstValue("Content-Type").orElse("");
      JsonNode json =
          type.contains("json") ? JSON.readTree(answer.body()) : MissingNode.getInstance();
      return new Answer(answer.statusCode(), type, answer.body(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", authorization);
  }

  /** Listens to live updates until closed. */
  Listening listen() {
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<HttpResponse<Stream<String>>> answer =
        CLIENT.sendAsync(request("/stream").build(), HttpResponse.BodyHandlers.ofLines());
    Stream<String> lines = answer.join().body();
    Thread reader =
        new Thread(
            () -> {
              try {
                lines.filter(line -> line.startsWith("data:")).forEach(heard::add);
              } catch (UncheckedIOException e) {
                heard.add("closed");
              }
            });
    reader.setDaemon(true);
    reader.start();
    return new Listening(heard, lines);
  }

  /** What a page has heard so far. */
  record Listening(List<String> heard, Stream<String> lines) implements AutoCloseable {

    long count(String type) {
      return heard.stream().filter(line -> line.contains("\"" + type + "\"")).count();
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
