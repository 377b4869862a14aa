package io.leadloom.identity.signin;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes attempts that no longer count. */
@Configuration(proxyBeanMethods = false)
class AttemptRetention {

  @Bean
  RecurringTask<Void> oldSignInAttempts(Attempts attempts) {
    return Tasks.recurring("old-sign-in-attempts", FixedDelay.ofHours(1))
        .execute((task, context) -> attempts.forgetOld());
  }
}
