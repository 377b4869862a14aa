package io.leadloom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Many rows are looked up by two columns without going through all that have the first. */
@Tag("database")
class DatabaseTest {

  private final TestDatabase testDatabase = TestDatabase.fresh();
  private final SingleConnectionDataSource connection = connection(testDatabase);
  private final JdbcTemplate jdbc = new JdbcTemplate(connection);
  private final Database database = TestDatabase.onMySql() ? Database.MYSQL : Database.H2;

  private static SingleConnectionDataSource connection(TestDatabase database) {
    return new SingleConnectionDataSource(
        database.url(),
        (String) database.properties().get("spring.datasource.username"),
        (String) database.properties().get("spring.datasource.password"),
        true);
  }

  @BeforeEach
  void rows() {
    jdbc.execute(
        "create table kept (rule_id bigint not null, hash bigint not null, record_id bigint not"
            + " null, primary key (rule_id, hash, record_id))");
    List<Object[]> rows = new ArrayList<>();
    for (long n = 0; n < 1_000; n++) {
      rows.add(new Object[] {n % 2, n / 4, n});
    }
    jdbc.batchUpdate("insert into kept (rule_id, hash, record_id) values (?, ?, ?)", rows);
  }

  @AfterEach
  void close() {
    connection.destroy();
    testDatabase.close();
  }

  @Test
  void rowsAreFoundByOneValueAndSeveralOthers() {
    String rows = database.rowsAmong("kept", "k.rule_id = 1", "k.hash", 3);
    assertThat(
            jdbc.queryForList(
                "select k.record_id from " + rows + " order by k.record_id",
                Long.class,
                7L,
                100L,
                4_000L))
        .containsExactly(29L, 31L, 401L, 403L);
    assertThat(
            jdbc.queryForList(
                "select count(distinct k.record_id) from " + rows + " group by k.hash",
                Long.class,
                7L,
                7L,
                7L))
        .containsExactly(2L);
  }

  @Test
  @DisabledIf("io.leadloom.testing.TestDatabase#onMySql")
  void bothColumnsLeadToTheRows() {
    String plan =
        jdbc.queryForObject(
            "explain select k.record_id from "
                + database.rowsAmong("kept", "k.rule_id = 1", "k.hash", 2),
            String.class,
            7L,
            100L);
    assertThat(String.valueOf(plan).toLowerCase(Locale.ROOT))
        .containsSubsequence("primary_key", "rule_id = ", "and hash = wanted.one");
  }
}
