package io.leadloom.schema;

import org.jspecify.annotations.Nullable;

/** What became of a value that was given for a field. */
public sealed interface Converted {

  /** It fits; null means empty. */
  record Value(@Nullable Object value) implements Converted {}

  /**
   * It does not fit.
   *
   * @param expectation a sentence that says what was expected, in the words of the user
   */
  record Wrong(String expectation) implements Converted {}

  /** An empty value. */
  Value EMPTY = new Value(null);

  static Converted of(@Nullable Object value) {
    return value == null ? EMPTY : new Value(value);
  }
}
