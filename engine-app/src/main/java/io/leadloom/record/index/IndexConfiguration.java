package io.leadloom.record.index;

import io.leadloom.journal.JournalTail;
import io.leadloom.platform.Durability;
import io.leadloom.record.store.RecordStore;
import io.leadloom.schema.Schemas;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IndexSettings.class)
class IndexConfiguration {

  @Bean
  IndexFollower searchIndexFollower(
      JournalTail tail,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      RecordStore store,
      Schemas schemas,
      Durability durability,
      IndexSettings settings) {
    return new IndexFollower(
        tail,
        new IndexDocuments(jdbc, new TransactionTemplate(transactions), store, schemas),
        durability,
        settings);
  }

  @Bean
  IndexedSearch indexedSearch(IndexFollower follower, JdbcTemplate jdbc) {
    return new IndexedSearch(follower, new IndexedMarks(jdbc));
  }
}
