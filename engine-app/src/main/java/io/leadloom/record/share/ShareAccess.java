package io.leadloom.record.share;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do with an opportunity that is shared with him (AUT-067, AUT-074). */
public enum ShareAccess {
  /** Open it and what belongs to it. */
  VIEW,
  /** Change it, too. */
  MODIFY;

  /** The lower-case name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ShareAccess> of(String key) {
    return Arrays.stream(values()).filter(access -> access.key().equals(key)).findFirst();
  }
}
