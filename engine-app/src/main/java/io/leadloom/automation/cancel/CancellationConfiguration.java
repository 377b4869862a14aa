package io.leadloom.automation.cancel;

import io.leadloom.platform.JobWorker;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Works off cancellations in the background. */
@Configuration(proxyBeanMethods = false)
class CancellationConfiguration {

  @Bean
  JobWorker cancellationWorker(
      Cancellations cancellations, @Value("${leadloom.automation.timers:true}") boolean enabled) {
    JobWorker worker =
        new JobWorker("cancellations", cancellations::open, cancellations::page, enabled);
    cancellations.onOrder(worker::ring);
    return worker;
  }
}
