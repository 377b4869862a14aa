package io.leadloom.platform;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Does something once the current transaction has committed, and not when it is rolled back. */
public final class AfterCommit {

  private AfterCommit() {}

  /**
   * @throws IllegalStateException outside of a transaction
   */
  public static void run(Runnable work) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            work.run();
          }
        });
  }
}
