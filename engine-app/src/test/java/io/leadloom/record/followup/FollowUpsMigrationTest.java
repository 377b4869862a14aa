package io.leadloom.record.followup;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.TestMigrations;
import io.leadloom.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Accounts that have made an activity type for follow-ups themselves. */
@Tag("database")
class FollowUpsMigrationTest {

  @Test
  void anActivityTypeOfThatKeyStaysAsItIs() {
    try (TestDatabase database = TestDatabase.fresh()) {
      DriverManagerDataSource source =
          new DriverManagerDataSource(
              database.url(),
              (String) database.properties().get("spring.datasource.username"),
              (String) database.properties().get("spring.datasource.password"));
      TestMigrations.migrate(source, "0421");
      JdbcTemplate jdbc = new JdbcTemplate(source);
      jdbc.update(
          "insert into activity_type (id, type_key, label, score, delivered, position)"
              + " values (1000, 'follow-up', 'Ours', 3, false, 18)");
      TestMigrations.migrate(source);
      assertThat(
              jdbc.queryForList(
                  "select label from activity_type where type_key = 'follow-up'", String.class))
          .containsExactly("Ours");
    }
  }
}
