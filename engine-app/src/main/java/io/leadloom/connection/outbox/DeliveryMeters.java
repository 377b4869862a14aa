package io.leadloom.connection.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** Figures of the outbox: queue length, age of the oldest, how much leaves per second. */
@Component
public class DeliveryMeters {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final OutboxRows rows;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private volatile Queue queue = new Queue(0, 0, 0, 0);

  DeliveryMeters(OutboxRows rows, MeterRegistry registry, Clock clock) {
    this.rows = rows;
    this.registry = registry;
    this.clock = clock;
    Gauge.builder("leadloom.deliveries.pending", () -> queue.pending())
        .description("Deliveries that wait to be sent")
        .register(registry);
    Gauge.builder("leadloom.deliveries.sending", () -> queue.sending())
        .description("Deliveries in the hands of a sender")
        .register(registry);
    Gauge.builder("leadloom.deliveries.oldest", () -> queue.oldestSeconds())
        .baseUnit("seconds")
        .description("For how long the longest waiting delivery has been due")
        .register(registry);
    Gauge.builder("leadloom.deliveries.rate", () -> queue.sentPerSecond())
        .description("Deliveries that this node sent per second, over the last minute")
        .register(registry);
  }

  private record Sent(Instant at, int count) {}

  /**
   * The outbox at a moment.
   *
   * @param oldestSeconds for how many seconds the longest waiting delivery has been due
   * @param sentPerSecond by this node, over the last minute
   */
  public record Queue(long pending, long sending, long oldestSeconds, double sentPerSecond) {}

  /** The outbox as it was seconds ago. */
  public Queue queue() {
    return queue;
  }

  void count(List<Outcome> outcomes) {
    int delivered = 0;
    for (Outcome outcome : outcomes) {
      Counter.builder("leadloom.deliveries.attempts")
          .tag("channel", OutboxRows.name(outcome.delivery().channel()))
          .tag(
              "outcome",
              outcome.status() == DeliveryStatus.PENDING ? "again" : outcome.status().key())
          .register(registry)
          .increment();
      if (outcome.status() == DeliveryStatus.DELIVERED) {
        delivered++;
      }
    }
    synchronized (sent) {
      sent.add(new Sent(clock.instant(), delivered));
    }
  }

  /** Takes fresh figures from the database. */
  void refresh() {
    Instant now = clock.instant();
    OutboxRows.Queue found = rows.queue();
    long oldest =
        found
            .oldestDue()
            .map(due -> Math.max(0, Duration.between(due, now).toSeconds()))
            .orElse(0L);
    long count;
    synchronized (sent) {
      while (!sent.isEmpty() && sent.peek().at().isBefore(now.minus(WINDOW))) {
        sent.poll();
      }
      count = sent.stream().mapToLong(Sent::count).sum();
    }
    queue =
        new Queue(found.pending(), found.sending(), oldest, (double) count / WINDOW.toSeconds());
  }
}
