package io.leadloom.automation.definition;

import io.leadloom.automation.trigger.Reentry;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept beside a version so that it need not be compiled to know when it starts.
 *
 * @param reentry whether it may start again for a record
 * @param timeZone the zone of its days and times of day; null for that of the account, whatever it is then
 * @param calls the ids of the automations that its cards call
 */
public record VersionSettings(Reentry reentry, @Nullable ZoneId timeZone, List<Long> calls) {

  public VersionSettings {
    calls = List.copyOf(calls);
  }

  /** The zone that counts while the account has this one. */
  ZoneId zone(ZoneId account) {
    return timeZone == null ? account : timeZone;
  }
}
