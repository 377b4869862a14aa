package io.leadloom.source;

import io.leadloom.platform.rate.Rates;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many deliveries are taken a minute: to one integration, of these from the network of one visitor, and from one network
 * to none at all, so that addresses are not guessed.
 */
@Component
class ArrivalRates {

  static final int OF_INTEGRATION = 600;
  static final int OF_VISITOR = 120;
  static final int OF_STRANGER = 60;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Rates rates = new Rates();

  /** Takes one, unless there are too many. */
  boolean take(@Nullable Long integration, String address) {
    return integration == null
        ? rates.take("a " + Rates.network(address), OF_STRANGER, MINUTE)
        : rates.take("i " + integration, OF_INTEGRATION, MINUTE);
  }

  /** Takes one of a visitor, so that a single one does not use up what the integration takes of all. */
  boolean takeOf(long integration, String visitor) {
    return rates.take("v " + integration + " " + Rates.network(visitor), OF_VISITOR, MINUTE)
        && take(integration, visitor);
  }
}
