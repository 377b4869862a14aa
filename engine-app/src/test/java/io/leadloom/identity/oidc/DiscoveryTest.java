package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

@LeadloomTest(properties = "leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128")
class DiscoveryTest {

  @Autowired private Discovery discovery;
  @Autowired private Registrations registrations;
  @Autowired private MutableClock clock;

  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile CountDownLatch silence = new CountDownLatch(0);
  private volatile String algorithm = "RS256";
  private HttpServer server;
  private String issuer;

  @BeforeEach
  void aProviderRuns() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
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
          byte[] body =
              """
              {"issuer": "%1$s", "authorization_endpoint": "%1$s/a", "token_endpoint": "%1$s/t",
               "jwks_uri": "%1$s/k", "subject_types_supported": ["public"],
               "response_types_supported": ["code"],
               "id_token_signing_alg_values_supported": ["%2$s"]}
              """
                  .formatted(issuer, algorithm)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
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

  @Test
  void nobodyWaitsLongForAProviderThatNeverAnswered() {
    silence = new CountDownLatch(1);
    CompletableFuture<Discovery.Found> first =
        CompletableFuture.supplyAsync(() -> discovery.of(issuer), threads);
    await().until(() -> calls.get() == 1);
    assertThatThrownBy(() -> discovery.of(issuer)).isInstanceOf(SignOnRefusal.class);
    assertThat(first).isNotDone();
    await()
        .atMost(Duration.ofSeconds(12))
        .untilAsserted(() -> assertThat(first).isCompletedExceptionally());
    // Known to be silent: refused without another call.
    assertThatThrownBy(() -> discovery.of(issuer)).isInstanceOf(SignOnRefusal.class);
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
