package io.leadloom.record.imports.file;

/** A file, or the rest of it, cannot be read as a table; the message says why in the words of the user. */
public class UnreadableFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableFileException(String message) {
    super(message);
  }

  public UnreadableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
