package io.leadloom.record.store;

import io.leadloom.platform.RecordRef;
import org.springframework.dao.OptimisticLockingFailureException;

/** Somebody else changed a record between reading and writing it: the whole transaction has to be done again. */
public class StaleRecordException extends OptimisticLockingFailureException {

  private static final long serialVersionUID = 1L;

  public StaleRecordException(RecordRef first, int among) {
    super(
        among == 1
            ? first + " was changed in the meantime"
            : "One of " + among + " records from " + first + " on was changed in the meantime");
  }
}
