package io.leadloom.connection.outbox;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The one Camel context, in which each connector keeps its routes. It is made by hand: Camel's Spring Boot starters
 * bring some hundred configuration classes for components that nobody here uses, all to be looked at on every start.
 */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

  @Bean(initMethod = "start", destroyMethod = "stop")
  CamelContext camelContext() {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.getCamelContextExtension().setName("leadloom");
    camel.disableJMX();
    camel.getShutdownStrategy().setTimeout(10);
    return camel;
  }
}
