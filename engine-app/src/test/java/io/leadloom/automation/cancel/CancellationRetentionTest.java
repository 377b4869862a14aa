package io.leadloom.automation.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Ids;
import io.leadloom.platform.JobStatus;
import io.leadloom.platform.Utc;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs that cancelled runs go after their time; one that is under way stays however old it is. */
@LeadloomTest
class CancellationRetentionTest {

  @Autowired private Cancellations cancellations;
  @Autowired private CancellationRetention retention;
  @Autowired private Ids ids;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private MutableClock clock;

  private void job(long automation, JobStatus status, @Nullable Instant endedAt) {
    transaction.executeWithoutResult(
        done ->
            jdbc.update(
                "insert into run_cancellation (id, automation_id, version_id, number, status, requested_by,"
                    + " requested_at, ended_at, cancelled, failed, last_id, found)"
                    + " values (?, ?, 1, 1, ?, 'Asha', ?, ?, 0, 0, 0, 0)",
                ids.next("run_cancellation"),
                automation,
                status.code(),
                Utc.column(clock.instant().minus(Duration.ofDays(200))),
                Utc.column(endedAt)));
  }

  @Test
  void endedJobsAreDeletedNinetyDaysAfterTheirEnd() {
    long automation = ids.next("automation");
    Instant now = clock.instant();
    job(automation, JobStatus.DONE, now.minus(Duration.ofDays(91)));
    job(automation, JobStatus.CANCELLED, now.minus(Duration.ofDays(91)));
    job(automation, JobStatus.DONE, now.minus(Duration.ofDays(89)));
    assertThat(retention.run()).isGreaterThanOrEqualTo(2);
    assertThat(cancellations.of(automation))
        .extracting(Cancellation::status)
        .isEqualTo(List.of(JobStatus.DONE));
  }

  @Test
  void aJobUnderWayIsNotOld() {
    long automation = ids.next("automation");
    job(automation, JobStatus.RUNNING, null);
    clock.advance(Duration.ofDays(365));
    retention.run();
    assertThat(cancellations.of(automation)).hasSize(1);
  }
}
