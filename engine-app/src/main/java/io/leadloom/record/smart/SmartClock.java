package io.leadloom.record.smart;

import io.leadloom.platform.tick.Ticking;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Looks several times a second whether records enter or leave lists by time alone: one look-up in an index. */
@Component
class SmartClock extends Ticking {

  private final SmartUpkeep upkeep;

  SmartClock(
      SmartUpkeep upkeep,
      @Value("${leadloom.smart-lists.enabled:true}") boolean enabled,
      @Value("${leadloom.smart-lists.look-every-millis:300}") long everyMillis) {
    super("smart-lists-clock", enabled, everyMillis);
    this.upkeep = upkeep;
  }

  @Override
  protected void look() {
    while (isRunning() && upkeep.due() > 0) {
      // The next page.
    }
  }
}
