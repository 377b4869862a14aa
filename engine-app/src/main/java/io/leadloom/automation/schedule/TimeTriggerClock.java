package io.leadloom.automation.schedule;

import io.leadloom.platform.tick.Ticking;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks every few seconds whether a trigger of time has something to do. */
@Component
class TimeTriggerClock extends Ticking {

  private final TimeTriggers triggers;

  TimeTriggerClock(
      TimeTriggers triggers,
      @Value("${leadloom.automation.timers:true}") boolean enabled,
      @Value("${leadloom.automation.time-triggers-every-millis:5000}") long everyMillis) {
    super("time-triggers", enabled, everyMillis);
    this.triggers = triggers;
  }

  @Override
  protected void look() {
    triggers.look();
  }
}
