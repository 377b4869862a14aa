package io.leadloom.record.smart;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who sees a smart list beside its owner (ENG-086). The numbers are stored and never change. */
public enum Sharing {
  PRIVATE(0),
  EVERYONE(1),
  /** Chosen users and everybody with chosen roles. */
  CHOSEN(2);

  private final int code;

  Sharing(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Sharing of(int code) {
    return values()[code];
  }

  /** The name in JSON, for example {@code everyone}. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Sharing> of(String key) {
    return Arrays.stream(values()).filter(sharing -> sharing.key().equals(key)).findFirst();
  }
}
