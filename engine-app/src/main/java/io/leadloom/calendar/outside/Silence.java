package io.leadloom.calendar.outside;

import io.leadloom.calendar.outside.OutsideFailure.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers for a short time which servers of providers do not answer, so that nobody waits for them in vain: after three
 * calls in a row without an answer it is said at once, and one call for each such time finds out whether it is over.
 */
@Component
public class Silence {

  private static final int IN_A_ROW = 3;

  private final Duration lasts;
  private final Clock clock;
  private final Map<String, State> states = new HashMap<>();

  Silence(ProviderAddresses addresses, Clock clock) {
    this.lasts = addresses.silence();
    this.clock = clock;
  }

  private record State(int unanswered, @Nullable Instant until) {}

  /**
   * Lets a call through, unless its server is known not to answer.
   *
   * @throws OutsideFailure at once, of kind LATER
   */
  public synchronized void check(CalendarProvider provider, URI address) throws OutsideFailure {
    State state = states.get(server(address));
    Instant until = state == null ? null : state.until();
    if (state == null || until == null) {
      return;
    }
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      throw new OutsideFailure(
          Kind.LATER, provider.label() + " does not answer now", Duration.between(now, until));
    }
    // This call finds out; the others hear of it when it is over.
    states.put(server(address), new State(state.unanswered(), now.plus(lasts)));
  }

  /** A server has answered, whatever it said. */
  public synchronized void answered(URI address) {
    states.remove(server(address));
  }

  /** A call has failed without an answer. */
  public synchronized void unanswered(URI address, @Nullable Throwable why) {
    if (!(why instanceof InterruptedIOException) && !(why instanceof ConnectException)) {
      return;
    }
    State state = states.get(server(address));
    int calls = state == null ? 1 : state.unanswered() + 1;
    states.put(
        server(address), new State(calls, calls >= IN_A_ROW ? clock.instant().plus(lasts) : null));
  }

  private static String server(URI address) {
    return String.valueOf(address.getRawAuthority());
  }
}
