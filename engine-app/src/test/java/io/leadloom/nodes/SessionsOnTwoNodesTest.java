package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who signs in on one node is known on the others, and what is taken from somebody is gone everywhere. */
@Tag("database")
class SessionsOnTwoNodesTest {

  private static final String PASSWORD = "vier Pferde trinken Tee";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the documentation of roles and templates promises for other nodes, and the way there. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static Installation installation;
  private static Node first;
  private static Node second;

  @BeforeAll
  static void start() {
    installation = new Installation();
    first = installation.start();
    second = installation.start();
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  /** A browser whose requests reach the nodes in turn, as behind a load balancer: cookies know no ports. */
  private static final class Browser {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

    int call(Node node, String method, String path, Map<String, ?> body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + node.port() + "/api/v1" + path))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      cookies.getCookieStore().getCookies().stream()
          .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
          .map(HttpCookie::getValue)
          .forEach(token -> request.header("X-XSRF-TOKEN", token));
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    int get(Node node, String path) throws IOException, InterruptedException {
      return call(node, "GET", path, Map.of());
    }

    void signIn(Node node, String login) throws IOException, InterruptedException {
      get(node, "/session");
      assertThat(call(node, "POST", "/session", Map.of("login", login, "password", PASSWORD)))
          .isEqualTo(200);
    }
  }

  private static long hire(Node node, String login) {
    return node.get(Staff.class)
        .create(
            new Staff.NewAccount(
                login, login, null, null, PASSWORD, Set.of(Role.SALES), null, null, null))
        .id();
  }

  private static String login() {
    return "n" + UUID.randomUUID();
  }

  @Test
  void aSessionHoldsOnEveryNodeAndEndsOnEvery() throws Exception {
    String login = login();
    hire(first, login);
    Browser browser = new Browser();
    browser.signIn(first, login);
    assertThat(browser.get(second, "/leads")).isEqualTo(200);
    assertThat(browser.get(first, "/leads")).isEqualTo(200);
    assertThat(browser.call(second, "DELETE", "/session", Map.of())).isEqualTo(204);
    assertThat(browser.get(first, "/leads")).isEqualTo(401);
    assertThat(browser.get(second, "/leads")).isEqualTo(401);
  }

  @Test
  void rightsThatAreTakenAwayOnOneNodeAreGoneOnTheOtherInOpenSessions() throws Exception {
    String login = login();
    long id = hire(first, login);
    Browser browser = new Browser();
    browser.signIn(second, login);
    assertThat(browser.get(second, "/leads")).isEqualTo(200);
    first
        .get(Staff.class)
        .change(
            id,
            new Staff.AccountChange(
                null, null, null, null, null, Set.of(Role.AGENT), null, null, null, null));
    await().atMost(SOON).until(() -> browser.get(second, "/leads") == 403);
    first
        .get(Staff.class)
        .change(
            id,
            new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    await().atMost(SOON).until(() -> browser.get(second, "/leads") == 401);
  }

  @Test
  void wrongPasswordsAreCountedOverAllNodes() throws Exception {
    String login = login();
    hire(first, login);
    Browser guesser = new Browser();
    guesser.get(first, "/session");
    int tries = 0;
    int answer = 401;
    while (answer == 401) {
      assertThat(tries).isLessThan(20);
      answer =
          guesser.call(
              tries++ % 2 == 0 ? first : second,
              "POST",
              "/session",
              Map.of("login", login, "password", "guess " + tries));
    }
    assertThat(answer).isEqualTo(429);
    assertThat(
            guesser.call(first, "POST", "/session", Map.of("login", login, "password", PASSWORD)))
        .isEqualTo(429);
    assertThat(
            guesser.call(second, "POST", "/session", Map.of("login", login, "password", PASSWORD)))
        .isEqualTo(429);
  }
}
