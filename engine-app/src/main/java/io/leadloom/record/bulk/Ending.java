package io.leadloom.record.bulk;

import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.record.JobEnded;
import io.leadloom.record.bulk.BulkAction.Status;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Ends bulk actions and tells those who made them, unless they are still looking at it. */
@Component
class Ending {

  /** Who sees a result within this time needs no bell. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final BulkRows rows;
  private final AuditTrail trail;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Ending(BulkRows rows, AuditTrail trail, ApplicationEventPublisher events, Clock clock) {
    this.rows = rows;
    this.trail = trail;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Ends a job by itself; part of the transaction of its last page.
   *
   * @param problem why it stopped; null when it came to its end
   */
  void end(BulkAction before, Status status, @Nullable String problem) {
    rows.end(before.id(), status, problem);
    BulkAction job = rows.find(before.id()).orElse(before);
    trail.record(
        AuditEvent.of("bulk-action.ended", "bulk action", job.id(), job.name())
            .fact("operation", job.operation())
            .fact("succeeded", job.succeeded())
            .fact("failed", job.failed())
            .fact("problem", problem)
            .by(AuditActor.system("bulk action " + job.id())));
    boolean quick = clock.instant().isBefore(job.createdAt().plus(AT_ONCE));
    if (!quick || job.failed() > 0 || problem != null) {
      events.publishEvent(
          new JobEnded(job.createdBy(), job.name(), text(job), "/jobs/" + job.id()));
    }
  }

  private static String text(BulkAction job) {
    String counts =
        job.succeeded() + " of " + job.total() + " succeeded, " + job.failed() + " failed";
    return job.problem() == null ? counts : job.problem() + ". " + counts;
  }
}
