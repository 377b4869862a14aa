package io.leadloom.process;

/** The stored state of a run cannot be read: damaged, of another process version, or written by a newer engine. */
public final class RunStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunStateException(String message) {
    super(message);
  }
}
