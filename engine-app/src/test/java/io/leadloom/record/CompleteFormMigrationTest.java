package io.leadloom.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.TestMigrations;
import io.leadloom.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the complete form of leads makes of leads and sources that are there already (LEAD-167, LEAD-217). */
@Tag("database")
class CompleteFormMigrationTest {

  @Test
  void leadsFromBeforeAreNotIncompleteAndTheEightSourcesStandBesideOnesOwn() {
    try (TestDatabase database = TestDatabase.fresh()) {
      DriverManagerDataSource source =
          new DriverManagerDataSource(
              database.url(),
              (String) database.properties().get("spring.datasource.username"),
              (String) database.properties().get("spring.datasource.password"));
      TestMigrations.migrate(source, "0510");
      JdbcTemplate jdbc = new JdbcTemplate(source);
      jdbc.update(
          "insert into leads (id, version, created_at, updated_at)"
              + " values (1, 1, '2026-03-01 10:00:00', '2026-03-01 10:00:00')");
      jdbc.update("update choice set label = 'Trade fair' where id = 40");
      jdbc.update("update choice set label = 'Dealers' where id = 50");
      jdbc.update(
          "insert into choice (id, kind, label, position, active, hidden, stored_form)"
              + " values (2000, 'source', 'Mail', 30, true, false, 'Email')");
      jdbc.update(
          "insert into choice_form (kind, form, choice_id) values ('source', 'Email', 2000)");
      TestMigrations.migrate(source);
      String sources = "select label from choice where kind = 'source' and offered = true";
      assertThat(jdbc.queryForList(sources + " and delivered is not null", String.class))
          .containsExactlyInAnyOrder(
              "Self-generation",
              "Email",
              "Call",
              "Chat",
              "Vendor",
              "Partner",
              "Website form",
              "Social media");
      assertThat(jdbc.queryForList(sources + " and delivered is null", String.class))
          .containsExactlyInAnyOrder("Trade fair", "Dealers", "Mail");
      assertThat(jdbc.queryForList("select id from leads where incomplete = false", Long.class))
          .containsExactly(1L);
    }
  }
}
