package io.leadloom.scoring.site;

import io.leadloom.platform.rate.Rates;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How many page views are taken from one network and for one website a minute, and from one browser an hour: a lead's
 * history is not filled by whoever calls again and again.
 */
@Component
class ViewRates {

  static final int OF_ADDRESS = 120;
  static final int OF_SITE = 6_000;
  static final int OF_VISITOR = 200;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Rates rates = new Rates();

  /** Takes one page view, unless there are too many. */
  boolean take(String code, String address, String visitor) {
    return rates.take("a " + Rates.network(address), OF_ADDRESS, MINUTE)
        && rates.take("v " + code + " " + visitor, OF_VISITOR, HOUR)
        && rates.take("s " + code, OF_SITE, MINUTE);
  }
}
