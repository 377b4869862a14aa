package io.leadloom.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@LeadloomTest
class UserApiTest {

  private static final String PASSWORD = "long enough!";

  @Autowired private TestRestTemplate http;

  private ResponseEntity<JsonNode> call(HttpMethod method, String path, Object body) {
    return http.withBasicAuth("admin", "leadloom")
        .exchange("/api/v1" + path, method, new HttpEntity<>(body), JsonNode.class);
  }

  private long team() {
    Map<String, Object> team = Map.of("name", "Team " + UUID.randomUUID(), "members", List.of());
    return call(HttpMethod.POST, "/teams", team).getBody().path("id").asLong();
  }

  private static Map<String, Object> user(String login, Object teams) {
    return Map.of(
        "login",
        login,
        "name",
        "Una",
        "password",
        PASSWORD,
        "roles",
        List.of("crm_sales"),
        "teams",
        teams);
  }

  @Test
  void aUserIsMadeWithTeamsAndMovesBetweenThem() {
    long first = team();
    long second = team();
    String login = "u" + UUID.randomUUID();
    JsonNode made = call(HttpMethod.POST, "/users", user(login, List.of(first))).getBody();
    assertThat(made.path("teams")).extracting(JsonNode::asLong).containsExactly(first);
    String path = "/users/" + made.path("id").asLong();
    JsonNode moved =
        call(HttpMethod.PATCH, path, Map.of("name", "Una Two", "teams", List.of(second))).getBody();
    assertThat(moved.path("teams")).extracting(JsonNode::asLong).containsExactly(second);
    assertThat(moved.path("name").asText()).isEqualTo("Una Two");
    JsonNode same = call(HttpMethod.PATCH, path, Map.of("name", "Una Three")).getBody();
    assertThat(same.path("teams")).extracting(JsonNode::asLong).containsExactly(second);
  }

  @Test
  void anUnknownTeamKeepsTheWholeChangeFromHappening() {
    String login = "u" + UUID.randomUUID();
    ResponseEntity<JsonNode> refused =
        call(HttpMethod.POST, "/users", user(login, List.of(987_654_321L)));
    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(refused.getBody().path("violations").get(0).path("field").asText())
        .isEqualTo("teams");
    JsonNode found = call(HttpMethod.GET, "/users?search=" + login, null).getBody();
    assertThat(found.path("items")).isEmpty();
  }

  @Test
  void onlyAdministratorsChangeUsers() {
    String login = "u" + UUID.randomUUID();
    long id = call(HttpMethod.POST, "/users", user(login, List.of())).getBody().path("id").asLong();
    ResponseEntity<JsonNode> refused =
        http.withBasicAuth(login, PASSWORD)
            .exchange(
                "/api/v1/users/" + id,
                HttpMethod.PATCH,
                new HttpEntity<>(Map.of("roles", List.of("crm_admin"))),
                JsonNode.class);
    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
  }
}
