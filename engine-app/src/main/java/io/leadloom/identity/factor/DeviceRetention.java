package io.leadloom.identity.factor;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes remembered devices whose time is over. */
@Configuration(proxyBeanMethods = false)
class DeviceRetention {

  @Bean
  RecurringTask<Void> oldRememberedDevices(RememberedDevices devices) {
    return Tasks.recurring("old-remembered-devices", FixedDelay.ofHours(1))
        .execute((task, context) -> devices.forgetOld());
  }
}
