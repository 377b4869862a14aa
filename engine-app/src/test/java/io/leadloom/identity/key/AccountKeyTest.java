package io.leadloom.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.testing.ApiCalls;
import io.leadloom.testing.LeadloomTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

/** The key of the account: who sees it, what it reaches, and that a renewed one stops at once. */
@LeadloomTest(properties = "leadloom.test.database=account-key")
class AccountKeyTest {

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;

  private ApiCalls api;

  @BeforeEach
  void callTheApi() {
    api = new ApiCalls(http);
  }

  private String key() {
    return api.as("admin", HttpMethod.POST, "/settings/account-key/show", Map.of())
        .getBody()
        .path("key")
        .asText();
  }

  private ResponseEntity<JsonNode> with(
      String key, HttpMethod method, String path, @Nullable Object body) {
    return api.with(ApiCalls.accountKey(key), method, path, body);
  }

  @Test
  void SET_008_theKeyWorksWithRecordsForTheAccountAndNotForAUser() {
    ResponseEntity<JsonNode> made =
        with(
            key(),
            HttpMethod.POST,
            "/leads",
            Map.of("values", Map.of("lastName", "By key", "phone", "+4930123456")));
    assertThat(made.getStatusCode()).isEqualTo(HttpStatus.CREATED);
    JsonNode values = made.getBody().path("values");
    assertThat(values.path("owner").isNull() || values.path("owner").isMissingNode()).isTrue();
    assertThat(values.path("createdBy").isNull() || values.path("createdBy").isMissingNode())
        .isTrue();
    long id = made.getBody().path("id").asLong();
    assertThat(with(key(), HttpMethod.GET, "/leads/" + id, null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    assertThat(made.getHeaders().getFirst("RateLimit-Limit")).isEqualTo("12000");
    JsonNode facts = api.as("admin", HttpMethod.GET, "/settings/account-key", null).getBody();
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

  private ResponseEntity<JsonNode> upload(HttpHeaders headers, String choices, String file) {
    headers.setContentType(MediaType.parseMediaType("text/csv"));
    return http.exchange(
        "/api/v1/imports?" + choices,
        HttpMethod.POST,
        new HttpEntity<>(file.getBytes(StandardCharsets.UTF_8), headers),
        JsonNode.class);
  }

  /** An import that is over, as the key sees it; a person waits for that, whose calls nobody counts. */
  private JsonNode ended(String key, long id) {
    String path = "/imports/" + id;
    await()
        .until(
            () ->
                api.as("admin", HttpMethod.GET, path, null).getBody().path("endedAt").isTextual());
    return with(key, HttpMethod.GET, path, null).getBody();
  }

  @Test
  void SET_008_theKeyImportsAFileForTheAccount() {
    String key = key();
    String name = "Imported " + UUID.randomUUID();
    String file = "lastName,email\n" + name + ",x@" + UUID.randomUUID() + ".example\n";
    ResponseEntity<JsonNode> started = upload(ApiCalls.accountKey(key), "entity=lead", file);
    assertThat(started.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    JsonNode done = ended(key, started.getBody().path("id").asLong());
    assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("done");
    assertThat(done.path("created").asInt()).isOne();
    assertThat(done.path("createdBy").isNull() || done.path("createdBy").isMissingNode()).isTrue();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from leads where last_name = ? and owner_id is null and created_by is null",
                Integer.class,
                name))
        .isOne();
  }

  private static Map<String, Object> columns(boolean create) {
    return Map.of(
        "columns",
        List.of(Map.of("field", "lastName"), Map.of("create", create), Map.of("field", "phone")));
  }

  @Test
  void SET_009_theKeyStartsOnlyWhatItPreparedAndMakesNoFields() {
    String key = key();
    String file = "lastName,Shoe size,phone\nPrepared,42,+4930123456\n";
    String choices = "prepare=true&entity=lead";
    HttpHeaders person = new HttpHeaders();
    person.setBasicAuth("admin", "leadloom");
    long others = upload(person, choices, file).getBody().path("id").asLong();
    long own = upload(ApiCalls.accountKey(key), choices, file).getBody().path("id").asLong();
    Map<String, Object> left = columns(false);
    Map<String, Object> made = columns(true);
    for (Map<String, Object> choice : List.of(left, made)) {
      assertThat(
              with(key, HttpMethod.POST, "/imports/" + others + "/start", choice).getStatusCode())
          .isEqualTo(HttpStatus.FORBIDDEN);
    }
    String start = "/imports/" + own + "/start";
    assertThat(with(key, HttpMethod.POST, start, made).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(
            upload(ApiCalls.accountKey(key), "entity=lead&createFields=true", file).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(with(key, HttpMethod.POST, start, left).getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(ended(key, own).path("created").asInt()).isOne();
  }

  @Test
  void SET_009_theKeySeesOfUsersWhatNamesThem() {
    String mark = UUID.randomUUID().toString().substring(0, 8);
    Map<String, Object> user =
        Map.of(
            "login",
            "n" + mark,
            "name",
            "Named " + mark,
            "email",
            "mail@" + mark + "x.example",
            "phone",
            "0123456",
            "password",
            "acht Pferde trinken Tee");
    assertThat(api.as("admin", HttpMethod.POST, "/users", user).getStatusCode())
        .isEqualTo(HttpStatus.CREATED);
    JsonNode found =
        with(key(), HttpMethod.GET, "/users?search=" + mark, null).getBody().path("items");
    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("name").asText()).isEqualTo("Named " + mark);
    for (String field : List.of("email", "phone", "state", "lastSignInAt", "invitedAt")) {
      assertThat(found.path(0).path(field).asText("")).as(field).isIn("", "null");
    }
    assertThat(
            with(key(), HttpMethod.GET, "/users?search=" + mark + "x", null)
                .getBody()
                .path("items"))
        .isEmpty();
    assertThat(with(key(), HttpMethod.GET, "/users?state=active", null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @Test
  void SET_009_theAccountHasAllRecordsAndNothingOfAdministration() {
    Rights account = Rights.account();
    assertThat(account.everything()).isFalse();
    assertThat(account.userId()).isNull();
    for (Section section : Section.values()) {
      boolean records = section.entity().isPresent();
      for (Action action : section.actions()) {
        if (records || List.of(Section.LIST, Section.TAGS, Section.IMPORTS).contains(section)) {
          assertThat(account.owners(section, action).all()).as(section + " " + action).isTrue();
        }
      }
    }
    for (Section section :
        List.of(
            Section.USERS,
            Section.PERMISSIONS,
            Section.SCHEMA,
            Section.SETTINGS,
            Section.JOURNAL,
            Section.AUDIT)) {
      assertThat(section.actions()).noneMatch(action -> account.may(section, action));
    }
    assertThat(
            with(key(), HttpMethod.GET, "/schema/lead/fields/lastName/values", null)
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    String start = "/automations/999999999/start";
    assertThat(with(key(), HttpMethod.POST, start, Map.of("ref", "lead:1")).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void theKeyWorksWithListsAndTags() {
    String name = "By key " + UUID.randomUUID();
    JsonNode list = with(key(), HttpMethod.POST, "/lists", Map.of("name", name)).getBody();
    assertThat(with(key(), HttpMethod.GET, "/lists", null).getBody().toString()).contains(name);
    assertThat(
            with(key(), HttpMethod.DELETE, "/lists/" + list.path("id").asLong(), null)
                .getStatusCode()
                .is2xxSuccessful())
        .isTrue();
    String tag = "By key " + UUID.randomUUID();
    ResponseEntity<JsonNode> made = with(key(), HttpMethod.POST, "/tags", Map.of("name", tag));
    assertThat(made.getStatusCode()).isEqualTo(HttpStatus.CREATED);
    String path = "/tags/" + made.getBody().path("id").asLong();
    Map<String, Object> lead =
        Map.of(
            "values", Map.of("lastName", "Tagged", "phone", "+4930123456"), "tags", List.of(tag));
    JsonNode tagged = with(key(), HttpMethod.POST, "/leads", lead).getBody();
    assertThat(tagged.path("tags").toString()).contains(tag);
    assertThat(
            with(key(), HttpMethod.PATCH, path, Map.of("name", tag + "!")).getBody().path("name"))
        .hasToString('"' + tag + "!\"");
    assertThat(with(key(), HttpMethod.DELETE, path, null).getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    // Who deleted it is the account, and not the user with its number.
    assertThat(
            with(key(), HttpMethod.GET, "/tags?deleted=true&limit=1000", null)
                .getBody()
                .path("items")
                .findValuesAsText("name"))
        .contains(tag + "!");
    assertThat(with(key(), HttpMethod.POST, path + "/restore", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  @Test
  void SET_009_aRenewedKeyStopsAtOnceAndWrongOnesAreUnauthenticated() {
    String old = key();
    assertThat(with(old, HttpMethod.GET, "/leads", null).getStatusCode()).isEqualTo(HttpStatus.OK);
    String fresh =
        api.as("admin", HttpMethod.POST, "/settings/account-key/renew", Map.of())
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
        assertThat(api.as(login, HttpMethod.POST, path, Map.of()).getStatusCode())
            .isEqualTo(HttpStatus.FORBIDDEN);
      }
      assertThat(api.as(login, HttpMethod.GET, "/settings/account-key", null).getStatusCode())
          .isEqualTo(HttpStatus.FORBIDDEN);
    }
    JsonNode pair =
        api.as(
                "admin",
                HttpMethod.POST,
                "/api-keys",
                Map.of("name", "Pair", "scopes", List.of("read", "write", "administration")))
            .getBody();
    HttpHeaders headers =
        ApiCalls.pair(pair.path("accessKey").asText(), pair.path("secret").asText());
    assertThat(
            api.with(headers, HttpMethod.POST, "/settings/account-key/show", Map.of())
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
    JsonNode trail =
        api.as("admin", HttpMethod.GET, "/audit?subjectKind=account-key&limit=200", null)
            .getBody()
            .path("items");
    assertThat(trail.findValuesAsText("action"))
        .contains("account-key.shown")
        .allMatch(action -> action.startsWith("account-key."));
    assertThat(trail.toString()).doesNotContain(key);
  }
}
