package io.leadloom.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Whoever brings leads from outside. */
record Doors(MockMvc http) {

  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  Caller.Answer json(String path, Object body) {
    return post(path, JSON, text(body).getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Caller.Answer json(String path, Object body, String key) {
    return post(
        path, JSON, text(body).getBytes(StandardCharsets.UTF_8), Map.of("Idempotency-Key", key));
  }

  Caller.Answer form(String path, String body) {
    return post(path, FORM, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static String text(Object body) {
    try {
      return body instanceof String text ? text : MAPPER.writeValueAsString(body);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Caller.Answer post(String path, @Nullable String type, byte[] body, Map<String, String> headers) {
    MockHttpServletRequestBuilder request =
        MockMvcRequestBuilders.post(URI.create(path)).content(body);
    if (type != null) {
      request.header(HttpHeaders.CONTENT_TYPE, type);
    }
    headers.forEach(request::header);
    return answer(request);
  }

  Caller.Answer get(String path) {
    return answer(MockMvcRequestBuilders.get(URI.create(path)));
  }

  private Caller.Answer answer(MockHttpServletRequestBuilder request) {
    try {
      MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
      return new Caller.Answer(
          response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
