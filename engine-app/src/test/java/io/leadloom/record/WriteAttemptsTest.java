package io.leadloom.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class WriteAttemptsTest {

  private final Transactions transactions = new Transactions();
  private final WriteAttempts attempts = new WriteAttempts(transactions);
  private final AtomicInteger tried = new AtomicInteger();

  private Supplier<String> failing(int times, RuntimeException failure) {
    return () -> {
      if (tried.incrementAndGet() <= times) {
        throw failure;
      }
      return "done";
    };
  }

  @Test
  void whoLostARaceTriesAgainInATransactionOfItsOwn() {
    assertThat(attempts.run(failing(3, new CannotAcquireLockException("deadlock"))))
        .isEqualTo("done");
    assertThat(attempts.run(failing(5, new DuplicateKeyException("both made it"))))
        .isEqualTo("done");
    assertThat(transactions.rolledBack).hasValue(4);
    assertThat(transactions.committed).hasValue(2);
  }

  @Test
  void whoWaitedInVainForALockTriesOnceMore() {
    assertThat(attempts.run(failing(1, new QueryTimeoutException("lock")))).isEqualTo("done");
    tried.set(0);
    assertThatThrownBy(() -> attempts.run(failing(9, new QueryTimeoutException("lock"))))
        .isInstanceOf(QueryTimeoutException.class);
    assertThat(tried).hasValue(2);
    tried.set(0);
    RuntimeException onMySql =
        new CannotAcquireLockException(
            "lock", new SQLException("Lock wait timeout exceeded", "40001", 1205));
    assertThatThrownBy(() -> attempts.run(failing(9, onMySql))).isSameAs(onMySql);
    assertThat(tried).hasValue(2);
  }

  @Test
  void whatIsWrongStaysWrong() {
    assertThatThrownBy(() -> attempts.run(failing(1, new IllegalArgumentException("wrong"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(tried).hasValue(1);
  }

  /** Counts. */
  private static final class Transactions extends AbstractPlatformTransactionManager {
    final AtomicInteger committed = new AtomicInteger();
    final AtomicInteger rolledBack = new AtomicInteger();

    @Override
    protected Object doGetTransaction() {
      return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
      committed.incrementAndGet();
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
      rolledBack.incrementAndGet();
    }
  }
}
