package io.leadloom.record.handover;

import io.leadloom.platform.JobWorker;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Works off hand-overs in the background. */
@Configuration(proxyBeanMethods = false)
class HandOverConfiguration {

  @Bean
  JobWorker handOverWorker(
      HandOvers handOvers, @Value("${leadloom.hand-overs.enabled:true}") boolean enabled) {
    JobWorker worker = new JobWorker("hand-overs", handOvers::open, handOvers::page, enabled);
    handOvers.onOrder(worker::ring);
    return worker;
  }
}
