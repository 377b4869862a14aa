package io.leadloom.platform;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with an input.
 *
 * @param field the field, element or parameter, as the caller knows it ({@code email}, {@code records[3].city})
 * @param value the value that was given, shortened to 200 characters; null when it was missing
 * @param expectation a sentence that says what was expected, in the words of the user
 */
public record Violation(String field, @Nullable String value, String expectation) {

  private static final int SHOWN = 200;

  public Violation {
    if (value != null && value.length() > SHOWN) {
      value = value.substring(0, SHOWN) + "…";
    }
  }

  public static Violation of(String field, @Nullable Object value, String expectation) {
    return new Violation(field, value == null ? null : value.toString(), expectation);
  }
}
