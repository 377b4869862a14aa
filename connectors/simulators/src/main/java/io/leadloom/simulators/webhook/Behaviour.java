package io.leadloom.simulators.webhook;

import java.time.Duration;
import java.util.Map;

/** How the receiver meets one request. */
public sealed interface Behaviour {

  /** Answers 200 with <code>{"ok": true}</code>. */
  static Behaviour accept() {
    return answer(200, "{\"ok\": true}");
  }

  /** Answers with a status and a body. */
  static Behaviour answer(int status, String body) {
    return new Answer(status, Map.of("Content-Type", "application/json"), body);
  }

  /** Answers with a status, a header and no body. */
  static Behaviour answer(int status, String header, String value) {
    return new Answer(status, Map.of(header, value), "");
  }

  /** Answers 429 with Retry-After. */
  static Behaviour tooMany(int seconds) {
    return answer(429, "Retry-After", Integer.toString(seconds));
  }

  /** Takes the request and answers 200 after a while. */
  static Behaviour slow(Duration wait) {
    return new Slow(wait);
  }

  /** Takes the request and never answers. */
  static Behaviour hang() {
    return new Slow(Duration.ofMinutes(10));
  }

  /** Sends its answer one byte at a time. */
  static Behaviour drip(Duration perByte) {
    return new Drip(perByte);
  }

  /** Closes the connection without an answer. */
  static Behaviour reset() {
    return new Reset();
  }

  /** Answers 200 with a JSON text of so many bytes. */
  static Behaviour huge(long bytes) {
    return new Huge(bytes);
  }

  /** A plain answer. */
  record Answer(int status, Map<String, String> headers, String body) implements Behaviour {}

  /** An answer that comes late. */
  record Slow(Duration delay) implements Behaviour {}

  /** An answer in single bytes. */
  record Drip(Duration perByte) implements Behaviour {}

  /** No answer. */
  record Reset() implements Behaviour {}

  /** A long answer. */
  record Huge(long bytes) implements Behaviour {}
}
