package io.leadloom.record;

import io.leadloom.platform.lock.LockWait;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Does work in a transaction of its own, again when another transaction was faster. */
public final class WriteAttempts {

  private static final int MOST = 8;

  /** Who waited for a lock until the database gave up has waited long already. */
  private static final int MOST_AFTER_WAITING = 2;

  private final TransactionTemplate transaction;

  public WriteAttempts(PlatformTransactionManager transactions) {
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Inside a transaction of the caller nothing can be tried again: then the caller gets the exception. */
  public <T> T run(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(work);
      } catch (ConcurrencyFailureException | DuplicateKeyException | QueryTimeoutException e) {
        if (attempt >= (LockWait.ended(e) ? MOST_AFTER_WAITING : MOST)) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private <T> T attempt(Supplier<T> work) {
    T result = transaction.execute(status -> work.get());
    if (result == null) {
      throw new IllegalStateException("The transaction gave no result");
    }
    return result;
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1L << attempt) + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting to write again", e);
    }
  }
}
