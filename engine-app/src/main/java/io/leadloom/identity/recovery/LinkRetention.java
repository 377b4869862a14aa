package io.leadloom.identity.recovery;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.identity.PasswordByMail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes links that are too old to be used, and sends invitations that were left behind. */
@Configuration(proxyBeanMethods = false)
class LinkRetention {

  @Bean
  RecurringTask<Void> oldPasswordLinks(PasswordLinks links) {
    return Tasks.recurring("old-password-links", FixedDelay.ofHours(1))
        .execute((task, context) -> links.forgetOld());
  }

  @Bean
  RecurringTask<Void> waitingInvitations(PasswordByMail mails) {
    return Tasks.recurring("waiting-invitations", FixedDelay.ofMinutes(1))
        .execute((task, context) -> mails.sendInvitations());
  }
}
