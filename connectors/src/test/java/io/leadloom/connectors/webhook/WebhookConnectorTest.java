package io.leadloom.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Way;
import io.leadloom.simulators.webhook.Behaviour;
import io.leadloom.simulators.webhook.WebhookReceiver;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConnectorTest {

  private static final String SECRET = "a secret that nobody knows";

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final WebhookReceiver receiver = WebhookReceiver.start();
  private final WebhookConnector open =
      connector(new WebhookSettings(false, null, null, 800, 0, 0), InetAddress::getAllByName);

  @BeforeEach
  void startCamel() {
    camel.start();
  }

  @AfterEach
  void closeAll() {
    receiver.close();
    camel.stop();
  }

  @Test
  void posts_json_with_key_and_signature_and_returns_the_answer_as_json() throws ConnectorFailure {
    try (WebhookReceiver signed = WebhookReceiver.startSigned(SECRET)) {
      signed.next("/hook?x=1%202&y=a+b", Behaviour.answer(201, "{\"id\": 7}"));
      Receipt receipt =
          open.send(
              new Delivery(
                  "run:card:1",
                  Way.WEBHOOK,
                  signed.url("/hook?x=1%202&y=a+b"),
                  "{\"name\":\"Zoë 🎉\"}",
                  Map.of(
                      "X-Campaign",
                      "spring",
                      "Leadloom-Delivery",
                      "forged",
                      "Host",
                      "evil",
                      "CamelHttpUri",
                      "http://evil"),
                  "crm",
                  Instant.now()));
      assertThat(receipt.response()).isEqualTo("{\"id\":7}");
      assertThat(signed.offences()).isEmpty();
      assertThat(signed.received("/hook?x=1%202&y=a+b"))
          .singleElement()
          .satisfies(
              request -> {
                assertThat(request.key()).isEqualTo("run:card:1");
                assertThat(request.body()).isEqualTo("{\"name\":\"Zoë 🎉\"}");
                assertThat(request.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("x-campaign", "spring")
                    .containsEntry("user-agent", "Leadloom")
                    .containsEntry("host", "127.0.0.1:" + signed.port())
                    .doesNotContainKeys("camelhttpuri", "camelhttpmethod", "breadcrumbid");
              });
    }
  }

  @Test
  void an_unknown_secret_fails_for_good_and_nothing_is_sent() {
    ConnectorFailure failure =
        failure(
            open,
            new Delivery(
                "k", Way.WEBHOOK, receiver.url("/"), "{}", Map.of(), "nobody", Instant.now()));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("nobody");
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void an_answer_that_is_not_json_is_not_kept() throws ConnectorFailure {
    receiver.next("/", Behaviour.answer(200, "<html>ok</html>"), Behaviour.answer(204, ""));
    assertThat(open.send(to(receiver.url("/"))).response()).isNull();
    assertThat(open.send(to(receiver.url("/"))).response()).isNull();
  }

  @Test
  void a_huge_answer_counts_as_delivered_and_is_not_kept() throws ConnectorFailure {
    receiver.next("/", Behaviour.huge(200_000_000));
    long before = System.nanoTime();
    assertThat(open.send(to(receiver.url("/"))).response()).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    receiver.next("/", Behaviour.huge(Limits.ANSWER));
    assertThat(open.send(to(receiver.url("/"))).response()).hasSize(Limits.ANSWER);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void these_answers_may_be_tried_again(int status) {
    receiver.next("/", Behaviour.answer(status, "{}"));
    assertThat(failure(open, to(receiver.url("/"))).isRetryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 413, 422})
  void these_answers_are_final(int status) {
    receiver.next("/", Behaviour.answer(status, "{\"error\":\"no\\nway\"}"));
    ConnectorFailure failure = failure(open, to(receiver.url("/")));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining(Integer.toString(status)).hasMessageContaining("way");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void a_redirect_is_not_followed(int status) {
    receiver.next("/", Behaviour.answer(status, "Location", receiver.url("/elsewhere")));
    ConnectorFailure failure = failure(open, to(receiver.url("/")));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("redirects are not followed");
    assertThat(receiver.received("/elsewhere")).isEmpty();
  }

  @Test
  void the_wish_of_the_receiver_comes_along() {
    receiver.next("/", Behaviour.tooMany(120), Behaviour.answer(503, "Retry-After", "soon"));
    assertThat(failure(open, to(receiver.url("/"))).retryAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(failure(open, to(receiver.url("/"))).retryAfter()).isNull();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(WebhookMapping.wish("Thu, 01 Jan 2026 00:01:00 GMT", now))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(WebhookMapping.wish("Wed, 01 Jan 2025 00:01:00 GMT", now)).isZero();
    assertThat(WebhookMapping.wish("999999999", now)).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void a_receiver_that_hangs_drips_or_hangs_up_is_given_up_in_time_and_tried_again() {
    receiver.next("/", Behaviour.hang(), Behaviour.drip(Duration.ofMillis(20)), Behaviour.reset());
    for (String expected : List.of("in time", "in time", "cannot be reached")) {
      long before = System.nanoTime();
      ConnectorFailure failure = failure(open, to(receiver.url("/")));
      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure).hasMessageContaining(expected);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void nobody_listening_is_tried_again() {
    int port = receiver.port();
    receiver.close();
    assertThat(failure(open, to("http://127.0.0.1:" + port + "/")).isRetryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "127.1",
        "0177.0.0.1",
        "017700000001",
        "0x7f.0.0.1",
        "127.0.0.1.",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[2002:7f00:1::]",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::]",
        "10.0.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]"
      })
  void private_hosts_are_refused_however_they_are_written(String host) {
    WebhookConnector guarded =
        connector(
            new WebhookSettings(true, Set.of(receiver.port()), null, 800, 0, 0),
            InetAddress::getAllByName);
    ConnectorFailure failure = failure(guarded, to("http://" + host + ":" + receiver.port() + "/"));
    assertThat(receiver.received()).isEmpty();
    assertThat(failure.getMessage())
        .containsAnyOf("must not be called", "is unknown", "has no host", "is not a URL");
  }

  @Test
  void a_name_that_turns_private_between_two_calls_never_reaches_the_inside() {
    Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "127.0.0.1", "127.0.0.1"));
    WebhookConnector guarded =
        connector(
            new WebhookSettings(true, Set.of(receiver.port()), null, 800, 0, 0),
            host ->
                new InetAddress[] {
                  InetAddress.getByName(answers.isEmpty() ? "1.1.1.1" : answers.poll())
                });
    ConnectorFailure failure =
        failure(guarded, to("http://rebinding.example:" + receiver.port() + "/"));
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("rebinding.example");
    assertThat(answers).as("looked up once per call").hasSize(2);
    assertThat(receiver.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http:///x",
        "http://user:pw@example.com/",
        "http://example.com@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "javascript:alert(1)",
        "http://example.com/{{env:PATH}}",
        "http://exa mple.com/",
        "//example.com/",
        "http://example.com:6379/",
        "http://example.com/\r\nX: y",
        "direct:mail-1"
      })
  void addresses_that_are_no_plain_web_addresses_are_refused(String address) {
    WebhookConnector guarded =
        connector(new WebhookSettings(true, null, null, 800, 0, 0), InetAddress::getAllByName);
    assertThat(failure(guarded, to(address)).isRetryable()).isFalse();
  }

  @Test
  void a_network_that_is_allowed_is_called_on_every_port_and_no_other_one() throws Exception {
    WebhookConnector guarded =
        connector(
            new WebhookSettings(true, null, List.of("127.0.0.0/30"), 800, 0, 0),
            InetAddress::getAllByName);
    assertThat(guarded.send(to("http://127.0.0.1:" + receiver.port() + "/"))).isNotNull();
    for (String host : List.of("127.0.0.4", "10.0.0.1", "[::1]", "169.254.169.254")) {
      assertThat(failure(guarded, to("http://" + host + ":" + receiver.port() + "/")))
          .hasMessageContaining("must not be called");
    }
    assertThat(receiver.received()).hasSize(1);
  }

  private WebhookConnector connector(WebhookSettings settings, CheckedResolver.Names names) {
    return new WebhookConnector(
        camel,
        name -> name.equals("crm") ? Optional.of(SECRET) : Optional.empty(),
        settings,
        names);
  }

  private static Delivery to(String url) {
    return new Delivery("key", Way.WEBHOOK, url, "{\"a\":1}", Map.of(), null, Instant.now());
  }

  private static ConnectorFailure failure(WebhookConnector connector, Delivery delivery) {
    ConnectorFailure failure =
        catchThrowableOfType(ConnectorFailure.class, () -> connector.send(delivery));
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }
}
