package io.leadloom.platform.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leadloom.automation.Bpmn;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.support.TransactionTemplate;

/** A wait that the database has given up, as it comes through Spring's templates and through Hibernate. */
@LeadloomTest
class LockWaitTest {

  @Autowired private JdbcTemplate jdbc;
  @Autowired private EntityManager entities;
  @Autowired private TransactionTemplate transaction;
  @Autowired private Publishing publishing;

  private void patience(boolean usual) {
    jdbc.execute(
        TestDatabase.onMySql()
            ? "set session innodb_lock_wait_timeout = " + (usual ? 10 : 1)
            : "set lock_timeout " + (usual ? 10_000 : 100));
  }

  private DataAccessException waitingInVain(long id, Runnable work) {
    return transaction.execute(
        held -> {
          jdbc.queryForObject("select id from automation where id = ? for update", Long.class, id);
          return CompletableFuture.supplyAsync(
                  () ->
                      transaction.execute(
                          status -> {
                            patience(false);
                            try {
                              return catchThrowableOfType(DataAccessException.class, work::run);
                            } finally {
                              patience(true);
                              status.setRollbackOnly();
                            }
                          }))
              .join();
        });
  }

  @Test
  void itIsKnownWhicheverWayItComes() {
    long id =
        publishing
            .create(
                null,
                null,
                Bpmn.automation("held-" + UUID.randomUUID())
                    .trigger("{\"type\":\"lead.created\"}")
                    .end("done")
                    .path("start", "done")
                    .xml())
            .id();
    DataAccessException plain =
        waitingInVain(id, () -> jdbc.update("update automation set name = name where id = ?", id));
    assertThat(LockWait.ended(plain)).as("%s", plain).isTrue();
    DataAccessException byHibernate = waitingInVain(id, () -> lock(id));
    assertThat(LockWait.ended(byHibernate)).as("%s", byHibernate).isTrue();
  }

  private void lock(long id) {
    try {
      entities
          .createQuery("select a from Automation a where a.id = :id")
          .setParameter("id", id)
          .setLockMode(LockModeType.PESSIMISTIC_WRITE)
          .getResultList();
    } catch (PersistenceException e) {
      throw new HibernateJpaDialect().translateExceptionIfPossible(e);
    }
  }
}
