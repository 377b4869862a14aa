package io.leadloom.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Database;
import io.leadloom.testing.LeadloomTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every secret that somebody can type or is given stands afterwards in no table, no line of the log and no answer to a
 * reading call (SET-005): texts that can be recognised go in through the API, with repetition keys and in refused calls
 * too, and are then looked for everywhere.
 */
@LeadloomTest(properties = "leadloom.test.database=secrets")
@ExtendWith(OutputCaptureExtension.class)
class SecretsStaySecretTest {

  @Autowired private TestRestTemplate http;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Database database;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  /** What each secret is, by its text. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  private String marker(String what) {
    String secret = "Marker " + what + " " + UUID.randomUUID();
    secrets.put(secret, what);
    return secret;
  }

  private JsonNode call(HttpMethod method, String path, @Nullable Object body) {
    HttpHeaders headers = new HttpHeaders();
    headers.set("Idempotency-Key", UUID.randomUUID().toString());
    ResponseEntity<JsonNode> answer =
        http.withBasicAuth("admin", "leadloom")
            .exchange("/api/v1" + path, method, new HttpEntity<>(body, headers), JsonNode.class);
    assertThat(answer.getStatusCode().value()).as(method + " " + path).isLessThan(500);
    return answer.getBody();
  }

  private void mustWork(JsonNode answer) {
    assertThat(answer == null ? 200 : answer.path("status").asInt(200)).isLessThan(400);
  }

  private Map<String, Object> mail(String password) {
    return new HashMap<>(
        Map.of(
            "host",
            "127.0.0.1",
            "port",
            1,
            "security",
            "none",
            "from",
            "crm@example.com",
            "username",
            "crm",
            "password",
            password));
  }

  private void bringSecretsIn() {
    mustWork(call(HttpMethod.PUT, "/settings/mail", mail(marker("mail password"))));
    call(HttpMethod.POST, "/settings/mail/test", Map.of("to", "nobody@example.com"));
    Map<String, Object> wrong = mail(marker("mail password of a refused call"));
    wrong.put("port", 99_999_999);
    call(HttpMethod.PUT, "/settings/mail", wrong);
    mustWork(
        call(
            HttpMethod.PUT,
            "/settings/webhook-secrets/marked",
            Map.of("value", marker("webhook secret"))));
    mustWork(
        call(
            HttpMethod.POST,
            "/users",
            Map.of(
                "login",
                "marked",
                "name",
                "Marked",
                "password",
                marker("password"),
                "roles",
                List.of("crm_sales"))));
    call(
        HttpMethod.POST,
        "/users",
        Map.of("login", "marked", "name", "Twice", "password", marker("refused password")));
    call(
        HttpMethod.PUT,
        "/session/password",
        Map.of("current", marker("wrong password"), "password", marker("next password")));
    http.exchange(
        "/api/v1/session",
        HttpMethod.POST,
        new HttpEntity<>(Map.of("login", "marked", "password", marker("wrong sign-in"))),
        JsonNode.class);
    http.withBasicAuth("marked", marker("wrong basic password"))
        .getForEntity("/api/v1/leads", JsonNode.class);
    call(
        HttpMethod.POST,
        "/settings/single-sign-on",
        Map.of(
            "name",
            "Marked",
            "issuer",
            "https://127.0.0.1:1/issuer",
            "clientId",
            "leadloom",
            "clientSecret",
            marker("client secret")));
    JsonNode key =
        call(HttpMethod.POST, "/api-keys", Map.of("name", "Marked", "scopes", List.of("read")));
    given(key.path("secret").asText(), "secret of an API key");
    given(
        call(HttpMethod.POST, "/settings/account-key/show", Map.of()).path("key").asText(),
        "API key of the account");
    JsonNode enrolment =
        call(HttpMethod.POST, "/session/second-factor/enrolment", Map.of("password", "leadloom"));
    given(enrolment.path("secret").asText(), "secret of a second factor");
    HttpHeaders guessed = new HttpHeaders();
    guessed.set("X-Leadloom-Account-Key", marker("guessed account key"));
    http.exchange("/api/v1/leads", HttpMethod.GET, new HttpEntity<>(guessed), JsonNode.class);
  }

  private void given(String secret, String what) {
    assertThat(secret).as(what).hasSizeGreaterThan(15);
    secrets.put(secret, what);
  }

  @Test
  void SET_005_secretsAreInNoTableNoLogAndNoAnswer(CapturedOutput output) {
    bringSecretsIn();
    List<String> found = new ArrayList<>();
    // What is no secret is found, so that finding nothing means something.
    secrets.put("crm@example.com", "address of the mail server");
    for (String table : tables()) {
      look("table " + table, content(table), found);
    }
    look("the log", output.getAll(), found);
    for (String path : readable()) {
      look(
          "GET " + path,
          String.valueOf(
              http.withBasicAuth("admin", "leadloom")
                  .exchange(path, HttpMethod.GET, null, String.class)
                  .getBody()),
          found);
    }
    assertThat(found)
        .isNotEmpty()
        .anyMatch(place -> place.contains("in table"))
        .anyMatch(place -> place.contains("in GET /api/v1/settings/mail"))
        .allMatch(place -> place.startsWith("address of the mail server"));
    assertThat(secrets).hasSizeGreaterThan(12);
  }

  private void look(String where, String text, List<String> found) {
    secrets.forEach(
        (secret, what) -> {
          if (text.contains(secret)) {
            found.add(what + " in " + where);
          }
        });
  }

  private List<String> tables() {
    String schema = database == Database.H2 ? "'public'" : "database()";
    List<String> tables =
        jdbc.queryForList(
            "select table_name from information_schema.tables where lower(table_schema) = "
                + schema
                + " and table_type like '%BASE TABLE%'",
            String.class);
    assertThat(tables).hasSizeGreaterThan(40);
    return tables;
  }

  /** All values of a table, binary ones as the letters that their bytes would be. */
  private String content(String table) {
    StringBuilder content = new StringBuilder();
    jdbc.query(
        "select * from " + table,
        row -> {
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            content
                .append(
                    value instanceof byte[] bytes
                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                        : String.valueOf(row.getString(i)))
                .append('\n');
          }
        });
    return content.toString();
  }

  /** Everything that can be read; ids are those of what was just made, as far as small numbers go. */
  private TreeSet<String> readable() {
    TreeSet<String> paths = new TreeSet<>();
    mapping
        .getHandlerMethods()
        .keySet()
        .forEach(
            info -> {
              if (info.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                for (String pattern : info.getPatternValues()) {
                  // A stream does not end.
                  if (pattern.startsWith("/api/") && !pattern.endsWith("/stream")) {
                    paths.add(
                        pattern
                            .replaceAll("\\{entity:([a-z]+)[^}]*\\}", "$1")
                            .replaceAll("\\{kinds:[^}]*\\}", "stages")
                            .replaceAll("\\{id[^/]*", "4")
                            .replaceAll("\\{[^/]*", "1"));
                  }
                }
              }
            });
    assertThat(paths).hasSizeGreaterThan(40);
    return paths;
  }
}
