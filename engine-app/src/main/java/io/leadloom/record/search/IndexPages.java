package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.index.IndexedSearch;
import io.leadloom.record.index.IndexedSearch.After;
import io.leadloom.record.index.IndexedSearch.Asked;
import io.leadloom.record.index.IndexedSearch.Found;
import io.leadloom.record.index.IndexedSearch.Place;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Searches that the index answers; empty answers mean that the database has to be asked. */
@Component
class IndexPages {

  /** The records of so many activities are named to the index at most: 4 MB for a moment. */
  private static final int MOST_ACTIVITIES = 500_000;

  private final IndexedSearch index;
  private final Schemas schemas;
  private final AccountSettings account;
  private final Clock clock;
  private final JdbcTemplate jdbc;

  IndexPages(
      IndexedSearch index,
      Schemas schemas,
      AccountSettings account,
      Clock clock,
      JdbcTemplate jdbc) {
    this.index = index;
    this.schemas = schemas;
    this.account = account;
    this.clock = clock;
    this.jdbc = jdbc;
  }

  /**
   * A filter of somebody, which has been checked.
   *
   * @param sql knows the fields that it may name
   */
  record Search(EntityType type, Filter filter, FilterSql sql, Rights rights) {}

  Optional<Found> page(
      Search search,
      Field sort,
      boolean descending,
      KeysetCursor.@Nullable Position after,
      int limit,
      boolean withTotal,
      boolean again) {
    After begin = after == null ? null : new After(after.id(), after.sorted());
    boolean flags = FlagOrder.of(sort);
    Field by = flags ? schemas.current().field(search.type(), "createdAt").orElse(sort) : sort;
    Place place = new Place(by, descending, begin, flags ? sort : null);
    return asked(search).flatMap(asked -> index.page(asked, place, limit, withTotal, again));
  }

  Optional<Long> count(Search search) {
    return asked(search).flatMap(index::count);
  }

  /** Pages through the ids of all matches in their order; returns whether it did. */
  boolean eachId(Search search, int pageSize, Consumer<List<Long>> page) {
    long[] ids = asked(search).flatMap(index::ids).orElse(null);
    if (ids == null) {
      return false;
    }
    for (int from = 0; from < ids.length; from += pageSize) {
      int until = Math.min(ids.length, from + pageSize);
      page.accept(java.util.Arrays.stream(ids, from, until).boxed().toList());
    }
    return true;
  }

  private Optional<Asked> asked(Search search) {
    EntityType type = search.type();
    if (!RecordReach.about(type).isEmpty()) {
      return Optional.empty();
    }
    Set<Long> also =
        type == EntityType.OPPORTUNITY
            ? search.sql().shared().named().orElse(null)
            : Set.<Long>of();
    if (also == null) {
      return Optional.empty();
    }
    Rights rights = search.rights();
    Owners owners =
        RecordReach.all(type, rights, Action.VIEW)
            ? Owners.ALL
            : RecordReach.holders(type, rights, Action.VIEW);
    return schemas
        .current()
        .field(type, RecordReach.field(type, rights))
        .map(
            owner ->
                new Asked(
                    type,
                    search.filter(),
                    search.sql()::fieldOrId,
                    owner,
                    owners,
                    also,
                    list -> lists(list, rights),
                    test -> active(search.sql(), test),
                    clock.instant(),
                    account.timeZone()));
  }

  /**
   * Those with an activity, as a search by SQL would find them. Nothing is answered when there are more activities than
   * the index is told of: then most records have one, and a search by SQL soon finds a page.
   */
  private Optional<long[]> active(FilterSql sql, Filter.Test test) {
    SqlCondition asked = sql.active(test, MOST_ACTIVITIES + 1);
    LongStream.Builder ids = LongStream.builder();
    int[] read = {0};
    jdbc.query(
        asked.sql(),
        row -> {
          ids.add(row.getLong(1));
          read[0]++;
        },
        asked.arguments().toArray());
    return read[0] > MOST_ACTIVITIES
        ? Optional.empty()
        : Optional.of(ids.build().sorted().distinct().toArray());
  }

  private List<Long> lists(String nameOrId, Rights rights) {
    boolean id = nameOrId.matches("[0-9]{1,18}");
    return jdbc.queryForList(
        "select l.id from static_list l where l."
            + (id ? "id" : "name")
            + " = ? and "
            + ListReach.sql("l", rights, Action.VIEW),
        Long.class,
        id ? (Object) Long.parseLong(nameOrId) : nameOrId);
  }
}
