package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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

  private static final String PROGRAM = "as many as the program has";
  private static final String BY_HAND = "administrators make them one by one";

  /** Lists that are whole: what bounds them. */
  private static final Map<String, String> WHOLE =
      Map.ofEntries(
          Map.entry("/api/v1/authentication-profiles", "500, refused when they are made"),
          Map.entry("/api/v1/automation-templates", PROGRAM),
          Map.entry("/api/v1/automations", BY_HAND),
          Map.entry("/api/v1/automations/{id}/cancellations", "the last 20"),
          Map.entry("/api/v1/automations/{id}/figures", "one for each card of a version"),
          Map.entry("/api/v1/automations/{id}/versions", BY_HAND),
          Map.entry("/api/v1/cards", PROGRAM),
          Map.entry("/api/v1/connectors", PROGRAM),
          Map.entry("/api/v1/custom-values", "1,000, refused when they are made"),
          Map.entry("/api/v1/imports/{id}/preview", "20 rows"),
          Map.entry("/api/v1/journal/consumers", PROGRAM),
          Map.entry("/api/v1/lead-views", "200, refused when they are made"),
          Map.entry("/api/v1/leads/{id:[0-9]{1,18}}/follow-ups", "200, those before with 'before'"),
          Map.entry("/api/v1/leads/{id:[0-9]{1,18}}/owners", "what 10,000 changes tell"),
          Map.entry(
              "/api/v1/{entity:leads|contacts|accounts|opportunities|activities|tasks|notes}/{id:[0-9]{1,18}}/files",
              "200 of a record and 200 of its notes"),
          Map.entry("/api/v1/list-views", "one for each user and list"),
          Map.entry("/api/v1/lead-lists/{id}/campaigns", "500 of a process"),
          Map.entry("/api/v1/lists", "10,000 of them are read"),
          Map.entry("/api/v1/message-channels", PROGRAM),
          Map.entry("/api/v1/permission-templates", BY_HAND),
          Map.entry(
              "/api/v1/{entity:leads|contacts|accounts}/merge", "the records named, at most 10"),
          Map.entry(
              "/api/v1/{entity:leads|contacts|accounts}/{id:[0-9]{1,18}}/merges", "the last 20"),
          Map.entry(
              "/api/v1/{entity:leads|contacts|accounts}/{id:[0-9]{1,18}}/duplicates", "at most 10"),
          Map.entry("/api/v1/processes/{id}/campaigns", "500, refused when they are made"),
          Map.entry("/api/v1/profile/integrations", PROGRAM),
          Map.entry("/api/v1/roles", PROGRAM),
          Map.entry("/api/v1/schema/activity-types", BY_HAND),
          Map.entry("/api/v1/schema/task-types", BY_HAND),
          Map.entry("/api/v1/schema/pipelines", "100, refused when they are made"),
          Map.entry("/api/v1/schema/opportunity-statuses", "100, refused when they are made"),
          Map.entry(
              "/api/v1/schema/{entity:lead|contact|account}/looks/{key}/uses",
              "of each kind of thing as many as can be made, of smart lists 1,000"),
          Map.entry(
              "/api/v1/schema/{kinds:stages|statuses|sources|groups|ratings|sales-directions|services|campaigns|channels}",
              BY_HAND),
          Map.entry("/api/v1/session/devices", "the last 100"),
          Map.entry("/api/v1/session/providers", "50, refused when they are made"),
          Map.entry("/api/v1/sessions", "those that a user has opened and that are not over"),
          Map.entry("/api/v1/settings/calendar-providers", PROGRAM),
          Map.entry("/api/v1/settings/lead-integrations", "100, refused when they are made"),
          Map.entry("/api/v1/settings/lead-integrations/suggestions", "100 names"),
          Map.entry("/api/v1/settings/match-rules", "20 of each kind of record"),
          Map.entry("/api/v1/settings/single-sign-on", "50, refused when they are made"),
          Map.entry("/api/v1/settings/webhook-secrets", BY_HAND),
          Map.entry("/api/v1/settings/websites", "100, refused when they are made"),
          Map.entry("/api/v1/smart-lists", "500 of one user, refused when they are made"),
          Map.entry("/api/v1/triggers", PROGRAM),
          Map.entry("/api/v1/users/{id}/sign-on-links", "one for each sign-in at a provider"),
          Map.entry("/api/v1/users/{user}/hand-overs", "the last 20"));

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
        if (!named) {
          unbounded.add(pattern + " with " + limit + " answered " + answer.getStatus());
        }
      }
    }
    assertThat(unbounded).isEmpty();
  }

  /** Whether an answer is a list, or an object that is there for one. */
  private static boolean listed(HandlerMethod method) {
    Class<?> type = method.getReturnType().getParameterType();
    return Collection.class.isAssignableFrom(type)
        || type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .anyMatch(
                    part ->
                        part.getName().equals("items")
                            && Collection.class.isAssignableFrom(part.getType()));
  }

  @Test
  void everyListHasALimitOrANamedBound() {
    Set<String> whole =
        gets().entrySet().stream()
            .filter(each -> listed(each.getValue()))
            .filter(each -> !limited(each.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(whole).isEqualTo(new TreeSet<>(WHOLE.keySet()));
  }
}
