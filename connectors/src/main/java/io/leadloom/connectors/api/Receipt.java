package io.leadloom.connectors.api;

import org.jspecify.annotations.Nullable;

/**
 * The provider took a delivery.
 *
 * @param response what it answered, as JSON; null when there was no answer, or it was not JSON or too long to keep
 * @param shown whether nothing left the house and the message is to be shown in the Mailbox instead
 */
public record Receipt(@Nullable String response, boolean shown) {

  /** Taken, with no answer worth keeping. */
  public static final Receipt TAKEN = new Receipt(null, false);

  /** Taken by a provider that sends nothing: the Mailbox shows the message. */
  public static final Receipt SHOWN = new Receipt(null, true);
}
