package io.leadloom.record.smart;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Database;
import io.leadloom.platform.Utc;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The clock of the smart lists looks several times a second, however many members no time moves (decision 33). */
@LeadloomTest
class DueMembersTest {

  @Autowired JdbcTemplate jdbc;
  @Autowired MutableClock clock;

  @Test
  void whatIsDueIsFoundWithoutReadingWhatNeverIs() {
    long list = 8_000_000_000_000L;
    for (int i = 0; i < 500; i++) {
      jdbc.update(
          "insert into smart_member (record_id, list_id, is_member, due_at) values (?, ?, false, null)",
          list + i,
          list);
    }
    try {
      String plan =
          jdbc.queryForObject(
              (isH2() ? "explain analyze select record_id" : "explain format=json select record_id")
                  + SmartUpkeep.DUE
                  + " limit 1",
              String.class,
              Utc.FIRST,
              Utc.column(clock.instant().minus(Duration.ofDays(9_000))));
      if (isH2()) {
        assertThat(plan).containsPattern("scanCount: [1-9]\\b");
      } else {
        assertThat(plan).contains("smart_member_due").contains("range");
      }
    } finally {
      jdbc.update("delete from smart_member where list_id = ?", list);
    }
  }

  private boolean isH2() {
    return jdbc.execute((ConnectionCallback<Database>) Database::of) == Database.H2;
  }
}
