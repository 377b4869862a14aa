package io.leadloom.platform.lock;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.QueryTimeoutException;

/** Tells a wait for a lock that the database gave up from a lost race, which may be run again at once. */
public final class LockWait {

  /** MySQL's code, which Spring takes for a lost race; H2's wait becomes a {@link QueryTimeoutException}. */
  private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;

  private LockWait() {}

  /** Whether this is the end of a wait that has taken as long as the database lets anybody wait (10 s). */
  public static boolean ended(Throwable failure) {
    return failure instanceof QueryTimeoutException
        || (NestedExceptionUtils.getRootCause(failure) instanceof SQLException sql
            && sql.getErrorCode() == MYSQL_LOCK_WAIT_TIMEOUT);
  }
}
