package io.leadloom.automation.held;

import io.leadloom.platform.tick.Ticking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks twice a second whether some of what waits may start. */
@Component
class HeldStartClock extends Ticking {

  private static final Logger LOG = LoggerFactory.getLogger(HeldStartClock.class);

  private final HeldStarts starts;

  HeldStartClock(
      HeldStarts starts,
      @Value("${leadloom.automation.timers:true}") boolean enabled,
      @Value("${leadloom.automation.held-starts-every-millis:500}") long everyMillis) {
    super("held-starts", enabled, everyMillis);
    this.starts = starts;
  }

  @Override
  protected void look() {
    boolean more = true;
    while (more && isRunning()) {
      more = false;
      for (long each : starts.imports()) {
        more |= isRunning() && released(each);
      }
    }
  }

  /** Lets one page of an import go; one that fails keeps no other from its turn. */
  private boolean released(long importId) {
    try {
      return starts.release(importId);
    } catch (RuntimeException e) {
      LOG.error("The starts of import {} that wait cannot go on; again in a minute", importId, e);
      starts.putOff(importId);
      return false;
    }
  }
}
