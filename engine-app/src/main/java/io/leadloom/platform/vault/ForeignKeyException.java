package io.leadloom.platform.vault;

/** This node's secret key is not the one that the installation's secrets were sealed with. */
final class ForeignKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ForeignKeyException(String message) {
    super(message);
  }
}
