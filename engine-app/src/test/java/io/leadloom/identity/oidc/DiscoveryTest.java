package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.platform.outgoing.OutgoingHttp;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

@LeadloomTest(properties = "leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128")
class DiscoveryTest {

  @Autowired private Discovery discovery;
  @Autowired private OutgoingHttp http;
  @Autowired private IssuerRules rules;
  @Autowired private Registrations registrations;
  @Autowired private MutableClock clock;

  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile CountDownLatch silence = new CountDownLatch(0);
  private final Map<String, String> endpoints = new ConcurrentHashMap<>();
  private volatile String algorithm = "RS256";
  private volatile String padding = "";
  private volatile @Nullable String redirect;
  private volatile int status = 200;
  private HttpServer server;
  private String issuer;

  @BeforeEach
  void aProviderRuns() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // A later test may get the port again, and what is known of this issuer is kept.
    issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + UUID.randomUUID();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          try {
            silence.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          byte[] body = document().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.getResponseHeaders().add("Connection", "close");
          if (redirect != null) {
            exchange.getResponseHeaders().add("Location", redirect);
          }
          exchange.sendResponseHeaders(redirect == null ? status : 302, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  private String document() throws JsonProcessingException {
    Map<String, Object> document =
        new HashMap<>(
            Map.of(
                "issuer",
                issuer,
                "authorization_endpoint",
                issuer + "/a",
                "token_endpoint",
                issuer + "/t",
                "jwks_uri",
                issuer + "/k",
                "subject_types_supported",
                List.of("public"),
                "response_types_supported",
                List.of("code"),
                "id_token_signing_alg_values_supported",
                List.of(algorithm)));
    document.putAll(endpoints);
    document.put("padding", padding);
    return new ObjectMapper().writeValueAsString(document);
  }

  @AfterEach
  void itStops() {
    silence.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aSilentProviderHoldsOneRequestAndTheOthersGoOnWithWhatIsKnown() {
    Discovery.Found known = discovery.of(issuer);
    clock.advance(Duration.ofHours(2));
    silence = new CountDownLatch(1);
    CompletableFuture<Discovery.Found> first =
        CompletableFuture.supplyAsync(() -> discovery.of(issuer), threads);
    await().until(() -> calls.get() == 2);
    for (int i = 0; i < 20; i++) {
      assertThat(discovery.of(issuer)).isSameAs(known);
    }
    assertThat(first).isNotDone();
    assertThat(calls).hasValue(2);
    silence.countDown();
    assertThat(first.join()).isNotSameAs(known);
  }

  private Discovery waiting(Duration whole, Duration others) {
    return new Discovery(http, rules, clock, new Discovery.Patience(whole, others));
  }

  @Test
  void nobodyWaitsLongForAnAnswerThatSomebodyElseHasAskedFor() {
    Discovery patient = waiting(Duration.ofMinutes(1), Duration.ofMillis(1));
    silence = new CountDownLatch(1);
    CompletableFuture<Discovery.Found> first =
        CompletableFuture.supplyAsync(() -> patient.of(issuer), threads);
    await().until(() -> calls.get() == 1);
    assertThatThrownBy(() -> patient.of(issuer)).isInstanceOf(SignOnRefusal.class);
    assertThat(first).isNotDone();
    silence.countDown();
    Discovery.Found found = first.join();
    assertThat(patient.of(issuer)).isSameAs(found);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aProviderThatNeverAnsweredIsLeftAloneForAWhile() {
    Discovery hasty = waiting(Duration.ofMillis(50), Duration.ZERO);
    silence = new CountDownLatch(1);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> hasty.of(issuer))
          .isInstanceOf(SignOnRefusal.class)
          .hasMessageContaining("has not answered yet");
    }
    await().until(() -> calls.get() == 1);
  }

  @Test
  void whatAProviderSaidCountsForADayWhileItIsDown() {
    Discovery.Found known = discovery.of(issuer);
    server.stop(0);
    clock.advance(Duration.ofHours(2));
    assertThat(discovery.of(issuer)).isSameAs(known);
    clock.advance(Duration.ofHours(21));
    assertThat(discovery.of(issuer)).isSameAs(known);
    clock.advance(Duration.ofHours(2));
    assertThatThrownBy(() -> discovery.of(issuer))
        .isInstanceOf(SignOnRefusal.class)
        .hasMessageContaining("cannot be reached");
  }

  @ParameterizedTest
  @CsvSource({
    "token_endpoint, http://169.254.169.254/latest/meta-data",
    "token_endpoint, https://169.254.169.254/latest/meta-data",
    "jwks_uri, http://169.254.169.254/keys",
    "jwks_uri, https://10.0.0.1/keys",
    "jwks_uri, file:///etc/passwd",
    "userinfo_endpoint, https://[fd00:ec2::254]/",
    "authorization_endpoint, javascript:alert(1)"
  })
  void anEndpointInsideOfANetworkThatIsNotAllowedIsRefused(String endpoint, String address) {
    endpoints.put(endpoint, address);
    assertThatThrownBy(() -> discovery.of(issuer))
        .isInstanceOf(SignOnRefusal.class)
        .hasMessageContaining("no usable " + endpoint);
  }

  @Test
  void aRedirectIsNotFollowed() {
    redirect = issuer + "/elsewhere";
    // Not even when a document comes with it.
    assertThatThrownBy(() -> discovery.of(issuer))
        .isInstanceOf(SignOnRefusal.class)
        .hasMessageContaining("answers with status 302");
    assertThat(calls).hasValue(1);
  }

  @Test
  void anAnswerOfMoreThanAMegabyteIsRefused() {
    padding = " ".repeat(900_000);
    discovery.of(issuer);
    padding = " ".repeat(1_000_000);
    assertThatThrownBy(() -> discovery.again(issuer))
        .isInstanceOf(SignOnRefusal.class)
        .hasStackTraceContaining("The answer is longer than 1000000 bytes");
  }

  @Test
  void askingAgainInVainTakesNobodyWhatIsKnown() {
    Discovery.Found known = discovery.of(issuer);
    clock.advance(Duration.ofHours(2));
    status = 503;
    assertThatThrownBy(() -> discovery.again(issuer)).isInstanceOf(SignOnRefusal.class);
    assertThat(discovery.of(issuer)).isSameAs(known);
    // Also when the silence was just noticed, and within the hour.
    status = 200;
    Discovery.Found fresh = discovery.again(issuer);
    assertThat(fresh).isNotSameAs(known);
    assertThat(discovery.of(issuer)).isSameAs(fresh);
    assertThat(discovery.again(issuer)).isNotSameAs(fresh);
  }

  @Test
  void whoAsksAgainWaitsForTheCallThatRunsAndMakesNoSecondOne() throws Exception {
    silence = new CountDownLatch(1);
    CompletableFuture<Discovery.Found> first =
        CompletableFuture.supplyAsync(() -> discovery.of(issuer), threads);
    await().until(() -> calls.get() == 1);
    CompletableFuture<Discovery.Found> answer = new CompletableFuture<>();
    Thread again = new Thread(() -> answer.complete(discovery.again(issuer)));
    again.start();
    await().until(() -> again.getState() == Thread.State.TIMED_WAITING);
    silence.countDown();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isSameAs(first.join());
    assertThat(calls).hasValue(1);
  }

  private JwtDecoder decoder() {
    ClientRegistration registration =
        discovery
            .of(issuer)
            .registration()
            .registrationId("decoder")
            .clientId("client")
            .clientSecret("secret")
            .redirectUri("http://127.0.0.1/back")
            .build();
    return registrations.createDecoder(registration);
  }

  @Test
  void anotherSigningAlgorithmOfAProviderCountsWithinTheHour() {
    JwtDecoder before = decoder();
    assertThat(decoder()).isSameAs(before);
    algorithm = "ES256";
    clock.advance(Duration.ofMinutes(61));
    assertThat(decoder()).isNotSameAs(before);
  }
}
