package io.leadloom.connectors.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A provider did not take a delivery. The message is for the people who look after Leadloom: it says what happened and
 * never contains a secret.
 */
public final class ConnectorFailure extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 500;

  private final boolean retryable;
  private final @Nullable Duration retryAfter;

  private ConnectorFailure(
      boolean retryable, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message, cause);
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  /** Trying again later may help. */
  public static ConnectorFailure retryable(String message, @Nullable Throwable cause) {
    return new ConnectorFailure(true, message, null, cause);
  }

  /** Trying again helps, but not before the receiver's wish. */
  public static ConnectorFailure retryAfter(String message, @Nullable Duration wish) {
    return new ConnectorFailure(true, message, wish, null);
  }

  /** Trying again with the same content cannot help. */
  public static ConnectorFailure permanent(String message, @Nullable Throwable cause) {
    return new ConnectorFailure(false, message, null, cause);
  }

  public boolean isRetryable() {
    return retryable;
  }

  /** How long the receiver asks to wait; null when it said nothing. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The sentence for people; never null. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "failed" : message;
  }
}
