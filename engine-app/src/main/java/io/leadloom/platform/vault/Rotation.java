package io.leadloom.platform.vault;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** Seals everything again with the present key, soon after a start with {@code leadloom.previous-secret-keys}. */
@Component
class Rotation {

  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);

  private final Vault vault;
  private final ObjectProvider<Resealing> stores;

  Rotation(Vault vault, ObjectProvider<Resealing> stores) {
    this.vault = vault;
    this.stores = stores;
  }

  void run() {
    if (!vault.rotating()) {
      return;
    }
    int count = stores.stream().mapToInt(Resealing::reseal).sum();
    if (count > 0) {
      LOG.info("{} secrets were sealed again with the present secret key", count);
    }
    int unreadable = vault.unreadable();
    if (unreadable > 0) {
      LOG.warn(
          "{} secrets are sealed with a key that is set neither as leadloom.secret-key nor among"
              + " leadloom.previous-secret-keys: they stay as they are and cannot be used",
          unreadable);
    }
  }

  /** Its task, on one node at a time. */
  @Configuration(proxyBeanMethods = false)
  static class Task {

    @Bean
    RecurringTask<Void> secretRotationTask(Rotation rotation) {
      return Tasks.recurring("secret-rotation", Schedules.fixedDelay(Duration.ofHours(1)))
          .execute((instance, context) -> rotation.run());
    }
  }
}
