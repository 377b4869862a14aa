package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.Surfer;
import io.leadloom.testing.TestProvider;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A provider that runs, a browser, and an administrator who has set the provider up. */
abstract class SignOnTest {

  static final String SETTINGS = "/api/v1/settings/single-sign-on";
  static TestProvider provider;

  @Autowired TestRestTemplate http;
  @Autowired Staff staff;
  @Autowired ObjectMapper json;

  final Surfer surfer = new Surfer();
  long id;

  @BeforeAll
  static void aProviderRuns() {
    provider = TestProvider.start();
  }

  @AfterAll
  static void theProviderStops() {
    provider.close();
  }

  @BeforeEach
  void anAdministratorSetsItUp() {
    id = added(provider, Map.of());
  }

  @AfterEach
  void itIsRemoved() {
    admin(HttpMethod.DELETE, SETTINGS + "/" + id, null);
  }

  ResponseEntity<JsonNode> admin(HttpMethod method, String path, @Nullable Object body) {
    return http.withBasicAuth("admin", "leadloom")
        .exchange(path, method, new HttpEntity<>(body), JsonNode.class);
  }

  long added(TestProvider at, Map<String, Object> more) {
    Map<String, Object> wanted =
        new LinkedHashMap<>(
            Map.of(
                "name",
                "Provider " + UUID.randomUUID(),
                "issuer",
                at.issuer(),
                "clientId",
                TestProvider.CLIENT,
                "clientSecret",
                TestProvider.SECRET));
    wanted.putAll(more);
    ResponseEntity<JsonNode> made = admin(HttpMethod.POST, SETTINGS, wanted);
    assertThat(made.getStatusCode()).isEqualTo(HttpStatus.CREATED);
    assertThat(String.valueOf(made.getBody())).doesNotContain(TestProvider.SECRET);
    long fresh = made.getBody().path("id").asLong();
    at.redirectsTo(root() + "/login/oauth2/code/" + fresh);
    return fresh;
  }

  void change(Map<String, Object> change) {
    assertThat(admin(HttpMethod.PATCH, SETTINGS + "/" + id, change).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  String root() {
    // OAuth 2.1 wants the number where a client is on the same machine.
    return http.getRootUri().replace("localhost", "127.0.0.1");
  }

  Account account(@Nullable String email, boolean active) {
    Account made =
        staff.create(
            new Staff.NewAccount(
                "o" + UUID.randomUUID(),
                "Known",
                email,
                null,
                "vier Pferde trinken Tee",
                Set.of(Role.SALES),
                null,
                null,
                null));
    return active
        ? made
        : staff.change(
            made.id(),
            new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
  }

  static String fresh() {
    return "p" + UUID.randomUUID();
  }

  String person(String email, boolean verified, String... methods) {
    String subject = fresh();
    provider.add(
        subject, new TestProvider.Person(email, verified, "Ada Lovelace", List.of(methods), null));
    return subject;
  }

  /** Signs in and returns path and query of the page that the browser ends on. */
  String signIn(Surfer browser, String subject, String query) throws Exception {
    URI last = browser.as(subject).walk(root() + "/oauth2/authorization/" + id + query);
    assertThat(last.getAuthority())
        .as(() -> browser.way() + " " + browser.last().body())
        .isEqualTo(URI.create(root()).getAuthority());
    return last.getRawPath() + (last.getRawQuery() == null ? "" : "?" + last.getRawQuery());
  }

  String signIn(String subject) throws Exception {
    return signIn(surfer, subject, "");
  }

  String problem(String subject) throws Exception {
    String page = signIn(subject);
    assertThat(page).startsWith("/sign-in?problem=");
    assertThat(me(surfer)).isEmpty();
    return page.replaceAll(".*problem=([a-z-]+).*", "$1");
  }

  /** The login of whoever is signed in; empty for nobody. */
  String me(Surfer browser) throws Exception {
    String body = browser.get(URI.create(root() + "/api/v1/session")).body();
    return json.readTree(body).path("user").path("login").asText();
  }

  JsonNode audit(String text) {
    return admin(HttpMethod.GET, "/api/v1/audit?limit=50&text=" + text, null).getBody();
  }
}
