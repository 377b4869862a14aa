package io.leadloom.identity;

import static io.leadloom.identity.Colleagues.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.identity.signin.LastSignIns;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens elsewhere while somebody signs in with a password that was right. */
@Tag("database")
@LeadloomTest
class SignInUnderWayTest {

  private static final String NEXT = "neun Pferde trinken Tee";

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;
  @Autowired private BrowserSessions sessions;
  @Autowired private LastSignIns signIns;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;

  private interface End {
    void of(Account account);
  }

  /** The password was right and a session is being opened; it waits for the audit trail while all sessions are ended. */
  private Account signsInWhile(End end) {
    Account account = new Colleagues(http, staff).hire();
    Browser browser = new Browser(http, "Browser");
    CompletableFuture<ResponseEntity<JsonNode>> underWay =
        transaction.execute(
            held -> {
              jdbc.queryForList("select head_seq from audit_head for update");
              CompletableFuture<ResponseEntity<JsonNode>> way =
                  CompletableFuture.supplyAsync(() -> browser.signIn(account.login(), PASSWORD));
              await().until(() -> signIns.of(Set.of(account.id())).containsKey(account.id()));
              end.of(account);
              return way;
            });
    underWay.join();
    assertThat(browser.signedIn()).isFalse();
    Integer left =
        jdbc.queryForObject(
            "select count(*) from SPRING_SESSION where PRINCIPAL_NAME = ?",
            Integer.class,
            Long.toString(account.id()));
    assertThat(left).isZero();
    return account;
  }

  private void signsInAfterwards(Account account, String password) {
    Browser browser = new Browser(http, "Browser");
    assertThat(browser.signIn(account.login(), password).getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(browser.signedIn()).isTrue();
  }

  @Test
  void aSessionThatIsOpenedWithAPasswordWhileItIsChangedIsOver() {
    signsInAfterwards(
        signsInWhile(account -> staff.changePassword(account.id(), PASSWORD, NEXT)), NEXT);
  }

  @Test
  void soIsOneWhileSomebodyElseSetsAnother() {
    signsInAfterwards(
        signsInWhile(
            account ->
                staff.change(
                    account.id(),
                    new Staff.AccountChange(
                        null, null, null, null, NEXT, null, null, null, null, null))),
        NEXT);
  }

  @Test
  void soIsOneWhileTheUserIsSignedOutEverywhere() {
    signsInAfterwards(signsInWhile(account -> sessions.endAll(account.id())), PASSWORD);
  }

  @Test
  void soIsOneThatWaitsForTheSecondStepAndIsWrittenPastTheEndOfAllSessions() {
    Account account = new Colleagues(http, staff).hire();
    http.withBasicAuth("admin", "leadloom")
        .postForObject(
            "/api/v1/authentication-profiles",
            Map.of("name", account.login(), "secondFactor", true, "members", List.of(account.id())),
            JsonNode.class);
    Browser browser = new Browser(http, "Browser");
    browser.signIn(account.login(), PASSWORD);
    assertThat(enrolment(browser)).isEqualTo(HttpStatus.OK);
    // As a new password does, but for the row of this session: that was not there yet.
    transaction.executeWithoutResult(
        status ->
            jdbc.update(
                "update app_user set session_ends = session_ends + 1 where id = ?", account.id()));
    assertThat(enrolment(browser)).isEqualTo(HttpStatus.UNAUTHORIZED);
    browser.signIn(account.login(), PASSWORD);
    assertThat(enrolment(browser)).isEqualTo(HttpStatus.OK);
  }

  private static HttpStatusCode enrolment(Browser browser) {
    return browser
        .call(HttpMethod.POST, "/session/second-factor/enrolment", Map.of())
        .getStatusCode();
  }
}
