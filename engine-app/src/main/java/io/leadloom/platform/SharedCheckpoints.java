package io.leadloom.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Durability for H2, which keeps commits in memory for up to its write delay: one caller has the database write its
 * store, and all who arrived before it began are served by that.
 */
final class SharedCheckpoints implements Durability {

  private static final String CHECKPOINT = "checkpoint sync";

  private final DataSource dataSource;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final AtomicLong arrived = new AtomicLong();
  private long served;

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
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(CHECKPOINT);
    } catch (SQLException e) {
      throw new UncategorizedSQLException("writing the database to disk", CHECKPOINT, e);
    }
  }
}
