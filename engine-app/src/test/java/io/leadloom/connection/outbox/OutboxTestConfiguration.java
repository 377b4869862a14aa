package io.leadloom.connection.outbox;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Puts a journal that remembers in the place of the real one. */
@TestConfiguration(proxyBeanMethods = false)
class OutboxTestConfiguration {

  @Bean
  @Primary
  RecordingJournal recordingJournal() {
    return new RecordingJournal();
  }
}
