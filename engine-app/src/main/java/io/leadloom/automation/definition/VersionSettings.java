package io.leadloom.automation.definition;

import io.leadloom.automation.trigger.Reentry;
import java.time.ZoneId;
import java.util.List;

/**
 * What is kept beside a version so that it need not be compiled to know when it starts.
 *
 * @param reentry whether it may start again for a record
 * @param timeZone the zone of its days and times of day
 * @param calls the ids of the automations that its cards call
 */
public record VersionSettings(Reentry reentry, ZoneId timeZone, List<Long> calls) {

  public VersionSettings {
    calls = List.copyOf(calls);
  }
}
