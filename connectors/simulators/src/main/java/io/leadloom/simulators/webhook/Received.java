package io.leadloom.simulators.webhook;

import java.time.Instant;
import java.util.Map;

/**
 * A request that came in.
 *
 * @param path the path with its query
 * @param key the delivery key; empty when there was none
 * @param headers the headers by lower-case name
 * @param body the body as text
 * @param at when it came
 */
public record Received(
    String path, String key, Map<String, String> headers, String body, Instant at) {

  public Received {
    headers = Map.copyOf(headers);
  }
}
