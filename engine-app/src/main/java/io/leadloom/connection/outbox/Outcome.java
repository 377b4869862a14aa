package io.leadloom.connection.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt.
 *
 * @param status DELIVERED, FAILED, or PENDING when it will be tried again
 * @param dueAt when it is tried again
 * @param error what went wrong, for people
 * @param response the answer as JSON
 * @param shown whether the Mailbox shows the message
 */
record Outcome(
    Claimed delivery,
    DeliveryStatus status,
    Instant at,
    Instant dueAt,
    @Nullable String error,
    @Nullable String response,
    boolean shown) {

  static Outcome delivered(Claimed delivery, Instant at, @Nullable String response, boolean shown) {
    return new Outcome(delivery, DeliveryStatus.DELIVERED, at, at, null, response, shown);
  }

  static Outcome failed(Claimed delivery, Instant at, String error) {
    return new Outcome(delivery, DeliveryStatus.FAILED, at, at, error, null, false);
  }

  static Outcome again(Claimed delivery, Instant at, Instant dueAt, String error) {
    return new Outcome(delivery, DeliveryStatus.PENDING, at, dueAt, error, null, false);
  }
}
