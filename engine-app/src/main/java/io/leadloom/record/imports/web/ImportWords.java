package io.leadloom.record.imports.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.imports.Duplicates;
import io.leadloom.record.imports.starts.Starts;
import org.jspecify.annotations.Nullable;

/** Words of requests about imports. */
final class ImportWords {

  private ImportWords() {}

  static RefusedException refused(String place, @Nullable String value, String expectation) {
    return RefusedException.invalid(
        "The file cannot be imported like this", Violation.of(place, value, expectation));
  }

  static @Nullable Character delimiter(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String one = text.equals("\\t") || text.equalsIgnoreCase("tab") ? "\t" : text;
    if (one.length() != 1 || "\"\r\n".contains(one)) {
      throw refused("delimiter", text, "one character such as ; or the word tab");
    }
    return one.charAt(0);
  }

  /** What was said about automations; null for nothing. */
  static @Nullable Starts starts(@Nullable String text, @Nullable Integer perMinute) {
    if (text == null || text.isBlank()) {
      return null;
    }
    Starts.Mode mode =
        Starts.Mode.of(text)
            .orElseThrow(() -> refused("startAutomations", text, "yes, no or throttled"));
    return switch (mode) {
      case YES -> Starts.YES;
      case NO -> Starts.NO;
      case THROTTLED -> Starts.throttled(perMinute(perMinute));
    };
  }

  static int perMinute(@Nullable Integer given) {
    if (given == null || given < 1 || given > Starts.FASTEST) {
      throw refused(
          "perMinute",
          given == null ? null : given.toString(),
          "a whole number from 1 to " + Starts.FASTEST);
    }
    return given;
  }

  static Duplicates duplicates(@Nullable String text) {
    return text == null || text.isBlank()
        ? Duplicates.UPDATE
        : Duplicates.of(text).orElseThrow(() -> refused("duplicates", text, "update or skip"));
  }
}
