package io.leadloom.identity;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The version of what the directory holds. */
@Component
class DirectoryState implements StaffState {

  private final Directory directory;
  private final StaffRows rows;

  DirectoryState(Directory directory, StaffRows rows) {
    this.directory = directory;
    this.rows = rows;
  }

  @Override
  public long version() {
    return directory.version();
  }

  @Override
  public void changing() {
    rows.lock();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            directory.changed();
          }
        });
  }
}
