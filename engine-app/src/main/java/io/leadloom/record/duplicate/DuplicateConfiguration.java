package io.leadloom.record.duplicate;

import io.leadloom.platform.JobWorker;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Compares records in the background. */
@Configuration(proxyBeanMethods = false)
class DuplicateConfiguration {

  private static final long REST = Duration.ofMillis(5).toNanos();

  @Bean
  JobWorker duplicateWorker(
      DuplicateWork work,
      MatchRules rules,
      @Value("${leadloom.duplicates.enabled:true}") boolean enabled) {
    JobWorker worker = new JobWorker("duplicates", work::open, id -> page(work, id), enabled);
    rules.onOrder(worker::ring);
    return worker;
  }

  /** Leaves the lock for a moment: who else wants it has no place in a queue on every database. */
  private static boolean page(DuplicateWork work, long rule) {
    boolean more = work.page(rule);
    if (more) {
      LockSupport.parkNanos(REST);
    }
    return more;
  }
}
