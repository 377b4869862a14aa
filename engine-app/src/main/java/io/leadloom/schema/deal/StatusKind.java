package io.leadloom.schema.deal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The four kinds of status of an opportunity, by which all rules and figures go (REV-012). */
public enum StatusKind {
  OPEN,
  WON,
  LOST,
  DISQUALIFIED;

  /** The lower-case name in JSON and in rows. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether an opportunity with it is at its end (REV-013). */
  public boolean closed() {
    return this != OPEN;
  }

  public static Optional<StatusKind> of(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }
}
