package io.leadloom.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every operation that the API describes, called with nonsense: a clear refusal, never an error of the server. */
@LeadloomTest(properties = "leadloom.test.database=random-requests")
class RandomRequestsTest {

  private static final int TRIES = 25;
  private static final long SEED = 20_260_301L;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "1",
          "-1",
          "0",
          "99999999999999999999",
          "1e400",
          "NaN",
          "true",
          "null",
          "leads",
          "lead",
          "abc",
          "a b",
          "ü漢😀",
          "\u0000",
          "\uD800",
          "../../etc/passwd",
          "<x>&y;",
          "{{lead.email}}",
          "' or 1=1 --",
          "\"",
          "%",
          "_",
          "\\",
          "2026-02-30",
          "2026-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59Z",
          "city = \"",
          "((((",
          "lead.created",
          "x".repeat(300));

  /** An administrator whose id no request names, so that none takes the sender's password or rights away. */
  private static final String SENDER = "sender";

  private static final String PASSWORD = "nonsense by the dozen";

  @Autowired private ObjectMapper json;
  @Autowired private Staff staff;
  @LocalServerPort private int port;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(SEED);

  /** One operation with the places that it takes values in. */
  private record Operation(
      String method, String path, List<String> parameters, List<String> properties) {}

  @Test
  void nonsenseIsRefusedInWordsWhateverOperationItIsSentTo() throws Exception {
    staff.create(
        new Staff.NewAccount(
            SENDER, "Sender", null, null, PASSWORD, Set.of(Role.ADMINISTRATOR), null, null, null));
    List<Operation> operations = operations();
    assertThat(operations).hasSizeGreaterThan(60);
    List<String> wrong = new ArrayList<>();
    for (Operation operation : operations) {
      for (int i = 0; i < TRIES; i++) {
        HttpRequest request = request(operation);
        HttpResponse<String> answer =
            client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (!acceptable(answer)) {
          wrong.add(
              answer.statusCode()
                  + " "
                  + operation.method()
                  + " "
                  + request.uri()
                  + " "
                  + lastBody
                  + " -> "
                  + answer.body());
        }
      }
    }
    HttpResponse<String> still =
        client.send(
            authorized(URI.create("http://127.0.0.1:" + port + "/api/v1/leads?limit=1")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(still.statusCode()).as("the administrator can still sign in").isEqualTo(200);
    assertThat(wrong.stream().map(line -> line.length() > 900 ? line.substring(0, 900) : line))
        .isEmpty();
  }

  private boolean acceptable(HttpResponse<String> answer) {
    boolean plain =
        !answer.body().contains("Exception")
            && !answer.body().contains("\\tat ")
            && !answer.body().contains("io.leadloom.");
    String type = answer.headers().firstValue("Content-Type").orElse("");
    // RFC 6749 has problem documents of its own.
    boolean ofOAuth =
        answer.request().uri().getPath().equals("/api/v1/oauth/token")
            && answer.body().startsWith("{\"error\":\"");
    boolean problem = type.startsWith("application/problem+json") || ofOAuth;
    return answer.statusCode() < 400 || answer.statusCode() < 500 && plain && problem;
  }

  private List<Operation> operations() throws Exception {
    JsonNode api =
        json.readTree(
            client
                .send(
                    authorized(URI.create("http://127.0.0.1:" + port + "/api/openapi/all")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        // A stream never ends, and a session that is ended ends those of other requests too.
        if (!path.getKey().endsWith("/stream") && !path.getKey().contains("session")) {
          List<String> parameters = new ArrayList<>();
          method
              .getValue()
              .path("parameters")
              .forEach(
                  parameter -> {
                    if (parameter.path("in").asText().equals("query")) {
                      parameters.add(parameter.path("name").asText());
                    }
                  });
          List<String> properties = new ArrayList<>();
          JsonNode body = method.getValue().path("requestBody");
          collect(body, api, properties, 0);
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  parameters,
                  properties));
        }
      }
    }
    return operations;
  }

  private static void collect(JsonNode node, JsonNode api, List<String> names, int depth) {
    if (depth > 12) {
      return;
    }
    JsonNode ref = node.path("$ref");
    if (ref.isTextual()) {
      collect(api.at(ref.asText().substring(1)), api, names, depth + 1);
    }
    node.path("properties").fieldNames().forEachRemaining(names::add);
    node.forEach(child -> collect(child, api, names, depth + 1));
  }

  private String lastBody = "";

  private HttpRequest request(Operation operation) {
    StringBuilder url = new StringBuilder("http://127.0.0.1:").append(port);
    for (String part : operation.path().split("/")) {
      if (!part.isEmpty()) {
        url.append('/');
        boolean entity = part.equals("{entity}") && random.nextInt(4) > 0;
        boolean id = part.startsWith("{") && random.nextInt(3) > 0;
        url.append(
            !part.startsWith("{") ? part : encode(entity ? entity(operation) : id ? "1" : text()));
      }
    }
    char separator = '?';
    for (String parameter : operation.parameters()) {
      if (random.nextInt(3) > 0) {
        url.append(separator).append(encode(parameter)).append('=').append(encode(text()));
        separator = '&';
      }
    }
    HttpRequest.Builder request =
        authorized(URI.create(url.toString())).timeout(Duration.ofSeconds(60));
    if (random.nextInt(8) == 0) {
      request.header("Idempotency-Key", "key-" + random.nextInt(5));
    }
    lastBody =
        operation.method().equals("GET") || operation.method().equals("DELETE")
            ? ""
            : body(operation);
    if (!lastBody.isEmpty()) {
      request.header("Content-Type", random.nextInt(20) == 0 ? "text/plain" : "application/json");
    }
    return request
        .method(
            operation.method(),
            HttpRequest.BodyPublishers.ofString(lastBody, StandardCharsets.UTF_8))
        .build();
  }

  private String entity(Operation operation) {
    List<String> plural = List.of("leads", "contacts", "accounts", "activities", "tasks", "notes");
    List<String> single = List.of("lead", "contact", "account", "activity", "task", "note");
    return (operation.path().contains("/schema/") ? single : plural).get(random.nextInt(6));
  }

  private String body(Operation operation) {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> "{";
      case 2 -> "[" + value(operation, 0) + "]";
      case 3 -> "\u0000\u0001";
      default -> object(operation, 0);
    };
  }

  private String object(Operation operation, int depth) {
    StringBuilder object = new StringBuilder("{");
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      object
          .append(i == 0 ? "" : ",")
          .append(quoted(name(operation)))
          .append(':')
          .append(value(operation, depth + 1));
    }
    return object.append('}').toString();
  }

  private String name(Operation operation) {
    List<String> properties = operation.properties();
    return properties.isEmpty() || random.nextInt(6) == 0
        ? List.of("values", "city", "email", "id", "", "a.b", "tags", "records")
            .get(random.nextInt(8))
        : properties.get(random.nextInt(properties.size()));
  }

  private String value(Operation operation, int depth) {
    return switch (random.nextInt(depth > 4 ? 6 : 9)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> List.of("0", "-1", "1.5", "1e30", "9223372036854775808").get(random.nextInt(5));
      case 3, 4, 5 -> quoted(text());
      case 6 -> "[" + value(operation, depth + 1) + "," + value(operation, depth + 1) + "]";
      default -> object(operation, depth + 1);
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String quoted(String text) {
    return json.getNodeFactory().textNode(text).toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static HttpRequest.Builder authorized(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((SENDER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
  }
}
