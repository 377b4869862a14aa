package io.leadloom.record.bulk;

import io.leadloom.platform.JobWorker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A test that does the workers' work itself, on leads of a city of its own. */
abstract class BulkByHand {

  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transactions;

  @Autowired
  @Qualifier("bulkWorker")
  private JobWorker worker;

  @Autowired
  @Qualifier("secondBulkWorker")
  private JobWorker secondWorker;

  String city = "";

  @BeforeEach
  void workByHand() {
    city = Office.city();
    worker.stop();
    secondWorker.stop();
  }

  @AfterEach
  void workAgain() {
    transactions.executeWithoutResult(
        status -> {
          jdbc.update("delete from leads where city like ?", city + "%");
          jdbc.update("update bulk_action set status = 4 where status < 3");
        });
    worker.start();
    secondWorker.start();
  }
}
