package io.leadloom.connection.outbox;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Binds the settings of the outbox. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  DeliverySettings.class,
  WebhookSettings.class,
  OutgoingSettings.class
})
class OutboxConfiguration {}
