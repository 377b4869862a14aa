package io.leadloom.identity;

import static io.leadloom.identity.Colleagues.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest
class SecondFactorTest {

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MutableClock clock;

  @BeforeEach
  void theClockStandsStill() {
    clock.setTo(Instant.parse("2026-11-20T10:00:00Z"));
  }

  private Account account() {
    return new Colleagues(http, staff).hire();
  }

  private Browser browser() {
    return new Browser(http, "Browser");
  }

  private String code(String secret) throws Exception {
    return new TimeBasedOneTimePasswordGenerator()
        .generateOneTimePasswordString(new SecretKeySpec(decoded(secret), "RAW"), clock.instant());
  }

  /** Base 32, written apart from the code under test. */
  private static byte[] decoded(String secret) {
    StringBuilder bits = new StringBuilder();
    for (char letter : secret.toCharArray()) {
      int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
      bits.append(Integer.toBinaryString(value + 32).substring(1));
    }
    byte[] bytes = new byte[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }

  private record Enrolled(String secret, JsonNode codes) {}

  private Enrolled enrolled(Account account) throws Exception {
    Browser browser = browser();
    browser.signIn(account.login(), PASSWORD);
    JsonNode begun =
        browser
            .call(HttpMethod.POST, "/session/second-factor/enrolment", Map.of("password", PASSWORD))
            .getBody();
    String secret = begun.path("secret").asText();
    assertThat(begun.path("svg").asText()).startsWith("<svg").contains("path");
    assertThat(begun.path("uri").asText()).startsWith("otpauth://totp/Leadloom:").contains(secret);
    JsonNode confirmed =
        browser
            .call(HttpMethod.PUT, "/session/second-factor/enrolment", Map.of("code", code(secret)))
            .getBody();
    assertThat(confirmed.path("recoveryCodes")).hasSize(10);
    clock.advance(Duration.ofSeconds(60));
    return new Enrolled(secret, confirmed.path("recoveryCodes"));
  }

  private Browser waiting(Account account) {
    Browser browser = browser();
    ResponseEntity<JsonNode> first = browser.signIn(account.login(), PASSWORD);
    assertThat(first.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(first.getBody().path("secondFactor").asText()).isEqualTo("code");
    return browser;
  }

  private HttpStatus step(Browser browser, String code) {
    return (HttpStatus)
        browser
            .call(HttpMethod.PUT, "/session/second-factor", Map.of("code", code))
            .getStatusCode();
  }

  @Test
  void aPasswordAloneOpensNothingAndACodeOpensOnce() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    Browser browser = waiting(account);
    assertThat(browser.signedIn()).isFalse();
    assertThat(browser.get("/users").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    String before = browser.cookies.get("JSESSIONID");
    String code = code(enrolled.secret());
    assertThat(step(browser, code)).isEqualTo(HttpStatus.OK);
    assertThat(browser.signedIn()).isTrue();
    assertThat(browser.cookies.get("JSESSIONID")).isNotEqualTo(before);
    assertThat(step(waiting(account), code)).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(step(browser(), code)).isEqualTo(HttpStatus.FORBIDDEN);
    clock.advance(Duration.ofSeconds(30));
    assertThat(step(waiting(account), code(enrolled.secret()))).isEqualTo(HttpStatus.OK);
  }

  @Test
  void aClockMayBeOneStepWrongAndNotTwo() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    // So far on that even the oldest code is newer than the one that was used for setting up.
    clock.advance(Duration.ofSeconds(60));
    Instant now = clock.instant();
    String[] codes = new String[5];
    for (int step = -2; step <= 2; step++) {
      clock.setTo(now.plusSeconds(30L * step));
      codes[step + 2] = code(enrolled.secret());
    }
    clock.setTo(now);
    assertThat(step(waiting(account), codes[0])).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(step(waiting(account), codes[4])).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(step(waiting(account), codes[1])).isEqualTo(HttpStatus.OK);
    assertThat(step(waiting(account), codes[3])).isEqualTo(HttpStatus.OK);
    assertThat(step(waiting(account), codes[2]))
        .as("older than one that was used")
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
  }

  @Test
  void aSignInThatWaitsForTheSecondStepEndsAfterTenMinutes() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    Browser late = waiting(account);
    Browser inTime = waiting(account);
    clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(step(inTime, code(enrolled.secret()))).isEqualTo(HttpStatus.OK);
    clock.advance(Duration.ofSeconds(31));
    assertThat(step(late, code(enrolled.secret()))).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(late.signedIn()).isFalse();
  }

