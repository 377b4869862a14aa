package io.leadloom.platform.vault;

/** A sealed secret cannot be opened; the message says what to do and contains no part of it. */
public final class VaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  VaultException(String message) {
    super(message);
  }
}
