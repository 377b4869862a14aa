package io.leadloom.record;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stands in for the journal: remembers the entries of committed transactions. */
@Primary
public class RecordingJournal implements Journal {

  private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();

  @Override
  public void append(List<JournalEntry> added) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            entries.addAll(added);
          }
        });
  }

  public void clear() {
    entries.clear();
  }

  public List<JournalEntry> entries() {
    return entries;
  }

  public List<JournalKind> kinds() {
    return entries.stream().map(JournalEntry::kind).toList();
  }
}
