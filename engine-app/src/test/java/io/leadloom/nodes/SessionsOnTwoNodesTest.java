package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.key.AccountKeys;
import io.leadloom.identity.oidc.KnownProviders;
import io.leadloom.identity.oidc.SignOnProvider;
import io.leadloom.identity.oidc.SignOnProviders;
import io.leadloom.testing.ApiCalls;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Who signs in on one node is known on the others, and what is taken from somebody is gone everywhere. */
@Tag("database")
@Tag("nodes")
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
    // Five over both nodes; each of them has seen three at most.
    assertThat(tries).isEqualTo(6);
    assertThat(
            guesser.call(first, "POST", "/session", Map.of("login", login, "password", PASSWORD)))
        .isEqualTo(429);
    assertThat(
            guesser.call(second, "POST", "/session", Map.of("login", login, "password", PASSWORD)))
        .isEqualTo(429);
  }

  private static HttpHeaders person(String login) {
    HttpHeaders headers = new HttpHeaders();
    headers.setBasicAuth(login, PASSWORD);
    return headers;
  }

  private static HttpHeaders bearer(String token) {
    HttpHeaders headers = new HttpHeaders();
    headers.setBearerAuth(token);
    return headers;
  }

  private static ApiCalls api(Node node) {
    return new ApiCalls(
        new TestRestTemplate(new RestTemplateBuilder().rootUri("http://localhost:" + node.port())));
  }

  private static int read(Node node, HttpHeaders headers) {
    return api(node).with(headers, HttpMethod.GET, "/leads", null).getStatusCode().value();
  }

  @Test
  void aTokenOfOneNodeHoldsOnTheOtherUntilItsKeyIsRevoked() {
    String login = login();
    hire(first, login);
    JsonNode key =
        api(first)
            .with(
                person(login),
                HttpMethod.POST,
                "/api-keys",
                Map.of("name", "Key", "scopes", List.of("read")))
            .getBody();
    HttpHeaders pair = ApiCalls.pair(key.path("accessKey").asText(), key.path("secret").asText());
    HttpHeaders asks = new HttpHeaders();
    asks.setBasicAuth(key.path("accessKey").asText(), key.path("secret").asText());
    asks.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
    String token =
        api(first)
            .with(asks, HttpMethod.POST, "/oauth/token", "grant_type=client_credentials")
            .getBody()
            .path("access_token")
            .asText();
    assertThat(token).isNotEmpty();
    // The key has to be known there first: the token names it.
    await().atMost(SOON).until(() -> read(second, pair) == 200);
    assertThat(read(second, bearer(token))).isEqualTo(200);
    assertThat(
            api(first)
                .with(
                    person(login), HttpMethod.DELETE, "/api-keys/" + key.path("id").asLong(), null)
                .getStatusCode()
                .is2xxSuccessful())
        .isTrue();
    assertThat(read(first, bearer(token))).isEqualTo(401);
    await()
        .atMost(SOON)
        .until(() -> read(second, bearer(token)) == 401 && read(second, pair) == 401);
  }

  @Test
  void aRenewedKeyOfTheAccountStopsOnTheOtherNodeToo() {
    AccountKeys keys = first.get(AccountKeys.class);
    HttpHeaders old = ApiCalls.accountKey(keys.show("admin"));
    await().atMost(SOON).until(() -> read(second, old) == 200);
    HttpHeaders fresh = ApiCalls.accountKey(keys.renew("admin"));
    assertThat(read(first, old)).isEqualTo(401);
    assertThat(read(first, fresh)).isEqualTo(200);
    await().atMost(SOON).until(() -> read(second, old) == 401 && read(second, fresh) == 200);
  }

  @Test
  void aProviderThatIsSwitchedOffOnOneNodeIsOfferedOnNone() {
    SignOnProviders providers = first.get(SignOnProviders.class);
    SignOnProvider made = providers.create(provider(true));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(second.get(KnownProviders.class).active()).hasSize(1));
    providers.change(made.id(), null, provider(false));
    assertThat(first.get(KnownProviders.class).active()).isEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(second.get(KnownProviders.class).active()).isEmpty());
  }

  private static SignOnProviders.Wanted provider(boolean active) {
    return new SignOnProviders.Wanted(
        "Provider",
        // Nobody knows the name, and nobody asks: it is not called.
        "https://login.leadloom.invalid",
        "client",
        "a-secret-0815",
        null,
        null,
        null,
        null,
        active);
  }
}
