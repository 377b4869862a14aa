package io.leadloom.calendar.web;

import io.leadloom.calendar.time.BusyTimes;
import java.util.List;

/**
 * A calendar that could not be asked, so that it may be busy all the same.
 *
 * @param calendar its name for whoever has it, otherwise its provider
 * @param reason why; for others than its owner in general
 */
record UnaskedJson(String calendar, String reason) {

  static List<UnaskedJson> of(List<BusyTimes.Unasked> unasked, boolean asOwner) {
    return unasked.stream()
        .map(
            one ->
                asOwner
                    ? new UnaskedJson(one.calendar().name(), one.reason())
                    : new UnaskedJson(one.calendar().provider().label(), "It could not be asked"))
        .distinct()
        .toList();
  }
}
