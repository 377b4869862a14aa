package io.leadloom.journal.consume;

import io.leadloom.journal.log.JournalRows;
import io.leadloom.platform.BatchedRows;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables behind the consumers, and the transactions in which they change together. */
record JournalStore(
    JdbcTemplate jdbc,
    TransactionTemplate transaction,
    JournalRows rows,
    Cursors cursors,
    ParkedRows parked) {

  static JournalStore on(
      JdbcTemplate jdbc, BatchedRows batched, PlatformTransactionManager transactions) {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    return new JournalStore(
        jdbc,
        transaction,
        new JournalRows(jdbc, batched),
        new Cursors(jdbc, transaction),
        new ParkedRows(jdbc));
  }
}
