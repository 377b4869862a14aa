package io.leadloom.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Durability for H2, which keeps commits in memory for up to its write delay: one caller has the database write its
 * store, and all who arrived before it began are served by that. About once a second the disk's own cache is emptied too,
 * which takes several times as long; so a power failure can take back the last second, the end of the process nothing.
 */
final class SharedCheckpoints implements Durability {

  private static final String CHECKPOINT = "checkpoint";
  private static final String CHECKPOINT_AND_SYNC = "checkpoint sync";
  private static final long SYNC_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DataSource dataSource;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final AtomicLong arrived = new AtomicLong();
  private long served;
  private long synced = System.nanoTime();

  SharedCheckpoints(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void await() {
    long own = arrived.incrementAndGet();
    lock.lock();
    try {
      if (served < own) {
        long upTo = arrived.get();
        checkpoint();
        served = upTo;
      }
    } finally {
      lock.unlock();
    }
  }

  private void checkpoint() {
    long now = System.nanoTime();
    boolean sync = now - synced > SYNC_EVERY_NANOS;
    String order = sync ? CHECKPOINT_AND_SYNC : CHECKPOINT;
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(order);
    } catch (SQLException e) {
      throw new UncategorizedSQLException("writing the database to disk", order, e);
    }
    synced = sync ? now : synced;
  }
}
