package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.factor.SecondStep;
import io.leadloom.identity.password.Passwords;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

@LeadloomTest
class SignInTest {

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;
  @Autowired private Users users;
  @Autowired private Directory directory;
  @Autowired private StaffRows rows;
  @Autowired private Attempts attempts;
  @Autowired private SecondStep secondStep;
  @Autowired private BrowserSessions sessions;
  @Autowired private AuditTrail trail;
  @Autowired private MutableClock clock;

  @Test
  void aBrowserSignsInWithACookieAndProvesItsRequestsWithTheCsrfToken() {
    ResponseEntity<JsonNode> signedIn =
        http.postForEntity(
            "/api/v1/session", Map.of("login", "Admin", "password", "leadloom"), JsonNode.class);
    assertThat(signedIn.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(signedIn.getBody().at("/user/login").asText()).isEqualTo("admin");
    assertThat(signedIn.getBody().at("/user/roles/0").asText()).isEqualTo("crm_admin");
    String session = cookie(signedIn, "JSESSIONID");
    String csrf = cookie(signedIn, "XSRF-TOKEN");
    assertThat(session).isNotEmpty();
    assertThat(csrf).isNotEmpty();

    HttpHeaders browser = new HttpHeaders();
    browser.add(HttpHeaders.COOKIE, "JSESSIONID=" + session + "; XSRF-TOKEN=" + csrf);
    assertThat(exchange(HttpMethod.GET, "/api/v1/users", browser, null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    Map<String, Object> team = Map.of("name", "Browser team", "members", List.of());
    ResponseEntity<JsonNode> forged = exchange(HttpMethod.POST, "/api/v1/teams", browser, team);
    assertThat(forged.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(forged.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    browser.add("X-XSRF-TOKEN", csrf);
    assertThat(exchange(HttpMethod.POST, "/api/v1/teams", browser, team).getStatusCode())
        .isEqualTo(HttpStatus.CREATED);

    assertThat(exchange(HttpMethod.DELETE, "/api/v1/session", browser, null).getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(exchange(HttpMethod.GET, "/api/v1/users", browser, null).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  private static String cookie(ResponseEntity<?> response, String name) {
    return response.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE).stream()
        .filter(cookie -> cookie.startsWith(name + "=") && !cookie.startsWith(name + "=;"))
        .reduce((first, last) -> last)
        .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
        .orElse("");
  }

  private ResponseEntity<JsonNode> exchange(
      HttpMethod method, String path, HttpHeaders headers, Object body) {
    return http.exchange(path, method, new HttpEntity<>(body, headers), JsonNode.class);
  }

  @Test
  void aWrongPasswordAnUnknownLoginAndNoCredentialsAreRefusedAlike() {
    for (String[] pair : new String[][] {{"admin", "wrong"}, {"nobody", "leadloom"}, {"", ""}}) {
      ResponseEntity<JsonNode> refused =
          http.postForEntity(
              "/api/v1/session", Map.of("login", pair[0], "password", pair[1]), JsonNode.class);
      assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
      assertThat(refused.getBody().at("/type").asText())
          .isEqualTo("https://leadloom.io/problems/unauthenticated");
      assertThat(refused.getBody().at("/detail").asText()).isEqualTo("Login or password is wrong");
    }
    ResponseEntity<JsonNode> nobody = http.getForEntity("/api/v1/users", JsonNode.class);
    assertThat(nobody.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(nobody.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).doesNotContain("Basic");
    assertThat(http.getForEntity("/api/v1/session", JsonNode.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void programsSendBasicCredentialsAndTheHashIsNotComputedEachTime() {
    AtomicInteger hashes = new AtomicInteger();
    Passwords counted =
        new Passwords() {
          @Override
          public boolean matches(String password, String hash) {
            hashes.incrementAndGet();
            return super.matches(password, hash);
          }
        };
    SignIn signIn =
        new SignIn(directory, rows, counted, attempts, secondStep, sessions, clock, trail);
    for (int i = 0; i < 50; i++) {
      assertThat(signIn.authenticate(basic("leadloom")).isAuthenticated()).isTrue();
    }
    assertThat(hashes).hasValue(1);
    assertThatThrownBy(() -> signIn.authenticate(basic("wrong")))
        .isInstanceOf(BadCredentialsException.class);
    assertThat(hashes).hasValue(2);
    clock.advance(Duration.ofMinutes(6));
    signIn.authenticate(basic("leadloom"));
    assertThat(hashes).as("remembered for five minutes").hasValue(3);
  }

  private static Authentication basic(String password) {
    return UsernamePasswordAuthenticationToken.unauthenticated("sales", password);
  }

  @Test
  void aProgramThatSignsInWithAPasswordIsNotedOnceAnHour() {
    String login = "program-" + UUID.randomUUID();
    staff.enroll(
        List.of(
            new Staff.NewAccount(
                login, login, null, null, "leadloom", Set.of(Role.SALES), null, null, null)));
    TestRestTemplate program = http.withBasicAuth(login, "leadloom");
    for (int i = 0; i < 3; i++) {
      program.getForEntity("/api/v1/users", String.class);
    }
    String query = "/api/v1/audit?action=session.by-program&text=" + login;
    TestRestTemplate admin = http.withBasicAuth("admin", "leadloom");
    JsonNode noted = admin.getForObject(query, JsonNode.class).path("items");
    assertThat(noted).hasSize(1);
    assertThat(noted.get(0).path("actor").path("address").asText()).isNotBlank();
    clock.advance(Duration.ofMinutes(61));
    program.getForEntity("/api/v1/users", String.class);
    assertThat(admin.getForObject(query, JsonNode.class).path("items")).hasSize(2);
  }

  @Test
  void onlyAdministratorsSeeTheJournalAndChangeUsers() {
    assertThat(
            http.withBasicAuth("sales", "leadloom")
                .getForEntity("/api/v1/journal/consumers", JsonNode.class))
        .matches(response -> response.getStatusCode() == HttpStatus.FORBIDDEN)
        .extracting(response -> response.getBody().at("/type").asText())
        .isEqualTo("https://leadloom.io/problems/forbidden");
    assertThat(
            http.withBasicAuth("admin", "leadloom")
                .getForEntity("/api/v1/journal/consumers", JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  @Test
  void aUserWhoIsMadeInactiveIsOutAtOnceAndANewPasswordHoldsAtOnce() {
    Account account =
        staff.create(
            new Staff.NewAccount(
                "leaver",
                "Leaver",
                null,
                null,
                "first-password",
                java.util.Set.of(Role.SALES),
                null,
                null,
                null));
    TestRestTemplate before = http.withBasicAuth("leaver", "first-password");
    assertThat(before.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    staff.changePassword(account.id(), "first-password", "second-password");
    assertThat(before.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    TestRestTemplate after = http.withBasicAuth("leaver", "second-password");
    assertThat(after.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    staff.change(
        account.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    assertThat(after.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(users.find(account.id()).orElseThrow().active()).isFalse();
  }

  @Test
  void answersCarrySecurityHeadersAndHealthIsOpen() {
    ResponseEntity<String> health = http.getForEntity("/actuator/health", String.class);
    assertThat(health.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(health.getHeaders().getFirst("Content-Security-Policy"))
        .contains("default-src 'self'");
    assertThat(health.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(http.getForEntity("/actuator/metrics", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
  }
}
