package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.leadloom.platform.Page;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No list can be asked for in one piece, however long it grows. */
@LeadloomTest
class BoundedListsTest {

  /** Pages that are whole since what they hold is bounded when it is made: how many there may be. */
  private static final Map<String, Integer> WHOLE = Map.of();

  @Autowired MockMvc http;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  private Map<String, HandlerMethod> gets() {
    Map<String, HandlerMethod> gets = new LinkedHashMap<>();
    mapping
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              if (info.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                info.getPatternValues().stream()
                    .filter(pattern -> pattern.startsWith("/api/v1"))
                    .forEach(pattern -> gets.put(pattern, method));
              }
            });
    return gets;
  }

  private static boolean limited(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(
            parameter ->
                parameter.hasParameterAnnotation(RequestParam.class)
                    && "limit".equals(parameter.getParameter().getName()));
  }

  private static String path(String pattern) {
    return pattern
        .replaceAll("\\{entity:leads[^}]*\\}", "leads")
        .replaceAll("\\{kinds:[^}]*\\}", "stages")
        .replaceAll("\\{\\w+:[^/]*", "1")
        .replaceAll("\\{[^}]*\\}", "1");
  }

  @Test
  void everyListRefusesALimitOutOfRange() throws Exception {
    List<String> unbounded = new ArrayList<>();
    Set<String> limited =
        gets().entrySet().stream()
            .filter(each -> limited(each.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(limited).hasSizeGreaterThan(15);
    for (String pattern : limited) {
      for (String limit : List.of("100000", "0", "-1")) {
        MockHttpServletResponse answer =
            http.perform(
                    MockMvcRequestBuilders.get(URI.create(path(pattern) + "?limit=" + limit))
                        .with(httpBasic("admin", "leadloom")))
                .andReturn()
                .getResponse();
        boolean named =
            answer.getStatus() == 422
                && Objects.requireNonNull(answer.getContentAsString()).contains("limit");
        if (!named && answer.getStatus() != 404) {
          unbounded.add(pattern + " with " + limit + " answered " + answer.getStatus());
        }
      }
    }
    assertThat(unbounded).isEmpty();
  }

  @Test
  void everyPageHasALimit() {
    Set<String> whole =
        gets().entrySet().stream()
            .filter(each -> each.getValue().getReturnType().getParameterType() == Page.class)
            .filter(each -> !limited(each.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(whole).isEqualTo(new TreeSet<>(WHOLE.keySet()));
  }
}
