package io.leadloom.record.smart;

import io.leadloom.platform.JobWorker;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Fills and empties live lists in the background. */
@Configuration(proxyBeanMethods = false)
class SmartListConfiguration {

  @Bean
  JobWorker smartListWorker(
      SmartUpkeep upkeep, @Value("${leadloom.smart-lists.enabled:true}") boolean enabled) {
    JobWorker worker = new JobWorker("smart-lists", upkeep::open, upkeep::page, enabled);
    upkeep.onOrder(worker::ring);
    return worker;
  }
}
