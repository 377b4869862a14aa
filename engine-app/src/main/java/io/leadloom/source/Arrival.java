package io.leadloom.source;

import io.leadloom.platform.Violation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that has come in through an integration.
 *
 * @param fetched whether its values are here; of Meta they are fetched first
 * @param values what it brings, by its own names; empty when it could not be read
 * @param raw what came when it could not be read; otherwise null
 * @param lead what it made or changed; null for nothing
 * @param attempts how often it was tried
 * @param dueAt when it is tried next; null when it is not
 */
public record Arrival(
    long id,
    long integration,
    Instant receivedAt,
    State state,
    boolean fetched,
    Map<String, String> values,
    @Nullable String raw,
    List<Violation> problems,
    @Nullable Long lead,
    int attempts,
    @Nullable Instant dueAt) {

  /** What has become of it. */
  public enum State {
    WAITING(1),
    CREATED(2),
    UPDATED(3),
    UNCHANGED(4),
    REFUSED(5),
    HELD(6),
    TEST(7);

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** The number in the database. */
    int number() {
      return number;
    }

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> of(String key) {
      return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }

    static State of(int number) {
      return Arrays.stream(values())
          .filter(one -> one.number == number)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("No state " + number));
    }
  }
}
