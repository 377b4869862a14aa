package io.leadloom.journal.log;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.platform.BatchedRows;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The journal in the database. Entries are written last before the commit, because from then on the transaction holds
 * the locks on the partitions' next sequences that make the order of sequences the order of commits.
 */
public final class PartitionedJournal implements Journal {

  private final JdbcTemplate jdbc;
  private final JournalRows rows;
  private final @Nullable EntityManager entityManager;
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

  /** Learns what was committed. */
  public interface CommitListener {

    /** Called after a commit of this node, with the last sequence of each partition, 0 where nothing was added. */
    void committed(long[] ends);
  }

  public PartitionedJournal(
      JdbcTemplate jdbc, BatchedRows batched, @Nullable EntityManager entityManager) {
    this.jdbc = jdbc;
    this.rows = new JournalRows(jdbc, batched);
    this.entityManager = entityManager;
  }

  public void listen(CommitListener listener) {
    listeners.add(listener);
  }

  public void forget(CommitListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void append(List<JournalEntry> entries) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()
        || !TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("The journal can only be written inside a transaction");
    }
    if (entries.isEmpty()) {
      return;
    }
    Pending pending = (Pending) TransactionSynchronizationManager.getResource(this);
    if (pending == null) {
      pending = new Pending();
      TransactionSynchronizationManager.bindResource(this, pending);
      TransactionSynchronizationManager.registerSynchronization(pending);
    }
    pending.add(entries);
  }

  private long[] write(List<JournalEntry> entries) {
    int[] partitions = new int[entries.size()];
    int[] counts = new int[Places.PARTITIONS];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = Places.partition(entries.get(i).root());
      counts[partitions[i]]++;
    }
    long[] next = lock(counts);
    List<JournalEvent> events = new ArrayList<>(entries.size());
    for (int i = 0; i < partitions.length; i++) {
      events.add(new JournalEvent(partitions[i], next[partitions[i]]++, entries.get(i)));
    }
    advance(counts);
    rows.insert(events);
    for (int i = 0; i < next.length; i++) {
      next[i] = counts[i] == 0 ? 0 : next[i] - 1;
    }
    return next;
  }

  /** Locks the touched partitions, in ascending order so that two writers cannot block each other for ever. */
  private long[] lock(int[] counts) {
    Object[] touched = touched(counts);
    long[] next = new long[Places.PARTITIONS];
    jdbc.query(
        "select id, next_seq from journal_partition where id in ("
            + marks(touched.length)
            + ") order by id for update",
        row -> {
          next[row.getInt(1)] = row.getLong(2);
        },
        touched);
    return next;
  }

  private void advance(int[] counts) {
    Object[] touched = touched(counts);
    List<Object> arguments = new ArrayList<>();
    for (Object id : touched) {
      arguments.add(id);
      arguments.add(counts[(Integer) id]);
    }
    Collections.addAll(arguments, touched);
    jdbc.update(
        "update journal_partition set next_seq = next_seq + case id"
            + " when ? then ?".repeat(touched.length)
            + " else 0 end where id in ("
            + marks(touched.length)
            + ")",
        arguments.toArray());
  }

  private static Object[] touched(int[] counts) {
    List<Object> touched = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        touched.add(i);
      }
    }
    // The same partition again changes nothing.
    for (int missing = Places.filledUp(touched.size()) - touched.size(); missing > 0; missing--) {
      touched.add(touched.get(0));
    }
    return touched.toArray();
  }

  private static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  /** The entries of one transaction. */
  private final class Pending implements TransactionSynchronization, Ordered {

    private final List<JournalEntry> entries = new ArrayList<>();
    private long[] ends = new long[Places.PARTITIONS];
    private boolean written;

    void add(List<JournalEntry> more) {
      if (written) {
        throw new IllegalStateException("The transaction's entries are written already");
      }
      entries.addAll(more);
    }

    /** Last but for the audit trail, so that everybody takes the locks of both in one order. */
    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(PartitionedJournal.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(PartitionedJournal.this, this);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      if (entityManager != null && entityManager.isJoinedToTransaction()) {
        entityManager.flush();
      }
      written = true;
      ends = write(entries);
    }

    @Override
    public void beforeCompletion() {
      TransactionSynchronizationManager.unbindResourceIfPossible(PartitionedJournal.this);
    }

    @Override
    public void afterCommit() {
      for (CommitListener listener : listeners) {
        listener.committed(ends);
      }
    }
  }
}
