package io.leadloom.record.duplicate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule compares. The numbers are stored and never change. */
public enum MatchKind {
  /** The delivered phone numbers in international form. */
  PHONE(1),
  /** The delivered e-mail address without letter case and outer spaces. */
  EMAIL(2),
  /** One field, normalised by its type. */
  FIELD(3),
  /** Names and companies that are like each other, see {@link Likeness}. */
  NAME(4);

  private final int code;

  MatchKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static MatchKind ofCode(int code) {
    return values()[code - 1];
  }

  /** The name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MatchKind> of(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }
}