  @Test
  void newRecoveryCodesMakeTheOldOnesUselessAndAreNoted() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    Browser browser = waiting(account);
    step(browser, code(enrolled.secret()));
    JsonNode fresh =
        browser
            .call(
                HttpMethod.PUT,
                "/session/second-factor/recovery-codes",
                Map.of("password", PASSWORD))
            .getBody()
            .path("recoveryCodes");
    assertThat(fresh).hasSize(10);
    for (JsonNode old : enrolled.codes()) {
      assertThat(fresh).doesNotContain(old);
    }
    assertThat(step(waiting(account), enrolled.codes().get(0).asText()))
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(step(waiting(account), fresh.get(0).asText())).isEqualTo(HttpStatus.OK);
    assertThat(noted(account))
        .contains("user.second-factor-on", "user.recovery-codes-renewed", "session.refused");
  }

  private List<String> noted(Account account) {
    return new Colleagues(http, staff).noted(account);
  }

  @Test
  void whatWasNeverConfirmedIsNoSecondFactorThatCouldBeSwitchedOff() {
    Account account = account();
    Browser browser = browser();
    browser.signIn(account.login(), PASSWORD);
    browser.call(HttpMethod.POST, "/session/second-factor/enrolment", Map.of("password", PASSWORD));
    http.withBasicAuth("admin", "leadloom")
        .delete("/api/v1/users/" + account.id() + "/second-factor");
    assertThat(browser.signedIn()).isTrue();
    assertThat(noted(account)).contains("user.created").doesNotContain("user.second-factor-off");
  }

  @Test
  void aRecoveryCodeOpensOnceAndIsKeptAsAHash() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    String code = enrolled.codes().get(3).asText();
    assertThat(step(waiting(account), code.toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(HttpStatus.OK);
    assertThat(step(waiting(account), code)).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    List<String> kept =
        jdbc.queryForList(
            "select code_hash from recovery_code where user_id = ?", String.class, account.id());
    assertThat(kept).hasSize(9).allMatch(hash -> hash.length() == 64);
    byte[] sealed =
        jdbc.queryForObject(
            "select secret from second_factor where user_id = ?", byte[].class, account.id());
    assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(enrolled.secret());
  }

  @Test
  void guessingCodesHasToWaitLikeGuessingPasswords() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    Browser browser = waiting(account);
    for (int i = 0; i < 5; i++) {
      assertThat(step(browser, "00000" + i)).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    }
    assertThat(step(browser, code(enrolled.secret()))).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(step(waiting(account), code(enrolled.secret())))
        .isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
  }

  @Test
  void aRememberedDeviceIsNotAskedForThirtyDaysAndCanBeForgotten() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    Browser browser = waiting(account);
    browser.call(
        HttpMethod.PUT,
        "/session/second-factor",
        Map.of("code", code(enrolled.secret()), "remember", true));
    assertThat(browser.cookies).containsKey("LEADLOOM_DEVICE");
    browser.call(HttpMethod.DELETE, "/session", null);
    assertThat(browser.signIn(account.login(), PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
    Browser other = browser();
    other.cookies.put("LEADLOOM_DEVICE", browser.cookies.get("LEADLOOM_DEVICE"));
    Account somebody = account();
    enrolled(somebody);
    assertThat(other.signIn(somebody.login(), PASSWORD).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    JsonNode devices = browser.get("/session/devices").getBody();
    assertThat(devices).hasSize(1);
    assertThat(
            browser
                .call(
                    HttpMethod.DELETE,
                    "/session/devices/" + devices.get(0).path("handle").asText(),
                    null)
                .getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(browser.signIn(account.login(), PASSWORD).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void programsCannotGoAroundTheSecondFactorWithThePassword() throws Exception {
    Account account = account();
    TestRestTemplate program = http.withBasicAuth(account.login(), PASSWORD);
    assertThat(program.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    enrolled(account);
    assertThat(program.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void switchingItOffAsksForThePasswordAndAdministratorsHelpWhoLostEverything() throws Exception {
    Account account = account();
    Enrolled enrolled = enrolled(account);
    Browser browser = waiting(account);
    step(browser, code(enrolled.secret()));
    assertThat(
            browser
                .call(
                    HttpMethod.POST, "/session/second-factor/removal", Map.of("password", "wrong"))
                .getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    String path = "/api/v1/users/" + account.id() + "/second-factor";
    assertThat(
            http.withBasicAuth("sales", "leadloom")
                .exchange(path, HttpMethod.DELETE, HttpEntity.EMPTY, String.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(
            http.withBasicAuth("admin", "leadloom")
                .exchange(path, HttpMethod.DELETE, HttpEntity.EMPTY, String.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(browser.signedIn()).isFalse();
    assertThat(browser.signIn(account.login(), PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(noted(account)).containsOnlyOnce("user.second-factor-off");
  }

  private JsonNode profile(String name, boolean secondFactor, Account... members) {
    return http.withBasicAuth("admin", "leadloom")
        .postForObject(
            "/api/v1/authentication-profiles",
            Map.of(
                "name",
                name,
                "secondFactor",
                secondFactor,
                "members",
                java.util.Arrays.stream(members).map(Account::id).toList()),
            JsonNode.class);
  }

  @Test
  void PLT_X16_aProfileMandatesTheSecondFactorForItsUsersAndForNobodyElse() throws Exception {
    Account a = account();
    Account b = account();
    Account c = account();
    JsonNode profile = profile("P" + UUID.randomUUID(), true, a, b);
    for (Account member : List.of(a, b)) {
      assertThat(browser().signIn(member.login(), PASSWORD).getBody().path("secondFactor").asText())
          .isEqualTo("enrolment");
    }
    assertThat(browser().signIn(c.login(), PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(
            http.withBasicAuth(a.login(), PASSWORD)
                .getForEntity("/api/v1/users", String.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);

    Browser browser = browser();
    browser.signIn(a.login(), PASSWORD);
    String secret =
        browser
            .call(HttpMethod.POST, "/session/second-factor/enrolment", Map.of())
            .getBody()
            .path("secret")
            .asText();
    assertThat(browser.signedIn()).isFalse();
    browser.call(HttpMethod.PUT, "/session/second-factor/enrolment", Map.of("code", code(secret)));
    assertThat(browser.signedIn()).isTrue();
    assertThat(
            browser
                .call(
                    HttpMethod.POST, "/session/second-factor/removal", Map.of("password", PASSWORD))
                .getStatusCode())
        .isEqualTo(HttpStatus.CONFLICT);

    JsonNode other = profile("Q" + UUID.randomUUID(), false, b);
    assertThat(browser().signIn(b.login(), PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
    JsonNode all =
        http.withBasicAuth("admin", "leadloom")
            .getForObject("/api/v1/authentication-profiles", JsonNode.class)
            .path("items");
    assertThat(all)
        .filteredOn(one -> one.path("id").asLong() == profile.path("id").asLong())
        .singleElement()
        .satisfies(one -> assertThat(one.path("members")).hasSize(1));
    http.withBasicAuth("admin", "leadloom")
        .delete("/api/v1/authentication-profiles/" + profile.path("id").asLong());
    JsonNode deleted =
        http.withBasicAuth("admin", "leadloom")
            .getForObject(
                "/api/v1/audit?action=authentication-profile.deleted&subject="
                    + profile.path("id").asLong(),
                JsonNode.class)
            .at("/items/0/changes");
    assertThat(deleted.findValuesAsText("field")).contains("secondFactor", "members");
    http.withBasicAuth("admin", "leadloom")
        .delete("/api/v1/authentication-profiles/" + other.path("id").asLong());
  }

  @Test
  void onlyAdministratorsSeeAndChangeProfilesAndRedirectionNeedsAMobileApp() {
    assertThat(
            http.withBasicAuth("sales", "leadloom")
                .getForEntity("/api/v1/authentication-profiles", String.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    ResponseEntity<JsonNode> refused =
        http.withBasicAuth("admin", "leadloom")
            .postForEntity(
                "/api/v1/authentication-profiles",
                Map.of("name", "M" + UUID.randomUUID(), "mobileRedirect", true),
                JsonNode.class);
    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(refused.getBody().at("/violations/0/field").asText()).isEqualTo("mobileRedirect");
  }
}
