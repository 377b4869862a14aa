package io.leadloom.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedClientTest {

  private static final Duration WAIT = Duration.ofSeconds(10);

  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void aServerInsideRuns() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int call = calls.incrementAndGet();
          exchange.getResponseHeaders().add("Set-Cookie", "seen=" + call);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          boolean cookie = exchange.getRequestHeaders().containsKey("Cookie");
          exchange.sendResponseHeaders(cookie ? 500 : 302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void itStops() {
    server.stop(0);
  }

  private static int status(HttpClient client, String address) throws IOException {
    return client.execute(new HttpGet(address), answer -> answer.getCode());
  }

  private String address(String host) {
    return "http://" + host + ":" + server.getAddress().getPort() + "/";
  }

  @Test
  void insideAddressesAreRefusedAndNotConnectedTo() {
    GuardedClient guard =
        new GuardedClient(Set.of(80, 443, server.getAddress().getPort()), List.of());
    assertThat(guard.refusal("127.0.0.1", 80))
        .hasValueSatisfying(reason -> assertThat(reason).contains("not a public address"));
    assertThat(guard.refusal("169.254.169.254", 80)).isPresent();
    assertThat(guard.refusal("localhost", 443)).isPresent();
    HttpClient client = guard.open(WAIT);
    // The guard holds at the connection, whether or not anybody has asked it before.
    for (String host : List.of("127.0.0.1", "localhost", "2130706433", "0x7f.1")) {
      assertThatThrownBy(() -> status(client, address(host)))
          .as(host)
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining("must not be called");
    }
    assertThat(calls).hasValue(0);
  }

  @Test
  void allowedNetworksAreCalledOnEveryPortWithoutRedirectsAndCookies() throws IOException {
    GuardedClient guard = new GuardedClient(Set.of(443), List.of("127.0.0.0/8", "::1"));
    assertThat(guard.refusal("127.0.0.1", server.getAddress().getPort())).isEmpty();
    assertThat(guard.refusal("10.0.0.1", 443)).isPresent();
    HttpClient client = guard.open(WAIT);
    assertThat(status(client, address("127.0.0.1"))).isEqualTo(302);
    assertThat(status(client, address("127.0.0.1"))).isEqualTo(302);
    assertThat(calls).hasValue(2);
  }

  @Test
  void publicAddressesAreCalledOnTheListedPortsOnly() {
    GuardedClient guard = new GuardedClient(Set.of(443), List.of());
    assertThat(guard.refusal("8.8.8.8", 443)).isEmpty();
    assertThat(guard.refusal("8.8.8.8", 22))
        .hasValueSatisfying(reason -> assertThat(reason).contains("port 22"));
  }

  @Test
  void aHostIsAllowedByNameWhenAllItsAddressesLieInAllowedNetworks() {
    GuardedClient guard = new GuardedClient(Set.of(443), List.of("127.0.0.0/8", "::1"));
    assertThat(guard.allowedByName("127.0.0.1")).isTrue();
    assertThat(guard.allowedByName("localhost")).isTrue();
    assertThat(guard.allowedByName("8.8.8.8")).isFalse();
    assertThat(guard.allowedByName("10.0.0.1")).isFalse();
    assertThat(guard.allowedByName(null)).isFalse();
    assertThat(new GuardedClient(Set.of(443), List.of()).allowedByName("127.0.0.1")).isFalse();
  }
}
