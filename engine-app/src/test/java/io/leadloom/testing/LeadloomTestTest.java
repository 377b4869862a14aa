package io.leadloom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest
class LeadloomTestTest {

  @Autowired private Clock clock;
  @Autowired private MutableClock testClock;
  @Autowired private JdbcTemplate jdbc;
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
    assertThat(Duration.between(clock.instant(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void textsCompareWithoutLetterCaseAndWritersSeeOnlyCommittedRows() {
    jdbc.execute("create table test_base (name varchar(20))");
    try {
      assertThat(jdbc.queryForObject("select count(*) from test_base where name = 'x'", Long.class)).isZero();
      Integer isolation = jdbc.execute((java.sql.Connection connection) -> connection.getTransactionIsolation());
      assertThat(isolation).isEqualTo(java.sql.Connection.TRANSACTION_READ_COMMITTED);
    } finally {
      jdbc.execute("drop table test_base");
    }
  }

  @Test
  void theServerAnswersOnItsPort() {
    assertThat(http.getForEntity("/actuator/health", String.class).getStatusCode()).isEqualTo(HttpStatus.OK);
  }
}
