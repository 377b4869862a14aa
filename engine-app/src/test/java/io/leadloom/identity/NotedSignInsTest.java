package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;

@LeadloomTest
class NotedSignInsTest {

  private static final String PASSWORD = "vier Pferde trinken Tee";

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;

  private Account account() {
    return staff.create(
        new Staff.NewAccount(
            "n" + UUID.randomUUID(),
            "Noted",
            null,
            null,
            PASSWORD,
            Set.of(Role.SALES),
            null,
            null,
            null));
  }

  private Browser browser() {
    return new Browser(http, "Browser");
  }

  private List<String> noted(Account account) {
    return http.withBasicAuth("admin", "leadloom")
        .getForObject(
            "/api/v1/audit?limit=200&subjectKind=user&subject=" + account.id(), JsonNode.class)
        .path("items")
        .findValuesAsText("action");
  }

  @Test
  void wrongPresentPasswordsAndSessionsThatOthersEndAreNoted() {
    Account account = account();
    Browser browser = browser();
    browser.signIn(account.login(), PASSWORD);
    browser.call(
        HttpMethod.PUT,
        "/session/password",
        Map.of("current", "wrong", "password", "sieben Pferde trinken Tee"));
    http.withBasicAuth("admin", "leadloom").delete("/api/v1/users/" + account.id() + "/sessions");
    assertThat(browser.signedIn()).isFalse();
    assertThat(noted(account)).contains("user.password-refused", "user.sessions-ended");
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
    assertThat(noted(account)).doesNotContain("user.second-factor-off");
  }
}
