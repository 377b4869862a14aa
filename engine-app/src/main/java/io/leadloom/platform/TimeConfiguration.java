package io.leadloom.platform;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one source of the present time; tests replace it by a clock that can be set. */
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {

  /** UTC in whole microseconds, which is what both databases keep: a stored time reads back equal. */
  @Bean
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  }
}
