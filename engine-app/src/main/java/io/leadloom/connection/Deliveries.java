package io.leadloom.connection;

import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outbox: everything that leaves Leadloom is written here first and sent afterwards. */
public interface Deliveries {

  /**
   * Writes deliveries in the current transaction; they are sent after it commits. A key that is there already is left
   * alone, so that a repeated card never sends twice.
   */
  void enqueue(List<Request> requests);

  /** Ways out. */
  enum Channel {
    EMAIL,
    SMS,
    WHATSAPP,
    WEBHOOK,
    /** Entries of appointments in outside calendars; a {@link Carrier} writes them. */
    CALENDAR
  }

  /**
   * Something to send.
   *
   * @param key the idempotency key {@code run:card:visit}, at most 190 characters; the receiver sees it
   * @param channel the way out
   * @param root the record it is about, whose journal hears of the receipt
   * @param to the address: e-mail address, phone number in E.164, or URL
   * @param body what is sent, as JSON: {@code {"subject", "text", "html"}} for mail, {@code {"text"}} for messages, the
   *     document to post for webhooks
   * @param attempts how often it is tried at most
   * @param notBefore the earliest time to send; null for at once
   * @param receipt whether a run waits for the receipt (journal DELIVERED or DELIVERY_FAILED with detail {@code
   *     delivery} = key)
   * @param options for webhooks: {@code {"headers": {…}, "secret": "name of a stored secret to sign with"}} as JSON; null
   *     for none
   */
  record Request(
      String key,
      Channel channel,
      RecordRef root,
      String to,
      String body,
      int attempts,
      @Nullable Instant notBefore,
      boolean receipt,
      Cause cause,
      @Nullable String options) {

    public Request(
        String key,
        Channel channel,
        RecordRef root,
        String to,
        String body,
        int attempts,
        @Nullable Instant notBefore,
        boolean receipt,
        Cause cause) {
      this(key, channel, root, to, body, attempts, notBefore, receipt, cause, null);
    }
  }

  /** What the receiver answered to a delivered webhook, as JSON; null when there was none or it was not JSON. */
  @Nullable String response(String key);
}
