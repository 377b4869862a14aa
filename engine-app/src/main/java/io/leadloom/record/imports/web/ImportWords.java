package io.leadloom.record.imports.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.imports.Duplicates;
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

  static Duplicates duplicates(@Nullable String text) {
    return text == null || text.isBlank()
        ? Duplicates.UPDATE
        : Duplicates.of(text).orElseThrow(() -> refused("duplicates", text, "update or skip"));
  }
}
