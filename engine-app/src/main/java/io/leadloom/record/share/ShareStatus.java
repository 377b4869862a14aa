package io.leadloom.record.share;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a share that somebody asked for; it says nothing about whether its time is over (AUT-083, AUT-D05). */
public enum ShareStatus {
  /** Asked for, and not written yet. */
  PROCESSING,
  COMPLETED,
  /** It gave no access; the reason is kept. */
  FAILED;

  /** The lower-case name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number in stored rows; it never changes. */
  int code() {
    return ordinal() + 1;
  }

  static ShareStatus ofCode(int code) {
    return values()[code - 1];
  }

  public static Optional<ShareStatus> of(String key) {
    return Arrays.stream(values()).filter(status -> status.key().equals(key)).findFirst();
  }
}
