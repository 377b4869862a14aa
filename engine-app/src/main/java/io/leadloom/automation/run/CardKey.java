package io.leadloom.automation.run;

import org.jspecify.annotations.Nullable;

/** Names one visit of one card of one run: {@code run:card:visit}. */
record CardKey(long runId, String card, int visit) {

  /** Returns null when the text is no such key. */
  static @Nullable CardKey parse(String key) {
    int first = key.indexOf(':');
    int last = key.lastIndexOf(':');
    if (first < 0 || first == last) {
      return null;
    }
    try {
      return new CardKey(
          Long.parseLong(key.substring(0, first)),
          key.substring(first + 1, last),
          Integer.parseInt(key.substring(last + 1)));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
