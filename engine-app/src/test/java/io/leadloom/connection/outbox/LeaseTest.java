package io.leadloom.connection.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.simulators.webhook.WebhookReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The sender of the context stands still here: the test plays the senders. */
class LeaseTest extends OutboxTest {

  @Autowired OutboxRows rows;
  @Autowired ResultWriter writer;
  @Autowired DeliverySender sender;

  private final WebhookReceiver receiver = WebhookReceiver.start();

  @BeforeEach
  void standStill() throws InterruptedException {
    sender.stop();
  }

  @AfterEach
  void goOn() {
    receiver.close();
    sender.start();
  }

  @Test
  void two_senders_never_lease_the_same_delivery() throws InterruptedException {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      keys.add(key("race"));
    }
    enqueue(
        keys.stream()
            .map(key -> webhook(key, receiver.url("/"), "{}", 1))
            .toArray(io.leadloom.connection.Deliveries.Request[]::new));
    Instant now = clock.instant();
    List<Long> ids = ids(now);
    List<Long> leased = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String owner = "owner-" + t;
      threads.add(
          new Thread(
              () -> {
                try {
                  go.await();
                  for (int from = 0; from < ids.size(); from += 30) {
                    rows.claim(
                            ids.subList(from, Math.min(ids.size(), from + 30)),
                            owner,
                            now,
                            now.plusSeconds(60))
                        .forEach(claimed -> leased.add(claimed.id()));
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    threads.forEach(Thread::start);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(new HashSet<>(leased)).hasSameSizeAs(leased).containsAll(ids);
    rows.freeExpired(now.plusSeconds(61));
  }

  @Test
  void after_a_crash_between_send_and_commit_the_same_key_and_body_are_sent_again() {
    String key = key("crash");
    enqueue(webhook(key, receiver.url("/"), "{\"lead\":42}", 3));
    Instant now = clock.instant();
    List<Claimed> claimed = claim(key, "the node that dies", now);
    assertThat(claimed).hasSize(1);
    Claimed delivery = claimed.get(0);
    // It sends, and dies before it writes the outcome.
    post(delivery);
    assertThat(rows.freeExpired(now.plusSeconds(59))).isZero();
    clock.advance(Duration.ofSeconds(61));
    sender.start();
    until(() -> status(key) == DeliveryStatus.DELIVERED);
    assertThat(receiver.received()).hasSize(2);
    assertThat(receiver.received())
        .allMatch(request -> request.body().equals("{\"lead\":42}") && request.key().equals(key));
    assertThat(receiver.offences()).isEmpty();
  }

  @Test
  void the_outcome_of_a_lost_lease_is_not_written() {
    String key = key("lost");
    enqueue(webhook(key, receiver.url("/"), "{}", 3));
    Instant now = clock.instant();
    Claimed first = claim(key, "slow", now).get(0);
    rows.freeExpired(now.plusSeconds(61));
    Claimed second = claim(key, "quick", now.plusSeconds(61)).get(0);
    assertThat(writer.write(List.of(Outcome.failed(first, now, "late")), "slow")).isEmpty();
    assertThat(status(key)).isEqualTo(DeliveryStatus.SENDING);
    assertThat(writer.write(List.of(Outcome.delivered(second, now, null, false)), "quick"))
        .hasSize(1);
    assertThat(status(key)).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(journal.of(key)).hasSize(1);
  }

  @Test
  void what_was_not_begun_is_given_back_without_counting_an_attempt() {
    String key = key("back");
    enqueue(webhook(key, receiver.url("/"), "{}", 3));
    List<Claimed> claimed = claim(key, "leaving", clock.instant());
    rows.giveBack(claimed, "leaving", clock.instant());
    assertThat(status(key)).isEqualTo(DeliveryStatus.PENDING);
    assertThat(attempts(key)).isZero();
  }

  @Test
  void a_full_lane_is_passed_over() {
    enqueue(
        webhook(key("lane"), "http://a.example/", "{}", 1),
        webhook(key("lane"), "http://b.example/", "{}", 1));
    Set<String> lanes = new HashSet<>();
    rows.due(clock.instant(), 500, List.of("a.example"))
        .forEach(candidate -> lanes.add(candidate.lane()));
    assertThat(lanes).contains("b.example").doesNotContain("a.example");
    transaction.executeWithoutResult(
        done ->
            jdbc.update("update delivery set status = 5 where lane in ('a.example', 'b.example')"));
  }

  private List<Claimed> claim(String key, String owner, Instant now) {
    long id = ((Number) row(key).get("id")).longValue();
    return rows.claim(List.of(id), owner, now, now.plusSeconds(60));
  }

  private List<Long> ids(Instant now) {
    return rows.due(now, 1_000, List.of()).stream().map(OutboxRows.Candidate::id).toList();
  }

  private static void post(Claimed delivery) {
    try {
      java.net.http.HttpClient.newHttpClient()
          .send(
              java.net.http.HttpRequest.newBuilder(java.net.URI.create(delivery.to()))
                  .header("Leadloom-Delivery", delivery.key())
                  .POST(java.net.http.HttpRequest.BodyPublishers.ofString(delivery.body()))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.discarding());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
