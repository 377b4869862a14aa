package io.leadloom.source;

import io.leadloom.platform.Violation;
import io.leadloom.platform.tick.Ticking;
import io.leadloom.source.Arrival.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Goes on with deliveries that are under way: fetches leads from Meta, again and again while it is down, and earlier ones
 * where somebody wants them, and makes leads of what a node has left behind. All of it stands in the database, so that a restart loses nothing.
 */
@Component
class ArrivalJob extends Ticking {

  private static final int AT_ONCE = 20;

  /** How long one is left to whoever has taken it. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** About two days. */
  private static final int MOST_ATTEMPTS = 60;

  private static final int MOST_DOUBLINGS = 12;

  private final IntegrationRows integrations;
  private final ArrivalRows rows;
  private final ArrivalWork work;
  private final MetaLeads meta;
  private final EarlierLeads earlier;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Duration first;

  ArrivalJob(
      IntegrationRows integrations,
      ArrivalRows rows,
      ArrivalWork work,
      MetaLeads meta,
      EarlierLeads earlier,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${leadloom.lead-sources.poll:1s}") Duration poll,
      @Value("${leadloom.deliveries.first-retry:5s}") Duration first) {
    super("lead-arrivals", true, poll.toMillis());
    this.integrations = integrations;
    this.rows = rows;
    this.work = work;
    this.meta = meta;
    this.earlier = earlier;
    this.transaction = transaction;
    this.clock = clock;
    this.first = first;
  }

  @Override
  protected void look() {
    List<Arrival> due;
    do {
      Instant now = clock.instant();
      due =
          Objects.requireNonNull(
              transaction.execute(status -> rows.claim(now, now.plus(LEASE), AT_ONCE)));
      for (Arrival arrival : due) {
        if (!isRunning()) {
          return;
        }
        goOn(arrival);
      }
    } while (due.size() == AT_ONCE);
    // What comes in now goes before what has been there for days.
    earlier.step();
  }

  private void goOn(Arrival arrival) {
    if (arrival.fetched() || fetched(arrival)) {
      try {
        work.process(arrival.id());
      } catch (RuntimeException e) {
        later(arrival, "The lead could not be written: " + e.getClass().getSimpleName(), null);
        throw e;
      }
    }
  }

  private boolean fetched(Arrival arrival) {
    Secrets secrets =
        transaction.execute(
            status ->
                integrations
                    .find(arrival.integration())
                    .map(one -> integrations.secrets(one.id()))
                    .orElse(null));
    if (secrets == null) {
      return false;
    }
    String token = secrets.pageToken();
    if (token == null) {
      refuse(
          arrival,
          Violation.of("pageToken", null, "an access token of the page, set in the integration"));
      return false;
    }
    Map<String, String> values;
    try {
      values = meta.fetch(arrival.values(), token);
    } catch (MetaLeads.Failure e) {
      if (e.later() && arrival.attempts() + 1 < MOST_ATTEMPTS) {
        later(arrival, e.getMessage(), e.wish());
      } else {
        refuse(arrival, Violation.of("leadgen_id", arrival.values().get("leadgen_id"), said(e)));
      }
      return false;
    }
    transaction.executeWithoutResult(status -> rows.fetched(arrival.id(), values));
    return true;
  }

  private static String said(MetaLeads.Failure failure) {
    return "a lead that Meta gives out with the page's access token; " + failure.getMessage();
  }

  private void later(Arrival arrival, String problem, @Nullable Duration wish) {
    Duration pause = first.multipliedBy(1L << Math.min(arrival.attempts(), MOST_DOUBLINGS));
    Duration shortest = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    Duration waits = wish != null && wish.compareTo(shortest) > 0 ? wish : shortest;
    Instant now = clock.instant();
    transaction.executeWithoutResult(
        status -> {
          integrations.problem(arrival.integration(), problem, now);
          rows.later(
              arrival.id(),
              List.of(Violation.of("provider", null, "an answer; " + problem)),
              now.plus(waits));
        });
  }

  private void refuse(Arrival arrival, Violation problem) {
    transaction.executeWithoutResult(
        status -> {
          integrations.problem(
              arrival.integration(), ArrivalWork.words(List.of(problem)), clock.instant());
          rows.ended(arrival.id(), State.REFUSED, List.of(problem), null);
        });
  }
}
