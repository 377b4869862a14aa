package io.leadloom.automation.notice;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.JobEnded;
import java.time.Clock;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Rings the bell of whoever ordered a job when it has ended; part of the transaction that ends it. */
@Component
class JobNotices {

  private final Notices notices;
  private final LiveUpdates updates;
  private final Clock clock;

  JobNotices(Notices notices, LiveUpdates updates, Clock clock) {
    this.notices = notices;
    this.updates = updates;
    this.clock = clock;
  }

  @EventListener
  void ended(JobEnded job) {
    Long user = job.userId();
    if (user != null) {
      notices.write(
          List.of(Notices.New.ofPlace(user, job.subject(), job.text(), job.place())),
          clock.instant());
      AfterCommit.run(() -> updates.publish("notice.created", user));
    }
  }
}
