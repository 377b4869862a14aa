package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Calls the API as one user. */
record Caller(MockMvc http, String login, String password) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> REACHING = List.of("phone", "email", "contact");

  /** What came back. */
  record Answer(int status, String text) {

    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    Answer is(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }

    Answer says(String field, String expectation) {
      assertThat(json().path("violations"))
          .as(text)
          .anySatisfy(
              violation -> {
                assertThat(violation.path("field").asText()).isEqualTo(field);
                assertThat(violation.path("expectation").asText()).contains(expectation);
              });
      return this;
    }

    long id() {
      return json().path("id").asLong();
    }

    List<Long> ids() {
      return StreamSupport.stream(json().path("items").spliterator(), false)
          .map(item -> item.path("id").asLong())
          .toList();
    }
  }

  Answer get(String path) {
    return call(HttpMethod.GET, path, null);
  }

  Answer post(String path, Object body) {
    return call(HttpMethod.POST, path, body);
  }

  Answer post(String path) {
    return call(HttpMethod.POST, path, null);
  }

  Answer put(String path, Object body) {
    return call(HttpMethod.PUT, path, body);
  }

  Answer patch(String path, Object body) {
    return call(HttpMethod.PATCH, path, body);
  }

  Answer delete(String path) {
    return call(HttpMethod.DELETE, path, null);
  }

  Answer delete(String path, Object body) {
    return call(HttpMethod.DELETE, path, body);
  }

  Answer call(HttpMethod method, String path, @Nullable Object body) {
    try {
      var request =
          MockMvcRequestBuilders.request(method, java.net.URI.create("/api/v1" + path))
              .with(httpBasic(login, password));
      if (body != null) {
        request
            .contentType(MediaType.APPLICATION_JSON)
            .content(body instanceof String text ? text : JSON.writeValueAsString(body));
      }
      MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
      return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a file as the body. */
  Answer upload(String path, String content) {
    return upload(path, content.getBytes(StandardCharsets.UTF_8));
  }

  Answer upload(String path, byte[] content) {
    try {
      MockHttpServletResponse response =
          http.perform(
                  MockMvcRequestBuilders.post(java.net.URI.create("/api/v1" + path))
                      .with(httpBasic(login, password))
                      .contentType("text/csv")
                      .content(content))
              .andReturn()
              .getResponse();
      return new Answer(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes one record in bulk: that whose field has the same value, or a new one. Returns what became of it. */
  JsonNode bulk(String entity, String match, Map<String, ?> values) {
    JsonNode results =
        post(
                "/" + entity + "/bulk",
                Map.of("match", match, "records", List.of(Map.of("values", values))))
            .is(200)
            .json()
            .path("results");
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  /** A new record of this kind; a lead without any way of reaching the person gets an address (LEAD-217). */
  long make(String entity, Map<String, ?> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
    if (entity.equals("leads") && REACHING.stream().noneMatch(all::containsKey)) {
      all.put("email", UUID.randomUUID() + "@reach.example");
    }
    return post("/" + entity, Map.of("values", all)).is(201).id();
  }
}
