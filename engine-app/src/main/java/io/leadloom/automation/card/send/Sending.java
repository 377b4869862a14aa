package io.leadloom.automation.card.send;

import io.leadloom.automation.card.CardRun;
import io.leadloom.connection.Deliveries;
import io.leadloom.platform.EntityType;
import io.leadloom.record.Record;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What cards that send have in common. */
final class Sending {

  private static final int TRIES = 3;
  private static final int MESSAGE_TRIES = 8;

  private Sending() {}

  /** A message to a person. */
  static Deliveries.Request message(
      CardRun run, String key, Deliveries.Channel channel, String to, String body) {
    return new Deliveries.Request(
        key, channel, run.root(), to, body, MESSAGE_TRIES, null, false, run.cause());
  }

  /** A call of an outside address (AUT-D15). */
  static Deliveries.Request webhook(
      CardRun run, String url, String body, boolean waitsForReceipt, @Nullable String options) {
    return new Deliveries.Request(
        run.key(),
        Deliveries.Channel.WEBHOOK,
        run.root(),
        url,
        body,
        TRIES,
        null,
        waitsForReceipt,
        run.cause(),
        options);
  }

  /** A field of the run's record, or else of its contact; null when both are empty. */
  static @Nullable String address(CardRun run, String field) {
    String own = text(run.record(run.root().type()), field);
    return own != null ? own : text(run.record(EntityType.CONTACT), field);
  }

  /** Whether the run's record or its contact asked not to be reached this way. */
  static boolean refuses(CardRun run, String field) {
    return flag(run.record(run.root().type()), field)
        || flag(run.record(EntityType.CONTACT), field)
        || run.root().type() == EntityType.OPPORTUNITY && flag(run.record(EntityType.LEAD), field);
  }

  private static @Nullable String text(Optional<Record> record, String field) {
    Object value = record.isEmpty() ? null : record.get().values().get(field);
    return value instanceof String text && !text.isBlank() ? text : null;
  }

  private static boolean flag(Optional<Record> record, String field) {
    return record.isPresent() && Boolean.TRUE.equals(record.get().values().get(field));
  }
}
