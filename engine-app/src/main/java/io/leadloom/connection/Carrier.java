package io.leadloom.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes the deliveries of a channel whose way out another room knows, such as entries of calendars. They wait, are tried
 * again and are given up as all deliveries are.
 */
public interface Carrier {

  /** The channel that it serves, and nobody else. */
  Deliveries.Channel channel();

  /**
   * Does what the delivery says, on a thread of the outbox and outside of a transaction. It is called again with the same
   * key and body when a node dies meanwhile.
   *
   * @throws NotCarried when it could not be done
   */
  void carry(String key, String body) throws NotCarried;

  /** It was not done. The message is for the people who look after Leadloom and never contains a secret. */
  final class NotCarried extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final @Nullable Duration wish;

    /**
     * A failure.
     *
     * @param retryable whether trying again later may help
     * @param wish how long to wait at least; null for as usual
     */
    public NotCarried(String message, boolean retryable, @Nullable Duration wish) {
      super(message);
      this.retryable = retryable;
      this.wish = wish;
    }

    public boolean retryable() {
      return retryable;
    }

    public @Nullable Duration wish() {
      return wish;
    }
  }
}
