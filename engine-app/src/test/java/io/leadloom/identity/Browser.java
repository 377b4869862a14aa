package io.leadloom.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.NoOpResponseErrorHandler;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.DefaultUriBuilderFactory;

/** Keeps cookies and repeats the CSRF token, as a browser with our pages does. */
final class Browser {

  final Map<String, String> cookies = new LinkedHashMap<>();
  private final RestTemplate http;
  private final String device;

  Browser(TestRestTemplate server, String device) {
    // The client of the test template waits and tries again when it is told to wait.
    this.http = new RestTemplate(new JdkClientHttpRequestFactory());
    this.http.setErrorHandler(new NoOpResponseErrorHandler());
    this.http.setUriTemplateHandler(new DefaultUriBuilderFactory(server.getRootUri()));
    this.device = device;
  }

  ResponseEntity<JsonNode> call(HttpMethod method, String path, @Nullable Object body) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.USER_AGENT, device);
    StringBuilder sent = new StringBuilder();
    cookies.forEach((name, value) -> sent.append(name).append('=').append(value).append("; "));
    if (!cookies.isEmpty()) {
      headers.set(HttpHeaders.COOKIE, sent.substring(0, sent.length() - 2));
    }
    if (cookies.containsKey("XSRF-TOKEN")) {
      headers.set("X-XSRF-TOKEN", cookies.get("XSRF-TOKEN"));
    }
    ResponseEntity<JsonNode> answer =
        http.exchange("/api/v1" + path, method, new HttpEntity<>(body, headers), JsonNode.class);
    for (String cookie : answer.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE)) {
      String pair = cookie.substring(0, (cookie + ";").indexOf(';'));
      String name = pair.substring(0, pair.indexOf('='));
      String value = pair.substring(pair.indexOf('=') + 1);
      if (value.isEmpty()) {
        cookies.remove(name);
      } else {
        cookies.put(name, value);
      }
    }
    return answer;
  }

  ResponseEntity<JsonNode> get(String path) {
    return call(HttpMethod.GET, path, null);
  }

  ResponseEntity<JsonNode> signIn(String login, String password) {
    return call(HttpMethod.POST, "/session", Map.of("login", login, "password", password));
  }

  boolean signedIn() {
    return get("/session").getStatusCode().is2xxSuccessful();
  }
}
