package io.leadloom.journal.consume;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * What a failed batch means. Errors count like exceptions: an endless recursion, a class that is missing or a broken
 * assertion comes from what the batch holds, and must neither end the thread nor stop the events behind it.
 */
enum Failure {
  /** One of the events cannot be handled: find out which. */
  EVENT,
  /** A deadlock or a lock that took too long: the same again may well succeed. */
  CONFLICT,
  /** No event is to blame and nothing can be done at present: the database is away, or memory is short. */
  LATER;

  /** After so many conflicts in a row the batch is split, which makes conflicts rarer. */
  static final int CONFLICT_TRIES = 5;

  static Failure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CannotCreateTransactionException
          || cause instanceof DataAccessResourceFailureException
          || cause instanceof NonTransientDataAccessResourceException
          || cause instanceof RecoverableDataAccessException
          || cause instanceof OutOfMemoryError) {
        return LATER;
      }
      if (cause instanceof TransientDataAccessException) {
        return CONFLICT;
      }
    }
    return EVENT;
  }

  /** The failure in one line for administrators: the outermost and the innermost message. */
  static String describe(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String outer = line(thrown);
    return root == thrown ? outer : outer + " <- " + line(root);
  }

  private static String line(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
