package io.leadloom.testing;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** Calls the API over HTTP, as people with the password of all test users and as programs with keys. */
public final class ApiCalls {

  private static final String PASSWORD = "leadloom";

  private final TestRestTemplate http;

  public ApiCalls(TestRestTemplate http) {
    this.http = http;
  }

  /** A call by somebody; the path is that behind {@code /api/v1}. */
  public ResponseEntity<JsonNode> as(
      String login, HttpMethod method, String path, @Nullable Object body) {
    HttpHeaders headers = new HttpHeaders();
    headers.setBasicAuth(login, PASSWORD);
    return with(headers, method, path, body);
  }

  /** A call with these headers alone. */
  public ResponseEntity<JsonNode> with(
      HttpHeaders headers, HttpMethod method, String path, @Nullable Object body) {
    return http.exchange("/api/v1" + path, method, new HttpEntity<>(body, headers), JsonNode.class);
  }

  /** The headers of a program that has the key of the account. */
  public static HttpHeaders accountKey(String key) {
    HttpHeaders headers = new HttpHeaders();
    headers.set("X-Leadloom-Account-Key", key);
    return headers;
  }

  /** The headers of a program that has a pair of keys. */
  public static HttpHeaders pair(String accessKey, String secret) {
    HttpHeaders headers = new HttpHeaders();
    headers.set("X-Leadloom-Key", accessKey);
    headers.set("X-Leadloom-Secret", secret);
    return headers;
  }
}
