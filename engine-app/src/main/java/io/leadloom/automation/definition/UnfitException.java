package io.leadloom.automation.definition;

/** A run came to a part of its version that no longer fits the account; the message says which and why. */
public final class UnfitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnfitException(String message) {
    super(message);
  }
}
