package io.leadloom.platform.permission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose records a permission reaches (VOC-013). */
public enum Reach {
  NONE,
  /** The user's own. */
  OWN,
  /** Those of the members of the user's teams. */
  TEAM,
  /** Those of the user and of everybody below in the hierarchy. */
  HIERARCHY,
  /** Everybody's, and what nobody owns. */
  ALL;

  /** The lower-case name in JSON, for example {@code own}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Reach> of(String key) {
    return Arrays.stream(values()).filter(reach -> reach.key().equals(key)).findFirst();
  }
}
