package io.leadloom.connection.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;

class GuardedHttpTest {

  private static final int MEGABYTE = 1_000_000;

  private final AtomicInteger calls = new AtomicInteger();
  private volatile int length;
  private volatile int status = 200;
  private HttpServer server;
  private URI address;

  @BeforeEach
  void aServerInsideRuns() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          // Without a length, as somebody sends who does not want to say how much comes.
          exchange.sendResponseHeaders(status, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(new byte[length]);
          } catch (IOException e) {
            // The reader has heard enough.
          }
        });
    server.start();
  }

  @AfterEach
  void itStops() {
    server.stop(0);
  }

  private static GuardedHttp http(String... networks) {
    return new GuardedHttp(
        new WebhookSettings(true, Set.of(80, 443), Duration.ofSeconds(10)),
        new OutgoingSettings(List.of(networks), true));
  }

  private ClientHttpResponse get(GuardedHttp http) throws IOException {
    return http.requests().createRequest(address, HttpMethod.GET).execute();
  }

  @Test
  void whatIsInsideIsOutOfReachUnlessItsNetworkIsAllowed() throws IOException {
    assertThatThrownBy(() -> get(http())).hasMessageContaining("must not be called");
    assertThat(calls).hasValue(0);
    try (ClientHttpResponse answer = get(http("127.0.0.0/8"))) {
      assertThat(answer.getStatusCode().value()).isEqualTo(200);
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void redirectsAreAnswersAndNotFollowed() throws IOException {
    status = 302;
    try (ClientHttpResponse answer = get(http("127.0.0.0/8"))) {
      assertThat(answer.getStatusCode().value()).isEqualTo(302);
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void anAnswerOfAMegabyteIsReadAndALongerOneIsCutOffWithAnError() throws IOException {
    length = MEGABYTE;
    try (ClientHttpResponse answer = get(http("127.0.0.0/8"))) {
      assertThat(answer.getBody().readAllBytes()).hasSize(MEGABYTE);
    }
    length = MEGABYTE + 1;
    try (ClientHttpResponse answer = get(http("127.0.0.0/8"))) {
      assertThatThrownBy(() -> answer.getBody().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("longer than 1000000 bytes");
    }
    try (ClientHttpResponse answer = get(http("127.0.0.0/8"))) {
      assertThatThrownBy(
              () -> {
                while (answer.getBody().read() >= 0) {
                  assertThat(calls).hasValue(3);
                }
              })
          .hasMessageContaining("longer than 1000000 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://8.8.8.8/",
        "https://10.0.0.1/",
        "https://169.254.169.254/",
        "https://localhost/",
        "https://[::1]/",
        "https://8.8.8.8:22/",
        "https://user@8.8.8.8/",
        "file:///etc/passwd",
        "mailto:somebody@example.com",
        "https:///path"
      })
  void whatCannotBeCalledIsRefused(String wrong) {
    assertThat(http().refusal(URI.create(wrong))).isPresent();
  }

  @Test
  void plainHttpIsForNetworksThatAreAllowedByName() {
    assertThat(http().refusal(URI.create("https://8.8.8.8/"))).isEmpty();
    assertThat(http("127.0.0.0/8").refusal(address)).isEmpty();
    assertThat(http("10.0.0.0/8").refusal(address)).isPresent();
    assertThat(http("10.0.0.0/8").refusal(URI.create("http://8.8.8.8/"))).isPresent();
  }
}
