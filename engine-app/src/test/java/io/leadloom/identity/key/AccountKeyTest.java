package io.leadloom.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

/** The key of the account: who sees it, what it reaches, and that a renewed one stops at once. */
@LeadloomTest(
    properties = {
      "leadloom.test.database=account-key",
      "leadloom.api.rate-limit.requests-per-minute=200"
    })
class AccountKeyTest {

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MutableClock clock;

  private ResponseEntity<JsonNode> as(
      String login, HttpMethod method, String path, @Nullable Object body) {
    return http.withBasicAuth(login, "leadloom")
        .exchange("/api/v1" + path, method, new HttpEntity<>(body), JsonNode.class);
  }

  private String key() {
    return as("admin", HttpMethod.POST, "/settings/account-key/show", Map.of())
        .getBody()
        .path("key")
        .asText();
  }

  private ResponseEntity<JsonNode> with(
      String key, HttpMethod method, String path, @Nullable Object body) {
    HttpHeaders headers = new HttpHeaders();
    headers.set("X-Leadloom-Account-Key", key);
    return http.exchange("/api/v1" + path, method, new HttpEntity<>(body, headers), JsonNode.class);
  }

  @Test
  void SET_008_theKeyWorksWithRecordsForTheAccountAndNotForAUser() {
    ResponseEntity<JsonNode> made =
        with(key(), HttpMethod.POST, "/leads", Map.of("values", Map.of("lastName", "By key")));
    assertThat(made.getStatusCode()).isEqualTo(HttpStatus.CREATED);
    JsonNode values = made.getBody().path("values");
    assertThat(values.path("owner").isNull() || values.path("owner").isMissingNode()).isTrue();
    assertThat(values.path("createdBy").isNull() || values.path("createdBy").isMissingNode())
        .isTrue();
    long id = made.getBody().path("id").asLong();
    assertThat(with(key(), HttpMethod.GET, "/leads/" + id, null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    assertThat(made.getHeaders().getFirst("RateLimit-Limit")).isEqualTo("200");
    JsonNode facts = as("admin", HttpMethod.GET, "/settings/account-key", null).getBody();
    assertThat(facts.path("lastUsedAt").asText()).isNotEmpty();
    assertThat(facts.toString()).doesNotContain(key());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /settings/mail",
        "GET /settings/company",
        "GET /settings/account-key",
        "POST /settings/account-key/show",
        "POST /settings/account-key/renew",
        "GET /api-keys",
        "POST /api-keys",
        "GET /audit",
        "POST /users",
        "PATCH /users/1",
        "GET /users/1",
        "POST /teams",
        "GET /permission-templates",
        "POST /automations",
        "POST /automations/1/publish",
        "GET /session",
        "GET /session/rights",
        "GET /journal/consumers",
        "GET /mailbox",
        "POST /schema/lead/fields",
        "POST /hand-overs"
      })
  void SET_009_administrationIsRefusedToTheKey(String call) {
    String[] words = call.split(" ");
    assertThat(
            with(
                    key(),
                    HttpMethod.valueOf(words[0]),
                    words[1],
                    words[0].equals("GET") ? null : Map.of())
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void SET_009_aRenewedKeyStopsAtOnceAndWrongOnesAreUnauthenticated() {
    String old = key();
    assertThat(with(old, HttpMethod.GET, "/leads", null).getStatusCode()).isEqualTo(HttpStatus.OK);
    String fresh =
        as("admin", HttpMethod.POST, "/settings/account-key/renew", Map.of())
            .getBody()
            .path("key")
            .asText();
    assertThat(fresh).isNotEqualTo(old).isEqualTo(key());
    assertThat(with(old, HttpMethod.GET, "/leads", null).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(with("", HttpMethod.GET, "/leads", null).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(with("lla_guessed", HttpMethod.POST, "/leads", Map.of()).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(with(fresh, HttpMethod.GET, "/leads", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  @Test
  void SET_009_onlyAdministratorsInPersonSeeIt() {
    for (String login : List.of("manager", "sales")) {
      for (String path : List.of("/settings/account-key/show", "/settings/account-key/renew")) {
        assertThat(as(login, HttpMethod.POST, path, Map.of()).getStatusCode())
            .isEqualTo(HttpStatus.FORBIDDEN);
      }
      assertThat(as(login, HttpMethod.GET, "/settings/account-key", null).getStatusCode())
          .isEqualTo(HttpStatus.FORBIDDEN);
    }
    JsonNode pair =
        as(
                "admin",
                HttpMethod.POST,
                "/api-keys",
                Map.of("name", "Pair", "scopes", List.of("read", "write", "administration")))
            .getBody();
    HttpHeaders headers = new HttpHeaders();
    headers.set("X-Leadloom-Key", pair.path("accessKey").asText());
    headers.set("X-Leadloom-Secret", pair.path("secret").asText());
    assertThat(
            http.exchange(
                    "/api/v1/settings/account-key/show",
                    HttpMethod.POST,
                    new HttpEntity<>(Map.of(), headers),
                    JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void theKeyRestsSealedAndWhoSawItStandsInTheAuditTrail() {
    String key = key();
    byte[] sealed =
        jdbc.queryForObject("select sealed from account_key where id = 1", byte[].class);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain(key.substring(4, 20));
    JsonNode trail = as("admin", HttpMethod.GET, "/audit?kind=account-key", null).getBody();
    assertThat(trail.toString()).contains("account-key.shown").doesNotContain(key);
  }

  @Test
  void theKeyHasARateOfItsOwn() {
    // The clock stands: nothing comes back while the calls take their time.
    clock.setTo(clock.instant());
    String key = key();
    boolean refused = false;
    for (int i = 0; i <= 200 && !refused; i++) {
      refused =
          with(key, HttpMethod.GET, "/company", null).getStatusCode()
              == HttpStatus.TOO_MANY_REQUESTS;
    }
    assertThat(refused).isTrue();
    clock.advance(Duration.ofMinutes(10));
    assertThat(with(key, HttpMethod.GET, "/company", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }
}
