package io.leadloom.connection.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.connection.settings.WebhookSecrets;
import io.leadloom.journal.JournalKind;
import io.leadloom.simulators.webhook.Behaviour;
import io.leadloom.simulators.webhook.WebhookReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WebhookSendingTest extends OutboxTest {

  private static final String SECRET = "the-secret-that-must-not-show";

  @Autowired WebhookSecrets secrets;

  private final WebhookReceiver receiver = WebhookReceiver.start();

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void keeps_the_answer_so_that_a_run_can_use_it() {
    String key = key("answer");
    receiver.next("/", Behaviour.answer(200, "{\"score\": 42}"));
    enqueue(webhook(key, receiver.url("/"), "{\"lead\":42}", 3));
    until(() -> status(key) == DeliveryStatus.DELIVERED);
    assertThat(deliveries.response(key)).isEqualTo("{\"score\":42}");
    assertThat(deliveries.response("nothing")).isNull();
  }

  @Test
  void a_failing_receiver_gets_three_tries_with_the_same_key_and_body() {
    String key = key("three");
    receiver.always("/", Behaviour.answer(500, "{\"error\":\"broken\"}"));
    enqueue(webhook(key, receiver.url("/"), "{\"lead\":42}", 3));
    until(() -> status(key) == DeliveryStatus.FAILED);
    assertThat(attempts(key)).isEqualTo(3);
    assertThat(error(key)).contains("500").contains("broken");
    assertThat(receiver.received()).hasSize(3).allMatch(request -> request.key().equals(key));
    assertThat(receiver.offences()).isEmpty();
    until(() -> !journal.of(key).isEmpty());
    assertThat(journal.of(key)).hasSize(1);
    assertThat(journal.of(key).get(0).kind()).isEqualTo(JournalKind.DELIVERY_FAILED);
    assertThat(journal.of(key).get(0).detail().get("error")).contains("500");
  }

  @Test
  void after_a_500_the_second_try_arrives() {
    String key = key("second");
    receiver.next("/", Behaviour.answer(500, "{}"));
    enqueue(webhook(key, receiver.url("/"), "{}", 3));
    until(() -> status(key) == DeliveryStatus.DELIVERED);
    assertThat(attempts(key)).isEqualTo(2);
    assertThat(row(key).get("last_error")).isNull();
  }

  @Test
  void a_410_is_final_at_the_first_try() {
    String key = key("gone");
    receiver.always("/", Behaviour.answer(410, "{}"));
    enqueue(webhook(key, receiver.url("/"), "{}", 3));
    until(() -> status(key) == DeliveryStatus.FAILED);
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void the_receivers_wish_to_wait_is_respected() {
    String key = key("wait");
    receiver.next("/", Behaviour.tooMany(3_600));
    enqueue(webhook(key, receiver.url("/"), "{}", 3));
    until(() -> attempts(key) == 1 && status(key) == DeliveryStatus.PENDING);
    assertThat(row(key).get("due_at").toString())
        .isGreaterThan(Codec.time(clock.instant().plusSeconds(3_500)).toString().replace('T', ' '));
    clock.advance(Duration.ofHours(1));
    until(() -> status(key) == DeliveryStatus.DELIVERED);
  }

  @Test
  void a_slow_receiver_does_not_hold_others_up() {
    // Another name for the same machine is another lane.
    String slow = "http://localhost:" + receiver.port() + "/slow";
    receiver.always("/slow", Behaviour.hang());
    List<io.leadloom.connection.Deliveries.Request> requests = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      requests.add(webhook(key("slow"), slow, "{}", 1));
    }
    enqueue(requests.toArray(io.leadloom.connection.Deliveries.Request[]::new));
    until(() -> !receiver.received("/slow").isEmpty());
    long before = System.nanoTime();
    String key = key("quick");
    enqueue(webhook(key, receiver.url("/quick"), "{}", 1));
    until(() -> status(key) == DeliveryStatus.DELIVERED);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    assertThat(receiver.mostUnderWay()).isLessThanOrEqualTo(8 + 1);
    transaction.executeWithoutResult(
        done ->
            jdbc.update("update delivery set status = 5 where lane = 'localhost' and status = 1"));
  }

  @Test
  void is_signed_with_the_named_secret_which_shows_nowhere(CapturedOutput output) {
    secrets.put("crm", SECRET);
    try (WebhookReceiver signed = WebhookReceiver.startSigned(SECRET)) {
      String good = key("signed");
      String missing = key("missing");
      signed.next("/", Behaviour.answer(500, "{}"));
      enqueue(
          signed(good, signed.url("/"), "{\"lead\":42}", "crm"),
          signed(missing, signed.url("/"), "{}", "nobody"));
      until(
          () ->
              status(good) == DeliveryStatus.DELIVERED && status(missing) == DeliveryStatus.FAILED);
      assertThat(signed.offences()).isEmpty();
      assertThat(signed.received())
          .hasSize(2)
          .allMatch(request -> request.headers().get("x-campaign").equals("spring"));
      assertThat(error(missing)).contains("nobody");
      until(() -> !journal.of(good).isEmpty() && !journal.of(missing).isEmpty());
      assertThat(journal.all().toString()).doesNotContain(SECRET);
      assertThat(row(good).toString()).doesNotContain(SECRET);
      assertThat(output.getAll()).doesNotContain(SECRET);
      assertThat(
              jdbc.queryForObject(
                  "select sealed from webhook_secret where name = 'crm'", byte[].class))
          .isNotNull()
          .satisfies(
              stored ->
                  assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                      .doesNotContain(SECRET));
    }
  }

  @Test
  void an_outcome_that_cannot_be_written_at_first_is_written_later() {
    String key = key("journal-down");
    journal.failNext(2);
    enqueue(webhook(key, receiver.url("/"), "{}", 3));
    until(() -> status(key) == DeliveryStatus.DELIVERED && journal.of(key).size() == 1);
    assertThat(receiver.received()).hasSize(1);
  }
}
