package io.leadloom.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.TestMigrations;
import io.leadloom.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What was in the trash before the trash had a table of its own is in it. */
@Tag("database")
class TrashMigrationTest {

  @Test
  void recordsThatAreInTheTrashAlreadyAreListed() {
    try (TestDatabase database = TestDatabase.fresh()) {
      DriverManagerDataSource source =
          new DriverManagerDataSource(
              database.url(),
              (String) database.properties().get("spring.datasource.username"),
              (String) database.properties().get("spring.datasource.password"));
      TestMigrations.migrate(source, "0406");
      JdbcTemplate jdbc = new JdbcTemplate(source);
      String columns = " (id, version, created_at, updated_at, trashed_at) values (?, 1, ?, ?, ?)";
      String made = "2026-03-01 10:00:00";
      String trashed = "2026-03-02 10:00:00.123456";
      jdbc.update("insert into leads" + columns, 1, made, made, null);
      jdbc.update("insert into leads" + columns, 2, made, made, trashed);
      jdbc.update("insert into accounts" + columns, 2, made, made, trashed);
      TestMigrations.migrate(source);
      assertThat(
              jdbc.queryForList(
                  "select concat(entity, '/', record_id, ' ', trashed_at) from trash order by entity",
                  String.class))
          .containsExactly("1/2 " + trashed, "3/2 " + trashed);
    }
  }
}
