package io.leadloom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest
class LeadloomTestTest {

  @Autowired private Clock clock;
  @Autowired private MutableClock testClock;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transactions;
  @Autowired private TestRestTemplate http;

  @Test
  void theApplicationSeesTheTimeThatTheTestSets() {
    Instant moment = Instant.parse("2026-03-01T10:00:00Z");
    testClock.setTo(moment);
    testClock.advance(Duration.ofHours(4));
    assertThat(clock.instant()).isEqualTo(moment.plus(Duration.ofHours(4)));
  }

  @Test
  void theClockShowsTheRealTimeUntilItIsSet() {
    assertThat(Duration.between(clock.instant(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void textsCompareWithoutLetterCaseButWithAccents() {
    jdbc.execute("create table test_base (name varchar(20))");
    try {
      transactions.executeWithoutResult(
          tx -> jdbc.update("insert into test_base values ('Nîmes')"));
      assertThat(count("nîmes")).isOne();
      assertThat(count("nimes")).isZero();
    } finally {
      jdbc.execute("drop table test_base");
    }
  }

  @Test
  void transactionsReadCommittedRows() {
    Integer isolation =
        jdbc.execute((Connection connection) -> connection.getTransactionIsolation());
    assertThat(isolation).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
  }

  @Test
  void runsOnTheDatabaseThatTheEnvironmentNames() {
    String product =
        jdbc.execute((Connection connection) -> connection.getMetaData().getDatabaseProductName());
    assertThat(product).isEqualTo(TestDatabase.onMySql() ? "MySQL" : "H2");
  }

  @Test
  void theServerAnswersOnItsPort() {
    assertThat(http.getForEntity("/actuator/health", String.class).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  private @Nullable Long count(String name) {
    return jdbc.queryForObject("select count(*) from test_base where name = ?", Long.class, name);
  }
}
