package io.leadloom.platform.permission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done to the things of a {@link Section}. */
public enum Action {
  VIEW,
  CREATE,
  EDIT,
  /** Putting into the trash and taking out of it. */
  DELETE,
  EXPORT,
  IMPORT,
  /** Changing many with one call. */
  BULK,
  /** Giving to others: the reach says to whom. */
  SHARE;

  /** The lower-case name in JSON, for example {@code view}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Action> of(String key) {
    return Arrays.stream(values()).filter(action -> action.key().equals(key)).findFirst();
  }
}
