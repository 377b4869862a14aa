package io.leadloom.record.imports.web;

import io.leadloom.record.ImportStarts.Figures;
import java.util.Locale;

/**
 * How it stands with the automations that an import starts so many a minute.
 *
 * @param state held, open or dropped: so many a minute, as fast as they come, or none any more
 * @param waiting how many have yet to start
 * @param dropped how many never will
 */
record StartsAnswer(String state, int perMinute, long waiting, long started, long dropped) {

  static StartsAnswer of(Figures figures) {
    return new StartsAnswer(
        figures.state().name().toLowerCase(Locale.ROOT),
        figures.perMinute(),
        figures.waiting(),
        figures.started(),
        figures.dropped());
  }
}
