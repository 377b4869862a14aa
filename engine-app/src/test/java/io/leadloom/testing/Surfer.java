package io.leadloom.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows redirects between servers and keeps the cookies of each, as a browser does. */
public final class Surfer {

  private static final int MOST_STEPS = 10;

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, Map<String, String>> jars = new HashMap<>();
  private final List<URI> way = new ArrayList<>();
  private @Nullable HttpResponse<String> last;
  private String person = "";
  private UnaryOperator<URI> turn = UnaryOperator.identity();

  /** Who says to be this one when a provider asks. */
  public Surfer as(String name) {
    person = name;
    return this;
  }

  /** Changes each address that a server sends to. */
  public Surfer turned(UnaryOperator<URI> how) {
    turn = how;
    return this;
  }

  /** The cookies of a server. */
  public Map<String, String> cookies(URI server) {
    return jars.computeIfAbsent(server.getAuthority(), key -> new LinkedHashMap<>());
  }

  /** The addresses of the last walk. */
  public List<URI> way() {
    return way;
  }

  /** The last answer. */
  public HttpResponse<String> last() {
    return Objects.requireNonNull(last);
  }

  /** Opens a page and goes wherever servers send it, up to the first answer that is no redirect. Returns the last address. */
  public URI walk(String address) throws IOException, InterruptedException {
    way.clear();
    URI at = URI.create(address);
    for (int step = 0; step < MOST_STEPS; step++) {
      way.add(at);
      HttpResponse<String> answer = get(at);
      if (answer.statusCode() / 100 != 3) {
        return at;
      }
      at = turn.apply(at.resolve(answer.headers().firstValue("Location").orElseThrow()));
    }
    throw new IllegalStateException("Too many redirects: " + way);
  }

  /** One request with cookies. */
  public HttpResponse<String> get(URI at) throws IOException, InterruptedException {
    return send("GET", at);
  }

  /** One request with cookies that repeats the CSRF token, as a page of that server does. */
  public HttpResponse<String> send(String method, URI at) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at).method(method, HttpRequest.BodyPublishers.noBody());
    Map<String, String> jar = cookies(at);
    if (!method.equals("GET") && jar.containsKey("XSRF-TOKEN")) {
      request.header("X-XSRF-TOKEN", jar.get("XSRF-TOKEN"));
    }
    if (!jar.isEmpty()) {
      request.header(
          "Cookie",
          jar.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (at.getPath().equals("/oauth2/authorize")) {
      byte[] pair = (person + ":x").getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    HttpResponse<String> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    last = answer;
    for (String cookie : answer.headers().allValues("Set-Cookie")) {
      String pair = cookie.substring(0, (cookie + ";").indexOf(';'));
      String name = pair.substring(0, pair.indexOf('='));
      String value = pair.substring(pair.indexOf('=') + 1);
      if (value.isEmpty()) {
        jar.remove(name);
      } else {
        jar.put(name, value);
      }
    }
    return answer;
  }
}
