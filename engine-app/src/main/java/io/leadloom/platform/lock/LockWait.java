package io.leadloom.platform.lock;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.QueryTimeoutException;

/** Tells a wait for a lock that the database gave up from a lost race, which may be run again at once. */
public final class LockWait {

  /**
   * MySQL's and H2's. Spring takes the first for a lost race, and so does Hibernate the second; without Hibernate H2's
   * wait becomes a {@link QueryTimeoutException}.
   */
  private static final Set<Integer> LOCK_WAIT_TIMEOUTS = Set.of(1205, 50200);

  private LockWait() {}

  /** Whether this is the end of a wait that has taken as long as the database lets anybody wait (10 s). */
  public static boolean ended(Throwable failure) {
    if (failure instanceof QueryTimeoutException) {
      return true;
    }
    // Not the root: below H2's exception is that of its store.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return LOCK_WAIT_TIMEOUTS.contains(sql.getErrorCode());
      }
    }
    return false;
  }
}
