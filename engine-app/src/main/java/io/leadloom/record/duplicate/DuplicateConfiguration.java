package io.leadloom.record.duplicate;

import io.leadloom.platform.JobWorker;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Compares records in the background. */
@Configuration(proxyBeanMethods = false)
class DuplicateConfiguration {

  @Bean
  JobWorker duplicateWorker(
      DuplicateWork work,
      MatchRules rules,
      @Value("${leadloom.duplicates.enabled:true}") boolean enabled) {
    JobWorker worker = new JobWorker("duplicates", work::open, work::page, enabled);
    rules.onOrder(worker::ring);
    return worker;
  }
}
