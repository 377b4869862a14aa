package io.leadloom.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.testing.ApiCalls;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest(
    properties = {
      "leadloom.test.database=api-keys",
      "leadloom.api.rate-limit.requests-per-minute=30",
      "leadloom.api.rate-limit.bulk-per-minute=3"
    })
class ApiKeyTest {

  private static final List<String> ALL = List.of("read", "write", "bulk", "administration");

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MutableClock clock;
  @Autowired private Staff staff;
  @Autowired private Users users;

  private record Pair(long id, String access, String secret) {}

  private ResponseEntity<JsonNode> asPerson(
      String login, HttpMethod method, String path, @Nullable Object body) {
    return new ApiCalls(http).as(login, method, path, body);
  }

  private ResponseEntity<JsonNode> make(
      String login, String name, List<String> scopes, @Nullable String expiresAt) {
    Map<String, Object> wanted = new HashMap<>(Map.of("name", name, "scopes", scopes));
    if (expiresAt != null) {
      wanted.put("expiresAt", expiresAt);
    }
    return asPerson(login, HttpMethod.POST, "/api-keys", wanted);
  }

  private Pair key(String login, List<String> scopes) {
    JsonNode made = make(login, "Key " + UUID.randomUUID(), scopes, null).getBody();
    return new Pair(
        made.path("id").asLong(), made.path("accessKey").asText(), made.path("secret").asText());
  }

  private ResponseEntity<JsonNode> call(
      Pair pair, HttpMethod method, String path, @Nullable Object body) {
    return new ApiCalls(http).with(ApiCalls.pair(pair.access(), pair.secret()), method, path, body);
  }

  private ResponseEntity<JsonNode> read(Pair pair) {
    return call(pair, HttpMethod.GET, "/session", null);
  }

  @Test
  void CON_D36_aPairActsForItsUserByHeadersOrBasicWithoutSessionOrCsrfToken() {
    Pair pair = key("sales", List.of("read", "write"));
    ResponseEntity<JsonNode> answer = read(pair);
    assertThat(answer.getBody().path("user").path("login").asText()).isEqualTo("sales");
    assertThat(answer.getHeaders()).doesNotContainKey(HttpHeaders.SET_COOKIE);
    Map<String, Object> lead =
        Map.of("values", Map.of("lastName", "By key", "phone", "+4930123456"));
    assertThat(call(pair, HttpMethod.POST, "/leads", lead).getStatusCode())
        .isEqualTo(HttpStatus.CREATED);
    ResponseEntity<JsonNode> basic =
        http.withBasicAuth(pair.access(), pair.secret())
            .postForEntity("/api/v1/leads", lead, JsonNode.class);
    assertThat(basic.getStatusCode()).isEqualTo(HttpStatus.CREATED);
    assertThat(basic.getHeaders()).doesNotContainKey(HttpHeaders.SET_COOKIE);
  }

  @Test
  void theSecretIsShownOnceAndStoredNowhere() {
    Pair pair = key("manager", List.of("read"));
    assertThat(pair.secret()).startsWith("lls_").hasSizeGreaterThan(40);
    JsonNode list = asPerson("manager", HttpMethod.GET, "/api-keys", null).getBody();
    assertThat(list.toString()).contains(pair.access()).doesNotContain(pair.secret());
    String hash =
        jdbc.queryForObject(
            "select secret_hash from api_key where id = ?",
            (row, n) -> new String(row.getBytes(1), java.nio.charset.StandardCharsets.ISO_8859_1),
            pair.id());
    assertThat(hash).hasSize(32).doesNotContain(pair.secret().substring(4));
    JsonNode trail =
        asPerson("admin", HttpMethod.GET, "/audit?subjectKind=api-key&subject=" + pair.id(), null)
            .getBody();
    assertThat(trail.toString()).contains("api-key.created").doesNotContain(pair.secret());
  }

  @Test
  void wrongSecretsUnknownKeysAndHalvesOfAPairAreRefused() {
    Pair pair = key("sales", List.of("read"));
    for (Pair wrong :
        List.of(
            new Pair(0, pair.access(), "lls_wrong"),
            new Pair(0, "llk_unknown", pair.secret()),
            new Pair(0, pair.access(), ""),
            new Pair(0, "", pair.secret()))) {
      ResponseEntity<JsonNode> refused = read(wrong);
      assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
      assertThat(refused.getBody().path("type").asText()).endsWith("/unauthenticated");
    }
    JsonNode refusals =
        asPerson(
                "admin", HttpMethod.GET, "/audit?action=api-key.refused&subject=" + pair.id(), null)
            .getBody();
    assertThat(refusals.path("items")).hasSize(1);
  }

