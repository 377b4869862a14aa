package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest
class BrowserSessionsTest {

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MutableClock clock;

  private Account account() {
    return new Colleagues(http, staff).hire();
  }

  private Browser signedIn(Account account, String device) {
    Browser browser = new Browser(http, device);
    assertThat(browser.signIn(account.login(), Colleagues.PASSWORD).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    return browser;
  }

  private int rows(Account account) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from SPRING_SESSION where PRINCIPAL_NAME = ?",
            Integer.class,
            Long.toString(account.id()));
    return count == null ? 0 : count;
  }

  @Test
  void theCookieIsOutOfReachOfScriptsAndOtherSites() {
    Browser browser = new Browser(http, "Firefox");
    ResponseEntity<JsonNode> answer = browser.signIn("sales", "leadloom");
    String cookie =
        answer.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE).stream()
            .filter(one -> one.startsWith("JSESSIONID="))
            .findFirst()
            .orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax").doesNotContain("Max-Age");
  }

  @Test
  void aSessionIdThatSomebodyPlantedIsNeverSignedIn() {
    Account account = account();
    Browser attacker = signedIn(account, "Attacker");
    String planted = attacker.cookies.get("JSESSIONID");
    Browser victim = new Browser(http, "Victim");
    victim.cookies.put("JSESSIONID", planted);
    victim.signIn("sales", "leadloom");
    assertThat(victim.cookies.get("JSESSIONID")).isNotEqualTo(planted);
    assertThat(attacker.signedIn()).isFalse();
    Browser unknown = new Browser(http, "Victim");
    unknown.cookies.put("JSESSIONID", UUID.randomUUID().toString());
    String made = unknown.cookies.get("JSESSIONID");
    unknown.signIn("sales", "leadloom");
    assertThat(unknown.cookies.get("JSESSIONID")).isNotEqualTo(made);
  }

  @Test
  void usersSeeTheirSessionsAndEndOneOfThem() {
    Account account = account();
    Browser phone = signedIn(account, "Phone");
    Browser desk = signedIn(account, "Desk");
    JsonNode seen = desk.get("/sessions").getBody();
    assertThat(seen).hasSize(2);
    assertThat(seen).extracting(one -> one.path("device").asText()).contains("Phone", "Desk");
    assertThat(seen)
        .filteredOn(one -> one.path("current").asBoolean())
        .extracting(one -> one.path("device").asText())
        .containsExactly("Desk");
    String other = null;
    for (JsonNode one : seen) {
      assertThat(one.toString()).doesNotContain(desk.cookies.get("JSESSIONID"));
      if (one.path("device").asText().equals("Phone")) {
        other = one.path("handle").asText();
      }
    }
    Browser stranger = new Browser(http, "Stranger");
    stranger.signIn("sales", "leadloom");
    assertThat(stranger.call(HttpMethod.DELETE, "/sessions/" + other, null).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(desk.call(HttpMethod.DELETE, "/sessions/" + other, null).getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(phone.signedIn()).isFalse();
    assertThat(desk.signedIn()).isTrue();
  }

  @Test
  void PLT077_signingOutEndsTheSessionOnTheServerAndSigningOutEverywhereEndsAll() {
    Account account = account();
    Browser one = signedIn(account, "One");
    Browser two = signedIn(account, "Two");
    Browser three = signedIn(account, "Three");
    String kept = three.cookies.get("JSESSIONID");
    three.call(HttpMethod.DELETE, "/session", null);
    three.cookies.put("JSESSIONID", kept);
    assertThat(three.signedIn()).isFalse();
    JsonNode ended = one.call(HttpMethod.DELETE, "/sessions?others=true", null).getBody();
    assertThat(ended.path("ended").asInt()).isEqualTo(1);
    assertThat(two.signedIn()).isFalse();
    assertThat(one.signedIn()).isTrue();
    Browser again = signedIn(account, "Again");
    one.call(HttpMethod.DELETE, "/sessions", null);
    assertThat(one.signedIn()).isFalse();
    assertThat(again.signedIn()).isFalse();
    assertThat(rows(account)).isZero();
  }

  @Test
  void SET040_aNewPasswordEndsTheOtherSessionsAndGivesThisOneAnotherId() {
    Account account = account();
    Browser desk = signedIn(account, "Desk");
    Browser thief = signedIn(account, "Thief");
    String before = desk.cookies.get("JSESSIONID");
    assertThat(
            desk.call(
                    HttpMethod.PUT,
                    "/session/password",
                    Map.of("current", Colleagues.PASSWORD, "password", "fünf Pferde trinken Tee"))
                .getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(desk.cookies.get("JSESSIONID")).isNotEqualTo(before);
    assertThat(desk.signedIn()).isTrue();
    assertThat(thief.signedIn()).isFalse();
  }

  @Test
  void administratorsEndTheSessionsOfOthersAndNobodyElseDoes() {
    Account account = account();
    Browser user = signedIn(account, "User");
    Browser sales = new Browser(http, "Sales");
    sales.signIn("sales", "leadloom");
    String path = "/users/" + account.id() + "/sessions";
    assertThat(sales.call(HttpMethod.DELETE, path, null).getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(user.signedIn()).isTrue();
    Browser admin = new Browser(http, "Admin");
    admin.signIn("admin", "leadloom");
    assertThat(admin.call(HttpMethod.DELETE, path, null).getBody().path("ended").asInt())
        .isEqualTo(1);
    assertThat(user.signedIn()).isFalse();
    Browser back = signedIn(account, "Back");
    staff.change(
        account.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    assertThat(back.signedIn()).isFalse();
    assertThat(rows(account)).isZero();
  }

  @Test
  void aSessionEndsAfterADayHoweverMuchItIsUsed() {
    Account account = account();
    Browser browser = signedIn(account, "Browser");
    clock.advance(Duration.ofHours(23));
    assertThat(browser.signedIn()).isTrue();
    clock.advance(Duration.ofHours(1));
    assertThat(browser.signedIn()).isFalse();
    assertThat(rows(account)).isZero();
  }

  @Test
  void aSessionEndsAfterEightIdleHours() {
    Account account = account();
    Browser browser = signedIn(account, "Browser");
    long ended = System.currentTimeMillis() - Duration.ofHours(8).toMillis() - 1000;
    inTransaction(
        "update SPRING_SESSION set LAST_ACCESS_TIME = ? where PRINCIPAL_NAME = ?",
        ended,
        Long.toString(account.id()));
    assertThat(browser.signedIn()).isFalse();
  }

  @Test
  void rightsThatAreTakenAwayActOnTheNextRequestOfAnOpenSession() {
    Account account = account();
    Browser browser = signedIn(account, "Open");
    assertThat(browser.get("/leads").getStatusCode()).isEqualTo(HttpStatus.OK);
    http.withBasicAuth("admin", "leadloom")
        .put(
            "/api/v1/users/" + account.id() + "/permissions",
            Map.of("exceptions", Map.of("sections", Map.of("lead", Map.of("view", "none")))));
    assertThat(browser.get("/leads").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(browser.signedIn()).isTrue();
    staff.change(
        account.id(),
        new Staff.AccountChange(
            null, null, null, null, null, Set.of(Role.AGENT), null, null, null, null));
    assertThat(browser.get("/contacts").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(browser.get("/tasks").getStatusCode()).isEqualTo(HttpStatus.OK);
  }

  @Autowired private org.springframework.transaction.support.TransactionTemplate transaction;

  private void inTransaction(String sql, Object... values) {
    transaction.executeWithoutResult(status -> jdbc.update(sql, values));
  }

  @Test
  void programsGetNoSessionAndUsingOneWritesNothing() {
    Account account = account();
    ResponseEntity<String> answer =
        http.withBasicAuth(account.login(), Colleagues.PASSWORD)
            .getForEntity("/api/v1/session", String.class);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(answer.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE)).isEmpty();
    assertThat(rows(account)).isZero();
    Browser browser = signedIn(account, "Browser");
    Long used = lastUse(account);
    for (int i = 0; i < 5; i++) {
      assertThat(browser.signedIn()).isTrue();
    }
    assertThat(lastUse(account)).isEqualTo(used);
  }

  private Long lastUse(Account account) {
    return jdbc.queryForObject(
        "select max(LAST_ACCESS_TIME) from SPRING_SESSION where PRINCIPAL_NAME = ?",
        Long.class,
        Long.toString(account.id()));
  }

  @Test
  void wrongPresentPasswordsAndSessionsThatOthersEndAreNoted() {
    Account account = account();
    Browser browser = signedIn(account, "Browser");
    browser.call(
        HttpMethod.PUT,
        "/session/password",
        Map.of("current", "wrong", "password", "sieben Pferde trinken Tee"));
    http.withBasicAuth("admin", "leadloom").delete("/api/v1/users/" + account.id() + "/sessions");
    assertThat(browser.signedIn()).isFalse();
    assertThat(new Colleagues(http, staff).noted(account))
        .contains("user.password-refused", "user.sessions-ended");
  }
}
