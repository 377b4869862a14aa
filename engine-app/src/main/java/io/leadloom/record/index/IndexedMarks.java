package io.leadloom.record.index;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds the tags that filters name. */
final class IndexedMarks {

  private final JdbcTemplate jdbc;

  IndexedMarks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  FilterQuery.Marked seen(Function<String, List<Long>> lists) {
    return new FilterQuery.Marked() {

      @Override
      public Optional<Long> tag(String folded) {
        return jdbc
            .queryForList(
                "select id from tag where folded = ? and deleted_at is null",
                Long.class,
                (Object) folded.getBytes(StandardCharsets.UTF_8))
            .stream()
            .findFirst();
      }

      @Override
      public List<Long> lists(String nameOrId) {
        return lists.apply(nameOrId);
      }
    };
  }
}
