package io.leadloom.journal.consume;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.leadloom.journal.JournalArchive;
import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.JournalErasure;
import io.leadloom.journal.JournalHistory;
import io.leadloom.journal.JournalTail;
import io.leadloom.journal.log.JdbcJournalErasure;
import io.leadloom.journal.log.JdbcJournalHistory;
import io.leadloom.journal.log.JdbcJournalTail;
import io.leadloom.journal.log.PartitionedJournal;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.web.LiveUpdates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalSettings.class)
class JournalConfiguration {

  @Bean
  JournalStore journalStore(
      JdbcTemplate jdbc, BatchedRows batched, PlatformTransactionManager transactions) {
    return JournalStore.on(jdbc, batched, transactions);
  }

  @Bean
  PartitionedJournal journal(
      JdbcTemplate jdbc, BatchedRows batched, ObjectProvider<EntityManager> entityManager) {
    return new PartitionedJournal(jdbc, batched, entityManager.getIfAvailable());
  }

  @Bean
  JournalHistory journalHistory(JdbcTemplate jdbc) {
    return new JdbcJournalHistory(jdbc);
  }

  @Bean
  JournalErasure journalErasure(JdbcTemplate jdbc) {
    return new JdbcJournalErasure(jdbc);
  }

  @Bean
  JournalTail journalTail(JdbcTemplate jdbc) {
    return new JdbcJournalTail(jdbc);
  }

  @Bean
  JournalNode journalNode(
      PartitionedJournal journal,
      JournalStore store,
      JournalSettings settings,
      ObjectProvider<JournalConsumer> consumers,
      Clock clock) {
    return new JournalNode(
        journal, store, settings, () -> consumers.orderedStream().toList(), clock);
  }

  @Bean
  JournalConsumers journalConsumers(JournalStore store, JournalNode node, Clock clock) {
    return new JdbcJournalConsumers(store, node, clock);
  }

  @Bean
  JournalRetention journalRetention(
      JournalStore store,
      ObjectProvider<JournalArchive> archive,
      JournalSettings settings,
      Clock clock) {
    return new JournalRetention(store, archive.getIfAvailable(), settings.retention(), clock);
  }

  @Bean
  LiveFollower liveFollower(JournalStore store, LiveUpdates updates) {
    return new LiveFollower(store, updates);
  }

  @Bean
  RecurringTask<Void> journalRetentionTask(JournalRetention retention) {
    return Tasks.recurring("journal-retention", FixedDelay.of(Duration.ofHours(1)))
        .execute((instance, context) -> retention.run());
  }

  @Bean
  MeterBinder journalMeters(ObjectProvider<JournalConsumer> consumers, JournalNode node) {
    return registry ->
        consumers.orderedStream().forEach(consumer -> lagGauge(registry, consumer.name(), node));
  }

  private static void lagGauge(MeterRegistry registry, String consumer, JournalNode node) {
    Gauge.builder("leadloom.journal.lag", () -> node.lastLag(consumer))
        .description("Events that the consumer has not read yet")
        .tag("consumer", consumer)
        .register(registry);
  }
}
