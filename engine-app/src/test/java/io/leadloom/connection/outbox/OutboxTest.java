package io.leadloom.connection.outbox;

import io.leadloom.connection.Deliveries;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What tests of the outbox share: a context with quick retries, and words to send and to look. */
@LeadloomTest(
    properties = {
      "leadloom.test.database=outbox",
      "leadloom.webhooks.protection=false",
      "leadloom.webhooks.timeout=1s",
      "leadloom.deliveries.first-retry=40ms",
      "leadloom.deliveries.poll=20ms",
      "leadloom.secret-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    })
@Import(OutboxTestConfiguration.class)
abstract class OutboxTest {

  static final Cause CAUSE = Cause.user(7).then(new Cause.Step(1, 2, "send"));
  private static final AtomicLong KEYS = new AtomicLong();

  @Autowired Deliveries deliveries;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired RecordingJournal journal;
  @Autowired MutableClock clock;

  static String key(String name) {
    return name + ":" + KEYS.incrementAndGet();
  }

  static Deliveries.Request webhook(String key, String url, String body, int attempts) {
    return new Deliveries.Request(
        key, Channel.WEBHOOK, RecordRef.lead(42), url, body, attempts, null, true, CAUSE);
  }

  static Deliveries.Request signed(String key, String url, String body, String secret) {
    return new Deliveries.Request(
        key,
        Channel.WEBHOOK,
        RecordRef.lead(42),
        url,
        body,
        3,
        null,
        true,
        CAUSE,
        "{\"secret\": \"" + secret + "\", \"headers\": {\"X-Campaign\": \"spring\"}}");
  }

  static Deliveries.Request message(String key, Channel channel, String to, String body) {
    return new Deliveries.Request(key, channel, RecordRef.lead(42), to, body, 3, null, true, CAUSE);
  }

  void enqueue(Deliveries.Request... requests) {
    transaction.executeWithoutResult(status -> deliveries.enqueue(List.of(requests)));
  }

  Map<String, Object> row(String key) {
    return jdbc.queryForMap(
        "select * from delivery where delivery_key = ?",
        (Object) key.getBytes(StandardCharsets.UTF_8));
  }

  @Nullable DeliveryStatus status(String key) {
    return DeliveryStatus.of(((Number) row(key).get("status")).intValue());
  }

  String error(String key) {
    return String.valueOf(row(key).get("last_error"));
  }

  int attempts(String key) {
    return ((Number) row(key).get("attempts")).intValue();
  }

  static ConditionFactory soon() {
    return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
  }

  static void until(Callable<Boolean> condition) {
    soon().until(condition);
  }
}
