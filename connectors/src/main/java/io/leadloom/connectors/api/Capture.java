package io.leadloom.connectors.api;

import java.time.Instant;
import java.util.Map;

/**
 * Something that a provider told us: a lead, a reply, a payment (CON-025). Field names are the provider's; the
 * connector instance maps them.
 *
 * @param provider the provider's id
 * @param key the provider's own id of what happened: the same key is the same thing
 * @param kind the provider's word for it
 * @param at when it happened
 * @param fields the values as text by the provider's field names
 */
public record Capture(
    String provider, String key, String kind, Instant at, Map<String, String> fields) {

  public Capture {
    fields = Map.copyOf(fields);
  }
}
