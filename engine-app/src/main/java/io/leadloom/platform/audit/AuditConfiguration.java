package io.leadloom.platform.audit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Housekeeping of the trail: once a day on one of the nodes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditSettings.class)
class AuditConfiguration {

  @Bean
  RecurringTask<Void> auditRetentionTask(AuditRetention retention) {
    return Tasks.recurring("audit-retention", Schedules.daily(ZoneOffset.UTC, LocalTime.of(3, 20)))
        .execute((instance, context) -> retention.sweep());
  }
}