  @Test
  void aRevokedKeyEndsAtOnceAndAnExpiredOneAtItsTime() {
    Pair revoked = key("sales", List.of("read"));
    assertThat(read(revoked).getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(
            asPerson("sales", HttpMethod.DELETE, "/api-keys/" + revoked.id(), null).getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(read(revoked).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);

    String end = clock.instant().plus(Duration.ofHours(1)).toString();
    JsonNode made = make("sales", "Short", List.of("read"), end).getBody();
    Pair expiring =
        new Pair(
            made.path("id").asLong(),
            made.path("accessKey").asText(),
            made.path("secret").asText());
    assertThat(read(expiring).getStatusCode()).isEqualTo(HttpStatus.OK);
    clock.advance(Duration.ofHours(2));
    assertThat(read(expiring).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void scopesLimitWhatTheUserMayDo() {
    Pair reader = key("admin", List.of("read"));
    Map<String, Object> lead = Map.of("values", Map.of("lastName", "X"));
    assertThat(call(reader, HttpMethod.GET, "/leads?limit=1", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    ResponseEntity<JsonNode> write = call(reader, HttpMethod.POST, "/leads", lead);
    assertThat(write.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(write.getBody().path("detail").asText()).contains("'write'");
    Pair writer = key("admin", List.of("read", "write"));
    for (String path : List.of("/audit", "/settings/mail", "/journal/consumers")) {
      assertThat(call(writer, HttpMethod.GET, path, null).getStatusCode())
          .isEqualTo(HttpStatus.FORBIDDEN);
    }
    Map<String, Object> bulk = Map.of("records", List.of(lead));
    assertThat(call(writer, HttpMethod.POST, "/leads/bulk", bulk).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    Pair administrator = key("admin", ALL);
    assertThat(call(administrator, HttpMethod.GET, "/audit", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    assertThat(call(key("sales", ALL), HttpMethod.GET, "/audit", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void aKeyCannotMakeKeysOrSignIn() {
    Pair pair = key("admin", ALL);
    Map<String, Object> wanted = Map.of("name", "Child", "scopes", ALL);
    assertThat(call(pair, HttpMethod.POST, "/api-keys", wanted).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(call(pair, HttpMethod.GET, "/api-keys", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(
            call(
                    pair,
                    HttpMethod.POST,
                    "/session",
                    Map.of("login", "admin", "password", "leadloom"))
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void nobodySeesOrRevokesTheKeysOfOthersButAdministrators() {
    Pair pair = key("sales", List.of("read"));
    assertThat(
            asPerson("manager", HttpMethod.DELETE, "/api-keys/" + pair.id(), null).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(asPerson("manager", HttpMethod.GET, "/api-keys?all=true", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(asPerson("manager", HttpMethod.GET, "/api-keys", null).getBody().toString())
        .doesNotContain(pair.access());
    assertThat(
            asPerson("admin", HttpMethod.GET, "/api-keys?all=true&limit=200", null)
                .getBody()
                .toString())
        .contains(pair.access());
    asPerson("admin", HttpMethod.DELETE, "/api-keys/" + pair.id(), null);
    assertThat(read(pair).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void whoUsesARevokedKeyIsNoted() {
    Pair pair = key("sales", List.of("read"));
    asPerson("sales", HttpMethod.DELETE, "/api-keys/" + pair.id(), null);
    assertThat(read(pair).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    JsonNode noted =
        asPerson(
                "admin", HttpMethod.GET, "/audit?action=api-key.refused&subject=" + pair.id(), null)
            .getBody();
    assertThat(noted.path("items")).hasSize(1);
  }

  @Test
  void theKeysOfAnInactiveUserDoNotWork() {
    String login = "key-user-" + UUID.randomUUID();
    asPerson(
        "admin",
        HttpMethod.POST,
        "/users",
        Map.of(
            "login",
            login,
            "name",
            "Key User",
            "password",
            "Long-enough-73!",
            "roles",
            List.of("crm_sales")));
    long id = users.byLogin(login).orElseThrow().id();
    JsonNode made =
        http.withBasicAuth(login, "Long-enough-73!")
            .postForObject(
                "/api/v1/api-keys",
                Map.of("name", "Mine", "scopes", List.of("read")),
                JsonNode.class);
    Pair pair = new Pair(0, made.path("accessKey").asText(), made.path("secret").asText());
    assertThat(read(pair).getStatusCode()).isEqualTo(HttpStatus.OK);
    staff.change(
        id, new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    assertThat(read(pair).getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void aKeyIsLimitedAndSaysSoAndBulkHasALimitOfItsOwn() {
    // The clock stands: nothing comes back while the first bulk call takes its time.
    clock.setTo(clock.instant());
    Pair pair = key("sales", ALL);
    Map<String, Object> bulk =
        Map.of("records", List.of(Map.of("values", Map.of("lastName", "Bulk"))));
    for (int left = 2; left >= 0; left--) {
      HttpHeaders headers = call(pair, HttpMethod.POST, "/leads/bulk", bulk).getHeaders();
      assertThat(headers.getFirst("RateLimit-Limit")).isEqualTo("3");
      assertThat(headers.getFirst("RateLimit-Remaining")).isEqualTo(Integer.toString(left));
    }
    ResponseEntity<JsonNode> refused = call(pair, HttpMethod.POST, "/leads/bulk", bulk);
    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("20");
    assertThat(refused.getBody().path("type").asText()).endsWith("/rate-limited");
    assertThat(refused.getHeaders().getContentType().toString())
        .startsWith("application/problem+json");
    assertThat(read(pair).getStatusCode()).isEqualTo(HttpStatus.OK);
    clock.advance(Duration.ofSeconds(21));
    assertThat(call(pair, HttpMethod.POST, "/leads/bulk", bulk).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  @Test
  void theLastUseIsNotedOnceAMinute() {
    Pair pair = key("sales", List.of("read"));
    read(pair);
    Object first = used(pair);
    assertThat(first).isNotNull();
    clock.advance(Duration.ofSeconds(30));
    read(pair);
    assertThat(used(pair)).isEqualTo(first);
    clock.advance(Duration.ofSeconds(31));
    read(pair);
    assertThat(used(pair)).isNotEqualTo(first);
  }

  private @Nullable Object used(Pair pair) {
    return jdbc.queryForObject(
        "select last_used_at from api_key where id = ?", Object.class, pair.id());
  }

  @Test
  void badWishesAreRefusedWithReasons() {
    for (ResponseEntity<JsonNode> refused :
        List.of(
            make("sales", "", List.of("read"), null),
            make("sales", "x", List.of(), null),
            make("sales", "x", List.of("everything"), null),
            make("sales", "x", List.of("read"), "2020-01-01T00:00:00Z"))) {
      assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
      assertThat(refused.getBody().path("violations")).isNotEmpty();
    }
  }
}
