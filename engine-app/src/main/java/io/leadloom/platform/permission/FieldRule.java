package io.leadloom.platform.permission;

import java.util.Arrays;
import java.util.Optional;

/** How a field of a kind of record is kept back. */
public enum FieldRule {
  /** It is as if it were not there. */
  HIDDEN("hidden"),
  /** It is shown and cannot be written. */
  READ_ONLY("readOnly"),
  /** Nothing is kept back: the exception of one user from the templates. */
  OPEN("open");

  private final String key;

  FieldRule(String key) {
    this.key = key;
  }

  /** The name in JSON, for example {@code readOnly}. */
  public String key() {
    return key;
  }

  public static Optional<FieldRule> of(String key) {
    return Arrays.stream(values()).filter(rule -> rule.key.equals(key)).findFirst();
  }
}
