package io.leadloom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.leadloom.testing.LeadloomTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@LeadloomTest
class HousekeepingTest {

  @Autowired private SchedulerClient scheduler;
  @Autowired private JdbcTemplate jdbc;

  @Test
  void aScheduledTaskIsCommittedAndReadsBackAtTheSameTime() {
    Instant due = Instant.parse("2099-12-31T23:30:00Z");
    TaskInstance<Void> task = new TaskInstance<>("housekeeping-test", "one");
    scheduler.schedule(task, due);

    assertThat(rows()).isOne();
    assertThat(scheduler.getScheduledExecution(task))
        .hasValueSatisfying(found -> assertThat(found.getExecutionTime()).isEqualTo(due));

    scheduler.cancel(task);
    assertThat(rows()).isZero();
  }

  private Long rows() {
    return jdbc.queryForObject(
        "select count(*) from scheduled_tasks where task_name = 'housekeeping-test'", Long.class);
  }
}
