package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.recovery.Invitations;
import io.leadloom.identity.recovery.PasswordLinks;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest
class PasswordByMailTest {

  private static final String OLD = "vier Pferde trinken Tee";
  private static final String NEW = "fünf Pferde trinken Tee";
  private static final Pattern LINK = Pattern.compile("/set-password#([\\w-]{43})");

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private PasswordLinks links;
  @Autowired private Invitations invitations;
  @Autowired private PasswordByMail passwords;
  @Autowired private MutableClock clock;

  private Account account() {
    return account(Role.SALES);
  }

  private Account account(Role role) {
    String login = "m" + UUID.randomUUID();
    return staff.create(
        new Staff.NewAccount(
            login, "Mail User", login + "@example.com", null, OLD, Set.of(role), null, null, null));
  }

  private Browser browser() {
    Browser browser = new Browser(http, "Browser");
    browser.get("/session");
    return browser;
  }

  private ResponseEntity<JsonNode> ask(String who) {
    return browser().call(HttpMethod.POST, "/password-links", Map.of("login", who));
  }

  private ResponseEntity<JsonNode> set(String token, String password) {
    return browser()
        .call(HttpMethod.PUT, "/password-links", Map.of("token", token, "password", password));
  }

  private JsonNode mails(String user, String password, String to) {
    return http.withBasicAuth(user, password)
        .getForObject("/api/v1/mailbox?search={to}", JsonNode.class, to)
        .path("items");
  }

