package io.leadloom.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.signin.Attempts;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import io.leadloom.testing.Surfer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest
class GuessingTest {

  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  @Autowired private TestRestTemplate http;
  @Autowired private Staff staff;
  @Autowired private Attempts attempts;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MutableClock clock;

  private String login() {
    return new Colleagues(http, staff).hire().login();
  }

  /** One that no other test has. */
  private static String address() {
    int number = ADDRESSES.incrementAndGet();
    return "2001:db8::" + Integer.toHexString(number);
  }

  private ResponseEntity<JsonNode> signIn(String login, String password) {
    return new Browser(http, "Browser").signIn(login, password);
  }

  @Test
  void whoBeginsManySignInsWithProvidersWaitsAndLeavesNoSessionBehind() throws Exception {
    clock.setTo(Instant.parse("2026-11-19T10:00:00Z"));
    URI start = URI.create(http.getRootUri() + "/oauth2/authorization/424242?next=%2Fleads");
    Surfer surfer = new Surfer();
    for (int i = 0; i < 100 && surfer.get(start).statusCode() == 302; i++) {
      assertThat(surfer.last().headers().firstValue("Location").orElseThrow())
          .contains("problem=unknown-provider");
    }
    int sessions = jdbc.queryForObject("select count(*) from SPRING_SESSION", Integer.class);
    HttpResponse<String> refused = new Surfer().get(start);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/");
    assertThat(refused.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(refused.headers().allValues("Set-Cookie").toString()).doesNotContain("JSESSIONID");
    assertThat(jdbc.queryForObject("select count(*) from SPRING_SESSION", Integer.class))
        .isEqualTo(sessions);
    // Passwords go on as before.
    assertThat(signIn(login(), Colleagues.PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void afterFiveWrongPasswordsALoginWaitsAndEachFurtherOneDoublesTheWait() {
    clock.setTo(Instant.parse("2026-11-20T10:00:00Z"));
    String login = login();
    for (int i = 0; i < 5; i++) {
      assertThat(signIn(login, "wrong").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }
    ResponseEntity<JsonNode> waits = signIn(login, Colleagues.PASSWORD);
    assertThat(waits.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(waits.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
    assertThat(
            http.withBasicAuth(login, Colleagues.PASSWORD)
                .getForEntity("/api/v1/users", String.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    clock.advance(Duration.ofSeconds(31));
    assertThat(signIn(login, "wrong").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    clock.advance(Duration.ofSeconds(31));
    assertThat(signIn(login, Colleagues.PASSWORD).getStatusCode())
        .isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    clock.advance(Duration.ofSeconds(30));
    assertThat(signIn(login, Colleagues.PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(signIn(login, "wrong").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    assertThat(signIn(login, Colleagues.PASSWORD).getStatusCode()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void aProgramThatCallsManyTimesAtOnceIsNotTakenForOneThatGuesses() {
    clock.setTo(Instant.parse("2026-11-20T11:00:00Z"));
    TestRestTemplate program = http.withBasicAuth(login(), Colleagues.PASSWORD);
    for (int minutes = 0; minutes < 12; minutes += 6) {
      // What was remembered of the password counts no more the second time.
      clock.setTo(Instant.parse("2026-11-20T11:00:00Z").plus(Duration.ofMinutes(minutes)));
      List<CompletableFuture<HttpStatusCode>> calls =
          Stream.generate(
                  () ->
                      CompletableFuture.supplyAsync(
                          () ->
                              program.getForEntity("/api/v1/session", String.class).getStatusCode(),
                          task -> new Thread(task, "program").start()))
              .limit(12)
              .toList();
      assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(HttpStatus.OK);
    }
  }

  @Test
  void whatIsAnsweredNeverTellsWhetherALoginExists() {
    clock.setTo(Instant.parse("2026-11-20T12:00:00Z"));
    String known = login();
    String unknown = "g" + UUID.randomUUID();
    for (int i = 0; i < 7; i++) {
      ResponseEntity<JsonNode> one = signIn(known, "wrong");
      ResponseEntity<JsonNode> other = signIn(unknown, "wrong");
      assertThat(one.getStatusCode()).isEqualTo(other.getStatusCode());
      assertThat(one.getBody()).isEqualTo(other.getBody());
    }
  }

  @Test
  void aRememberedPairOfAProgramIsNoWayAroundTheWait() {
    clock.setTo(Instant.parse("2026-11-20T11:00:00Z"));
    String login = login();
    TestRestTemplate program = http.withBasicAuth(login, Colleagues.PASSWORD);
    assertThat(program.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    for (int i = 0; i < 5; i++) {
      signIn(login, "wrong");
    }
    assertThat(program.getForEntity("/api/v1/users", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
  }

  @Test
  void oneAddressThatTriesManyLoginsWaitsToo() {
    String address = address();
    for (int i = 0; i < 100; i++) {
      assertThat(attempts.begin(new Attempts.Attempt("spray" + UUID.randomUUID(), address)))
          .isEmpty();
    }
    assertThat(attempts.begin(new Attempts.Attempt("spray" + UUID.randomUUID(), address)))
        .isPresent();
    assertThat(attempts.begin(new Attempts.Attempt("spray" + UUID.randomUUID(), address())))
        .isEmpty();
    clock.advance(Duration.ofHours(2));
    assertThat(attempts.forgetOld()).isPositive();
  }

  @Test
  void theWrongPasswordsOfAnAddressFadeAlsoWhileItIsInUse() {
    String address = address();
    for (int hour = 0; hour < 3; hour++) {
      for (int i = 0; i < 99; i++) {
        assertThat(attempts.begin(new Attempts.Attempt("office" + UUID.randomUUID(), address)))
            .isEmpty();
        clock.advance(Duration.ofSeconds(37));
      }
    }
    for (int i = 0; i < 99; i++) {
      assertThat(attempts.begin(new Attempts.Attempt("office" + UUID.randomUUID(), address)))
          .as("the count went down to nothing")
          .isEmpty();
    }
    clock.advance(Duration.ofMinutes(30));
    for (int i = 0; i < 50; i++) {
      assertThat(attempts.begin(new Attempts.Attempt("office" + UUID.randomUUID(), address)))
          .as("half of the hour gives half of the tries back")
          .isEmpty();
    }
    assertThat(attempts.begin(new Attempts.Attempt("office" + UUID.randomUUID(), address)))
        .isEmpty();
    assertThat(attempts.begin(new Attempts.Attempt("office" + UUID.randomUUID(), address)))
        .isPresent();
  }

  @Test
  void manyGuessesAtOnceGetNoMoreTriesThanOneAfterTheOther() {
    String login = "parallel" + UUID.randomUUID();
    long let =
        java.util.stream.IntStream.range(0, 40)
            .parallel()
            .filter(i -> attempts.begin(new Attempts.Attempt(login, null)).isEmpty())
            .count();
    assertThat(let).isEqualTo(5);
  }

  @Test
  void aHashOfAnEarlierVersionIsReplacedAtTheNextSignIn() {
    Account account =
        staff
            .enroll(
                java.util.List.of(
                    new Staff.NewAccount(
                        "old" + UUID.randomUUID(),
                        "Old hash",
                        null,
                        null,
                        "short",
                        Set.of(),
                        null,
                        null,
                        null)))
            .get(0);
    assertThat(hash(account)).startsWith("{bcrypt}");
    assertThat(signIn(account.login(), "short").getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(hash(account)).startsWith("{argon2}");
    assertThat(signIn(account.login(), "short").getStatusCode()).isEqualTo(HttpStatus.OK);
  }

  private String hash(Account account) {
    return jdbc.queryForObject(
        "select password from app_user where id = ?", String.class, account.id());
  }
}
