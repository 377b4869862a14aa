package io.leadloom.automation.held;

import io.leadloom.platform.tick.Ticking;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks twice a second whether some of what waits may start. */
@Component
class HeldStartClock extends Ticking {

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
    for (long each : starts.imports()) {
      boolean more = true;
      while (more && isRunning()) {
        more = starts.release(each);
      }
    }
  }
}
