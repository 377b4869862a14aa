package io.leadloom.record.imports;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a row whose record is there already. */
public enum Duplicates {
  /** Its cells that are not blank overwrite what the record has (LEAD-072). */
  UPDATE,
  /** The record stays untouched, and the row is named in the result (LEAD-071). */
  SKIP;

  /** The name in JSON and in the database. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this name. */
  public static Optional<Duplicates> of(String key) {
    for (Duplicates one : values()) {
      if (one.key().equals(key)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
