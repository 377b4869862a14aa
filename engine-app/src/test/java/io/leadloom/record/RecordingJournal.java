package io.leadloom.record;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stands before the journal and remembers the entries of committed transactions. */
@Primary
public class RecordingJournal implements Journal {

  private final Journal journal;
  private final List<JournalEntry> entries = new CopyOnWriteArrayList<>();

  RecordingJournal(@Qualifier("journal") Journal journal) {
    this.journal = journal;
  }

  @Override
  public void append(List<JournalEntry> added) {
    journal.append(added);
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
