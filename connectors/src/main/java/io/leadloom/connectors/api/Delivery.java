package io.leadloom.connectors.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to hand something over to the outside. A repeated attempt has the same key and the same body.
 *
 * @param key the idempotency key that the receiver sees
 * @param way how it travels
 * @param to the e-mail address, phone number in E.164, or URL
 * @param body the JSON document: {@code {"subject", "text", "html"}} for mail, {@code {"text"}} for messages, the
 *     document to post for webhooks
 * @param headers headers that the sender wishes to add
 * @param secret the name of the secret to sign with; null for unsigned
 * @param at the time of this attempt
 */
public record Delivery(
    String key,
    Way way,
    String to,
    String body,
    Map<String, String> headers,
    @Nullable String secret,
    Instant at) {

  public Delivery {
    headers = Map.copyOf(headers);
  }
}
