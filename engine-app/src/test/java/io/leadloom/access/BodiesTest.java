package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Nothing that Leadloom decides itself is taken from a body, at any endpoint. */
@LeadloomTest
class BodiesTest {

  /** Never a caller's business, wherever it stands. */
  private static final Map<String, Object> OURS =
      Map.of(
          "id",
          1,
          "createdBy",
          1,
          "createdAt",
          "2026-01-01T00:00:00Z",
          "updatedBy",
          1,
          "administrator",
          true,
          "everything",
          true,
          "delivered",
          "crm_admin");

  /** A caller's business at some endpoints only. */
  private static final Map<String, Object> SOMETIMES =
      Map.of("version", 1, "roles", List.of("crm_admin"), "owner", 1, "userId", 1);

  @Autowired MockMvc http;
  @Autowired Staff staff;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  /** The types of all bodies, by method and path. */
  private Map<String, Class<?>> bodies() {
    Map<String, Class<?>> bodies = new LinkedHashMap<>();
    mapping
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              for (MethodParameter parameter : method.getMethodParameters()) {
                // A file has no properties.
                if (parameter.hasParameterAnnotation(RequestBody.class)
                    && parameter.getParameterType() != byte[].class) {
                  for (RequestMethod verb : info.getMethodsCondition().getMethods()) {
                    info.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/api/"))
                        .flatMap(pattern -> PermissionMatrixTest.paths(pattern).stream())
                        .forEach(
                            path -> bodies.put(verb + " " + path, parameter.getParameterType()));
                  }
                }
              }
            });
    return bodies;
  }

  @Test
  void whatDoesNotBelongIntoABodyIsRefusedAndNotLeftOut() {
    Caller admin = new People(http, staff).admin();
    List<String> wrong = new ArrayList<>();
    Map<String, Class<?>> bodies = bodies();
    assertThat(bodies).hasSizeGreaterThan(60);
    bodies.forEach(
        (endpoint, type) -> {
          Map<String, Object> sent = new LinkedHashMap<>(OURS);
          sent.putAll(SOMETIMES);
          Set<String> known = known(type);
          known.stream()
              .filter(OURS::containsKey)
              .forEach(name -> wrong.add(endpoint + " takes " + name));
          sent.keySet().removeAll(known);
          sent.forEach(
              (name, value) -> {
                Map<String, Object> body = new LinkedHashMap<>(needed(type));
                body.put(name, value);
                Caller.Answer answer = answer(admin, endpoint, body);
                if (answer.status() != 422 || !unknown(answer).equals(name)) {
                  wrong.add(endpoint + " with " + name + " answers " + answer.text());
                }
              });
        });
    assertThat(wrong).isEmpty();
  }

  private static Set<String> known(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** What a body cannot do without, so that nothing but the unknown property is wrong with it. */
  private static Map<String, Object> needed(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .filter(part -> part.getType() == int.class || part.getType() == long.class)
            .collect(Collectors.toMap(RecordComponent::getName, part -> 1))
        : Map.of();
  }

  /** The property that an answer calls unknown; empty for none. */
  private static String unknown(Caller.Answer answer) {
    JsonNode violation = answer.json().at("/violations/0");
    String expectation = violation.path("expectation").asText();
    return expectation.startsWith("one of the properties ")
            || expectation.startsWith("no such setting")
        ? violation.path("field").asText()
        : "";
  }

  private static Caller.Answer answer(Caller admin, String endpoint, Map<String, Object> body) {
    String[] words = endpoint.split(" ");
    String path =
        words[1]
            .substring("/api/v1".length())
            .replace("/{number}", "/999999999")
            .replaceAll("\\{[^}]*\\}", "999999999");
    return admin.call(HttpMethod.valueOf(words[0]), path, body);
  }
}
