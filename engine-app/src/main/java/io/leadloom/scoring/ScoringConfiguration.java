package io.leadloom.scoring;

import io.leadloom.platform.JobWorker;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Scores all leads in the background. */
@Configuration(proxyBeanMethods = false)
class ScoringConfiguration {

  @Bean
  JobWorker scoringWorker(
      Rescoring rescoring, @Value("${leadloom.scoring.enabled:true}") boolean enabled) {
    JobWorker worker = new JobWorker("scoring", rescoring::open, id -> rescoring.page(), enabled);
    rescoring.onOrder(worker::ring);
    return worker;
  }
}
