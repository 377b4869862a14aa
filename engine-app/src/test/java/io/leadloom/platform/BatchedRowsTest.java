package io.leadloom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.testing.TestDatabase;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@Tag("database")
class BatchedRowsTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final SingleConnectionDataSource connection =
      new SingleConnectionDataSource(
          database.url(),
          (String) database.properties().get("spring.datasource.username"),
          (String) database.properties().get("spring.datasource.password"),
          true);
  private final JdbcTemplate jdbc = new JdbcTemplate(connection);
  private final BatchedRows batched = TestDatabase.batched(jdbc);

  private record Figure(long id, String name, long count) {}

  @BeforeEach
  void table() {
    jdbc.execute(
        "create table figure (id bigint not null, name varchar(20) not null, total bigint, note longtext, primary key (id, name))");
  }

  @AfterEach
  void close() {
    connection.destroy();
    database.close();
  }

  private static List<Figure> figures(int count) {
    return LongStream.range(0, count).mapToObj(i -> new Figure(i, "n" + i, i * 3)).toList();
  }

  private void insert(List<Figure> figures) {
    batched.insert(
        "figure",
        List.of("id", "name", "total"),
        new Rows<>(
            figures,
            (statement, from, figure) -> {
              statement.setLong(from, figure.id());
              statement.setString(from + 1, figure.name());
              statement.setLong(from + 2, figure.count());
              return from + 3;
            }));
  }

  private int update(List<Figure> figures) {
    return batched.update(
        "figure",
        List.of("total"),
        List.of("id", "name"),
        new Rows<>(figures, BatchedRowsTest::countThenKey));
  }

  private static int countThenKey(PreparedStatement statement, int from, Figure figure)
      throws SQLException {
    statement.setLong(from, figure.count());
    statement.setLong(from + 1, figure.id());
    statement.setString(from + 2, figure.name());
    return from + 3;
  }

  private List<Map<String, Object>> rows() {
    return jdbc.queryForList("select id, name, total from figure order by id");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 15, 255, 256, 257, 1_999})
  void everyRowIsWrittenOnceWhateverTheirNumber(int count) {
    insert(figures(count));
    assertThat(rows())
        .extracting(row -> List.of(row.get("id"), row.get("name"), row.get("total")))
        .containsExactlyElementsOf(
            figures(count).stream()
                .map(figure -> List.<Object>of(figure.id(), figure.name(), figure.count()))
                .toList());
    List<Figure> doubled =
        figures(count).stream()
            .map(figure -> new Figure(figure.id(), figure.name(), figure.count() * 2))
            .toList();
    assertThat(update(doubled)).isEqualTo(count);
    assertThat(rows())
        .extracting(row -> row.get("total"))
        .containsExactlyElementsOf(
            doubled.stream().map(figure -> (Object) figure.count()).toList());
    batched.delete("figure", "id", figures(count).stream().map(Figure::id).skip(1).toList());
    assertThat(rows()).hasSize(Math.min(1, count));
  }

  @Test
  void anUpdateTellsHowManyRowsItFoundAlsoWhenNothingChanges() {
    insert(figures(10));
    assertThat(update(figures(12))).isEqualTo(10);
  }

  @Test
  void numbersAreAddedToRowsThatAreThereAndStartThoseThatAreNot() {
    insert(figures(3));
    batched.add(
        "figure",
        List.of("total"),
        List.of("id", "name"),
        new Rows<>(
            List.of(new Figure(1, "n1", 100), new Figure(2, "n2", -1), new Figure(9, "n9", 7)),
            BatchedRowsTest::countThenKey));
    assertThat(rows()).extracting(row -> row.get("total")).containsExactly(0L, 103L, 5L, 7L);
  }

  @Test
  void longRowsTravelInSeveralStatementsSoThatNoneIsTooLargeForTheServer() {
    String megabytes = "é".repeat(3_000_000);
    List<String> notes = new ArrayList<>(Stream.generate(() -> megabytes).limit(24).toList());
    long[] next = {0};
    batched.insert(
        "figure",
        List.of("id", "name", "note"),
        new Rows<>(
            notes,
            String::length,
            (statement, from, note) -> {
              statement.setLong(from, next[0]++);
              statement.setString(from + 1, "long");
              statement.setString(from + 2, note);
              return from + 3;
            }));
    assertThat(jdbc.queryForObject("select sum(char_length(note)) from figure", Long.class))
        .isEqualTo(72_000_000L);
  }
}