  private String token(Account account) {
    await().until(() -> mails("admin", "leadloom", account.email()).size() > 0);
    long id = mails("admin", "leadloom", account.email()).get(0).path("id").asLong();
    String text =
        http.withBasicAuth("admin", "leadloom")
            .getForObject("/api/v1/mailbox/" + id, JsonNode.class)
            .path("text")
            .asText();
    // Somebody who may look into the Mailbox, but is no administrator.
    Account marketeer = account(Role.MARKETEER);
    assertThat(
            http.withBasicAuth(marketeer.login(), OLD)
                .getForEntity("/api/v1/mailbox/" + id, JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(mails(marketeer.login(), OLD, account.email())).isEmpty();
    Matcher link = LINK.matcher(text);
    assertThat(link.find()).as(text).isTrue();
    return link.group(1);
  }

  @Test
  void aLinkByMailSetsANewPasswordOnceAndEndsAllSessions() {
    Account account = account();
    Browser before = new Browser(http, "Before");
    before.signIn(account.login(), OLD);
    assertThat(ask(account.email().toUpperCase(java.util.Locale.ROOT)).getStatusCode())
        .isEqualTo(HttpStatus.ACCEPTED);
    String token = token(account);
    assertThat(
            jdbc.queryForList(
                "select token_hash from password_link where user_id = ?",
                String.class,
                account.id()))
        .hasSize(1)
        .doesNotContain(token);
    ResponseEntity<JsonNode> weak = set(token, "short");
    assertThat(weak.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(weak.getBody().at("/violations/0/field").asText()).isEqualTo("password");
    assertThat(set(token, NEW).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(before.signedIn()).isFalse();
    assertThat(new Browser(http, "x").signIn(account.login(), OLD).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(new Browser(http, "x").signIn(account.login(), NEW).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    ResponseEntity<JsonNode> replayed = set(token, "sechs Pferde trinken Tee");
    assertThat(replayed.getStatusCode()).isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
    assertThat(replayed.getBody().at("/violations/0/field").asText()).isEqualTo("token");
    assertThat(set("made-up", NEW).getBody()).isEqualTo(replayed.getBody());
  }

  @Test
  void theAnswerIsTheSameForSomebodyWhoIsNoUserAndOftenAsksWait() {
    String nobody = "nobody" + UUID.randomUUID();
    ResponseEntity<JsonNode> known = ask(account().login());
    ResponseEntity<JsonNode> unknown = ask(nobody);
    assertThat(unknown.getStatusCode()).isEqualTo(known.getStatusCode());
    assertThat(unknown.getBody()).isEqualTo(known.getBody());
    for (int i = 0; i < 4; i++) {
      assertThat(ask(nobody).getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    }
    assertThat(ask(nobody).getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
  }

  @Test
  void whoTriesLinksThatDoNotWorkHoldsUpNobodyWhoChangesUsers() {
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("update identity_state set version = version + 1 where id = 1");
          // On another connection, while this transaction holds the lock.
          assertThat(set("made-up", NEW).getBody().at("/violations/0/field").asText())
              .isEqualTo("token");
          status.setRollbackOnly();
        });
  }

  @Test
  void whatIsTooOldToBeUsedStillCountsAgainstTheLimitOfAnHour() {
    Account account = account();
    String token = links.make(account.id(), Duration.ofMinutes(30));
    clock.advance(Duration.ofMinutes(31));
    links.forgetOld();
    assertThat(links.owner(token)).isEmpty();
    assertThat(links.madeSince(account.id(), clock.instant().minus(Duration.ofHours(1)))).isOne();
    clock.advance(Duration.ofDays(1));
    links.forgetOld();
    assertThat(links.madeSince(account.id(), clock.instant().minus(Duration.ofDays(3)))).isZero();
  }

  @Test
  void aLetterIsNeverLoggedWithItsLink() {
    assertThat(new Letters.Letter("k", "to@example.com", "S", "https://x/set-password#secret"))
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void noKeyShowsMailsWithLinksNotEvenThatOfAnAdministrator() {
    Account account = account();
    ask(account.login());
    token(account);
    long id = mails("admin", "leadloom", account.email()).get(0).path("id").asLong();
    JsonNode key =
        http.withBasicAuth("admin", "leadloom")
            .postForObject(
                "/api/v1/api-keys",
                Map.of(
                    "name",
                    "Key " + UUID.randomUUID(),
                    "scopes",
                    List.of("read", "administration")),
                JsonNode.class);
    String access = key.path("accessKey").asText();
    String secret = key.path("secret").asText();
    assertThat(mails(access, secret, account.email())).isEmpty();
    assertThat(
            http.withBasicAuth(access, secret)
                .getForEntity("/api/v1/mailbox/" + id, JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void aLinkIsGoodForHalfAnHour() {
    Account account = account();
    ask(account.login());
    String token = token(account);
    clock.advance(Duration.ofMinutes(31));
    assertThat(set(token, NEW).getBody().at("/violations/0/field").asText()).isEqualTo("token");
  }

  @Test
  void aNewAddressMakesLinksToTheOldOneWorthless() {
    Account account = account();
    ask(account.login());
    String token = token(account);
    Browser before = new Browser(http, "Before");
    before.signIn(account.login(), OLD);
    staff.change(
        account.id(),
        new Staff.AccountChange(
            null, null, "other@example.com", null, null, null, null, null, null, null));
    assertThat(before.signedIn()).isTrue();
    assertThat(set(token, NEW).getBody().at("/violations/0/field").asText()).isEqualTo("token");
  }

  @Test
  void SET033_administratorsInviteUsersWhoSetTheirFirstPasswordWithin72Hours() {
    Account account = account();
    String path = "/api/v1/users/" + account.id() + "/invitation";
    assertThat(
            http.withBasicAuth("sales", "leadloom")
                .exchange(path, HttpMethod.POST, HttpEntity.EMPTY, JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(
            http.withBasicAuth("admin", "leadloom")
                .exchange(path, HttpMethod.POST, HttpEntity.EMPTY, JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.ACCEPTED);
    String token = token(account);
    clock.advance(Duration.ofHours(71));
    assertThat(set(token, NEW).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
  }

  @Test
  void whoseAddressIsCorrectedIsInvitedThereAndNobodyInactiveStaysInvited() {
    Account account = account();
    http.withBasicAuth("admin", "leadloom")
        .exchange(
            "/api/v1/users/" + account.id() + "/invitation",
            HttpMethod.POST,
            HttpEntity.EMPTY,
            JsonNode.class);
    String old = token(account);
    await().until(() -> invitations.open(Set.of(account.id())).get(account.id()).sentAt() != null);
    Account corrected =
        staff.change(
            account.id(),
            new Staff.AccountChange(
                null, null, "right-" + account.email(), null, null, null, null, null, null, null));
    assertThat(invitations.open(Set.of(account.id())).get(account.id()).sentAt()).isNull();
    passwords.sendInvitations();
    await().until(() -> mails("admin", "leadloom", corrected.email()).size() > 0);
    assertThat(links.owner(old)).isEmpty();
    await().until(() -> invitations.open(Set.of(account.id())).get(account.id()).sentAt() != null);
    staff.change(
        account.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    assertThat(invitations.open(Set.of(account.id()))).doesNotContainKey(account.id());
  }
}
