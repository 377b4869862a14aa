package io.leadloom.record.index;

import io.leadloom.platform.filter.Filter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds the tags that filters name. */
final class IndexedMarks {

  private final JdbcTemplate jdbc;

  IndexedMarks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  FilterQuery.Marked seen(
      Function<String, List<Long>> lists, Function<Filter.Test, Optional<long[]>> active) {
    return new FilterQuery.Marked() {

      @Override
      public Optional<Long> tag(String folded) {
        return jdbc
            .queryForList(
                "select coalesce((select t.id from tag t where t.folded = ? and t.deleted_at is null),"
                    + " (select f.tag_id from tag_former_name f join tag t on t.id = f.tag_id where f.folded = ?"
                    + " and t.deleted_at is null))",
                Long.class,
                folded.getBytes(StandardCharsets.UTF_8),
                folded.getBytes(StandardCharsets.UTF_8))
            .stream()
            .filter(Objects::nonNull)
            .findFirst();
      }

      @Override
      public List<Long> lists(String nameOrId) {
        return lists.apply(nameOrId);
      }

      @Override
      public Optional<long[]> active(Filter.Test test) {
        return active.apply(test);
      }
    };
  }
}
