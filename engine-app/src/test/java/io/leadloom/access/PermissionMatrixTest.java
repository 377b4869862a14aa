package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.key.AccountKeys;
import io.leadloom.platform.permission.Needs;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every endpoint with every role: {@code permission-matrix.txt} says which roles get past its door, and an endpoint that
 * it does not name fails the test. What is behind the door (whose records) is {@link ReachTest}'s business.
 */
@LeadloomTest
class PermissionMatrixTest {

  /** The columns of the table that are people; a dash is somebody who is not signed in. */
  private static final Map<Character, @Nullable Role> COLUMNS = columns();

  /** The column of a program with the key of the account. */
  private static final String ACCOUNT = "x";

  private static final int ROWS_OF_A_MINUTE = 100;

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired AccountKeys keys;
  @Autowired MutableClock clock;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  private static Map<Character, @Nullable Role> columns() {
    Map<Character, @Nullable Role> columns = new LinkedHashMap<>();
    columns.put('a', Role.ADMINISTRATOR);
    columns.put('m', Role.MANAGER);
    columns.put('s', Role.SALES);
    columns.put('k', Role.MARKETEER);
    columns.put('p', Role.PARTNER_SUPERVISOR);
    columns.put('u', Role.SUPERVISOR);
    columns.put('g', Role.AGENT);
    columns.put('-', null);
    return columns;
  }

  /** The table: method and path, then the columns that get past the door. */
  static Map<String, String> expected() {
    try (var in =
        Objects.requireNonNull(
            PermissionMatrixTest.class.getResourceAsStream("/permission-matrix.txt"))) {
      Map<String, String> table = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                String[] words = line.strip().split("\\s+");
                table.put(words[0] + " " + words[1], words.length > 2 ? words[2] : "");
              });
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All endpoints of the API as method and path; those for every kind of record once per kind. */
  private Set<String> endpoints() {
    Set<String> endpoints = new TreeSet<>();
    for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
      for (String pattern : info.getPatternValues()) {
        if (pattern.startsWith("/api/")) {
          for (RequestMethod method : info.getMethodsCondition().getMethods()) {
            for (String path : paths(pattern)) {
              endpoints.add(method + " " + path);
            }
          }
        }
      }
    }
    return endpoints;
  }

  /** The paths that a pattern stands for: one per kind of record. */
  static List<String> paths(String pattern) {
    String plain = pattern.replaceAll("\\{(\\w+):\\[[^}]*\\}\\}", "{$1}");
    plain = plain.replaceAll("\\{id:[^/]*", "{id}");
    if (plain.contains("{entity:leads")) {
      String rest = plain.replaceAll("\\{entity:[^}]*\\}", "%");
      String entities = plain.replaceAll(".*\\{entity:([^}]*)\\}.*", "$1");
      return Arrays.stream(entities.split("\\|")).map(entity -> rest.replace("%", entity)).toList();
    }
    if (plain.contains("{entity:")) {
      return List.of(plain.replaceAll("\\{entity:[^}]*\\}", "lead"));
    }
    return List.of(plain.replaceAll("\\{kinds:[^}]*\\}", "stages"));
  }

  @Test
  void everyEndpointStandsInTheTableAndNothingElse() {
    assertThat(expected().keySet()).containsExactlyInAnyOrderElementsOf(endpoints());
  }

  @Test
  void whatOnlyAdministratorsMayIsOpenToNobodyElseInTheTable() {
    Map<String, String> expected = expected();
    List<String> administered = new ArrayList<>();
    mapping
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              Needs needs = method.getMethodAnnotation(Needs.class);
              if (needs != null && needs.administrator()) {
                for (RequestMethod verb : info.getMethodsCondition().getMethods()) {
                  info.getPatternValues().stream()
                      .flatMap(pattern -> paths(pattern).stream())
                      .forEach(path -> administered.add(verb + " " + path));
                }
              }
            });
    assertThat(administered).hasSizeGreaterThan(7);
    assertThat(administered).allSatisfy(row -> assertThat(expected.get(row)).isEqualTo("a"));
  }

  @Test
  void everyRoleGetsExactlyAsFarAsTheTableSays() throws Exception {
    Map<Character, @Nullable String> logins = new LinkedHashMap<>();
    for (Map.Entry<Character, @Nullable Role> column : COLUMNS.entrySet()) {
      Role role = column.getValue();
      logins.put(column.getKey(), role == null ? null : hired(role));
    }
    String key = keys.show("admin");
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (Map.Entry<String, String> row : expected().entrySet()) {
      if (rows++ % ROWS_OF_A_MINUTE == 0) {
        // The key of the account has a rate, and the table is longer than that.
        clock.advance(Duration.ofMinutes(1));
      }
      String shown = key;
      UnaryOperator<MockHttpServletRequestBuilder> program =
          request -> request.header(AccountKeys.HEADER, shown);
      String found =
          COLUMNS.keySet().stream()
                  .filter(column -> passes(row.getKey(), person(logins.get(column))))
                  .map(String::valueOf)
                  .collect(Collectors.joining())
              + (passes(row.getKey(), program) ? ACCOUNT : "");
      if (!found.equals(row.getValue())) {
        wrong.add(row.getKey() + " expected " + row.getValue() + " but let in " + found);
      }
      if (row.getKey().contains("account-key")) {
        // One of these rows renews it.
        key = keys.show("admin");
      }
    }
    assertThat(wrong).isEmpty();
  }

  private String hired(Role role) {
    String login = "matrix-" + role.key();
    if (staff.accounts().stream().noneMatch(account -> account.login().equals(login))) {
      staff.enroll(
          List.of(
              new Staff.NewAccount(
                  login, login, null, null, "leadloom", Set.of(role), null, null, null)));
    }
    return login;
  }

  private static UnaryOperator<MockHttpServletRequestBuilder> person(@Nullable String login) {
    if (login != null) {
      return request -> {
        request.with(httpBasic(login, "leadloom"));
        return request;
      };
    }
    // As browsers send it: what Spring Security has for tests would change the filters that later
    // tests use.
    return request -> request.cookie(new Cookie("XSRF-TOKEN", "any")).header("X-XSRF-TOKEN", "any");
  }

  /** Whether a call gets past the door: anything but 401 and 403. Ids are of nothing, bodies hold nothing. */
  private boolean passes(String endpoint, UnaryOperator<MockHttpServletRequestBuilder> caller) {
    String[] words = endpoint.split(" ");
    String path =
        words[1].replace("/{number}", "/999999999").replaceAll("\\{[^}]*\\}", "999999999");
    MockHttpServletRequestBuilder request =
        caller.apply(
            MockMvcRequestBuilders.request(HttpMethod.valueOf(words[0]), URI.create(path))
                // As in the container: what keys reach goes by it.
                .servletPath(path));
    if (!words[0].equals("GET")) {
      // A list where an object is wanted: refused by everything that reads its body, so nothing
      // happens.
      request.contentType(MediaType.APPLICATION_JSON).content("[]");
    }
    try {
      int status = http.perform(request).andReturn().getResponse().getStatus();
      // Whoever is not signed in hears it there.
      return status != 403 && (status != 401 || words[1].equals("/api/v1/session"));
    } catch (Exception e) {
      throw new IllegalStateException(endpoint, e);
    }
  }
}
