package io.leadloom.connection.outbox;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Remembers entries of committed transactions, and fails on command. */
class RecordingJournal implements Journal {

  private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  @Override
  public void append(List<JournalEntry> added) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("The journal is told to fail");
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            entries.addAll(added);
          }
        });
  }

  void failNext(int times) {
    failures.set(times);
  }

  List<JournalEntry> of(String key) {
    return entries.stream().filter(entry -> key.equals(entry.detail().get("delivery"))).toList();
  }

  List<JournalEntry> all() {
    return entries;
  }
}
