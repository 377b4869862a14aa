package io.leadloom.simulators.consent;

import java.util.Map;

/** What is answered to a request. */
public record Reply(int status, String body, Map<String, String> headers) {

  public static Reply of(int status, Object body) {
    return new Reply(status, body.toString(), Map.of());
  }

  public static Reply empty(int status) {
    return new Reply(status, "", Map.of());
  }
}
