package io.leadloom.calendar.outside;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider did not do what it was asked. The message is for people and never contains a token. */
public final class OutsideFailure extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 300;

  /** What kind of failure it is, and so what helps. */
  public enum Kind {
    /** The consent of the user has ended: the account has to be connected again. */
    CONSENT,
    /** What was asked about is not there any more. */
    GONE,
    /** It is there already. */
    EXISTS,
    /** Trying again later may help. */
    LATER,
    /** Trying again cannot help. */
    REFUSED
  }

  private final Kind kind;
  private final @Nullable Duration wish;

  public OutsideFailure(Kind kind, String message, @Nullable Duration wish) {
    super(message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message);
    this.kind = kind;
    this.wish = wish;
  }

  public OutsideFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }

  /** How long the provider asks to wait; null when it said nothing. */
  public @Nullable Duration wish() {
    return wish;
  }

  /** The sentence for people; never null. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "failed" : message;
  }
}
