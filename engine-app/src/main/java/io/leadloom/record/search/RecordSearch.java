package io.leadloom.record.search;

import io.leadloom.platform.Cursors;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.Records.Search;
import io.leadloom.record.index.IndexedSearch.After;
import io.leadloom.record.index.IndexedSearch.Found;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.RecordStore;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Finds records. */
@Component
public class RecordSearch {

  private static final int MOST = 200;

  /** So many pages of the index that have all gone meanwhile, and the database is asked. */
  private static final int MOST_ROUNDS = 3;

  private final JdbcTemplate jdbc;
  private final RecordStore store;
  private final Schemas schemas;
  private final AccountSettings account;
  private final Clock clock;
  private final Cursors cursors;
  private final ReachWidth width;
  private final IndexPages index;
  private final SharedReach shares;

  RecordSearch(
      JdbcTemplate jdbc,
      RecordStore store,
      Schemas schemas,
      AccountSettings account,
      Clock clock,
      Cursors cursors,
      ReachWidth width,
      IndexPages index,
      SharedReach shares) {
    this.shares = shares;
    this.width = width;
    this.index = index;
    this.jdbc = jdbc;
    this.store = store;
    this.schemas = schemas;
    this.account = account;
    this.clock = clock;
    this.cursors = cursors;
  }

  /**
   * One page of a search.
   *
   * @param trash whether records in the trash are wanted instead of live ones; what was trashed last comes first then
   */
  public Page<Record> page(Search search, boolean trash, Rights rights) {
    Page.limit(search.limit(), MOST);
    Schema schema = schemas.current();
    if (!trash) {
      Optional<Page<Record>> indexed = indexed(search, schema, rights);
      if (indexed.isPresent()) {
        return indexed.get();
      }
    }
    Plan plan = plan(search, trash, schema, rights);
    List<Record> records = new ArrayList<>();
    for (SqlCondition part : plan.parts()) {
      if (records.size() <= search.limit()) {
        records.addAll(store.select(search.type(), schema, part.sql(), part.arguments().toArray()));
      }
    }
    boolean more = records.size() > search.limit();
    List<Record> page = more ? records.subList(0, search.limit()) : records;
    String next = more ? cursors.seal(plan.keyset().position(page.get(page.size() - 1))) : null;
    Long total =
        search.withTotal()
            ? count(
                from(search.type(), plan.filter()) + trash(search.type(), trash),
                plan.where(),
                trash)
            : null;
    known(search.fields(), plan.filter());
    return new Page<>(
        page.stream().map(record -> sparse(record, search.fields())).toList(), next, total);
  }

  private Optional<Page<Record>> indexed(Search search, Schema schema, Rights rights) {
    FilterSql sql = filterSql(search.type(), schema, rights);
    Field sort = Sorting.field(search, false, sql);
    sql.sql(search.filter());
    sql.column(sort);
    known(search.fields(), sql);
    boolean descending = search.sort() == null || search.descending();
    KeysetCursor keyset =
        new KeysetCursor(
            Sorting.order(sort, sql, false, false), descending, search.type(), search.filter());
    IndexPages.Search asked = new IndexPages.Search(search.type(), search.filter(), sql, rights);
    KeysetCursor.Position after =
        search.cursor() == null ? null : keyset.read(cursors.open(search.cursor()));
    boolean withTotal = search.withTotal();
    Long total = null;
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      Found found =
          index
              .page(asked, sort, descending, after, search.limit(), withTotal, round > 1)
              .orElse(null);
      if (found == null) {
        return Optional.empty();
      }
      total = withTotal ? Long.valueOf(found.total()) : total;
      withTotal = false;
      boolean more = found.ids().size() > search.limit();
      List<Long> ids = more ? found.ids().subList(0, search.limit()) : found.ids();
      List<Record> records = live(search.type(), ids, rights);
      after = more ? position(found.afters().get(search.limit() - 1)) : null;
      // What went between the index and here may have been the whole page.
      if (!records.isEmpty() || after == null) {
        return Optional.of(
            new Page<>(
                records.stream().map(record -> sparse(record, search.fields())).toList(),
                after == null ? null : cursors.seal(keyset.written(after)),
                total));
      }
    }
    return Optional.empty();
  }

  private static KeysetCursor.Position position(After after) {
    return new KeysetCursor.Position(after.id(), after.sorted());
  }

  /** Those of the records that are live and within reach now, in the given order. */
  private List<Record> live(EntityType type, List<Long> ids, Rights rights) {
    Map<Long, Record> byId = new HashMap<>();
    for (Record record : reached(type, ids, rights, Action.VIEW)) {
      if (record.trashedAt() == null) {
        byId.put(record.ref().id(), record);
      }
    }
    return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
  }

  /**
   * How a page is read.
   *
   * @param parts what follows the table {@code r} in the statements that read it; each is asked for when those before it
   *     did not fill the page
   */
  record Plan(
      FilterSql filter, SqlCondition where, KeysetCursor keyset, List<SqlCondition> parts) {}

  Plan plan(Search search, boolean trash, Schema schema, Rights rights) {
    FilterSql sql = filterSql(search.type(), schema, rights);
    Field sort = Sorting.field(search, trash, sql);
    boolean oneOwners =
        !trash
            && Sorting.byCreation(sort)
            && RecordReach.ofOneOwner(search.type(), rights)
            && !sql.shared().widens(search.type(), Action.VIEW);
    SqlCondition where = where(search.type(), sql, search.filter(), rights, oneOwners);
    boolean descending = search.sort() == null || trash || search.descending();
    KeysetCursor keyset =
        new KeysetCursor(
            Sorting.order(sort, sql, trash, oneOwners), descending, search.type(), search.filter());
    List<KeysetCursor.Part> parts =
        search.cursor() == null
            ? keyset.all()
            : keyset.after(keyset.read(cursors.open(search.cursor())));
    return new Plan(
        sql,
        where,
        keyset,
        parts.stream().map(part -> rest(search, sql, where, part, trash)).toList());
  }

  private static SqlCondition rest(
      Search search, FilterSql sql, SqlCondition where, KeysetCursor.Part part, boolean trash) {
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.addAll(part.condition().arguments());
    arguments.add(search.limit() + 1);
    return new SqlCondition(
        joins(search.type(), sql, part.joined())
            + trash(search.type(), trash)
            + " where "
            + where.sql()
            + live(trash)
            + " and "
            + part.condition().sql()
            + part.orderBy()
            + " limit ?",
        arguments);
  }

  /** Where the page after a record begins, in the order of a search of live records. */
  public String after(Search search, Record record, Rights rights) {
    Plan plan = plan(search, false, schemas.current(), rights);
    return cursors.seal(plan.keyset().position(record));
  }

  private static void known(Set<String> fields, FilterSql sql) {
    fields.forEach(sql::field);
  }

  /** Refuses a filter that names what cannot be searched. */
  public void check(EntityType type, Filter filter, Schema schema, Rights rights) {
    filterSql(type, schema, rights).sql(filter);
  }

  /** Those of the records, live or in the trash, that somebody sees. */
  public List<Record> visible(EntityType type, Collection<Long> ids, Rights rights) {
    return reached(type, ids, rights, Action.VIEW);
  }

  /** Those of the records, live or in the trash, with which somebody may do this. */
  public List<Record> reached(EntityType type, Collection<Long> ids, Rights rights, Action action) {
    return RecordReach.all(type, rights, action)
        ? store.load(type, ids, schemas.current())
        : within(type, ids, shares.of(rights).sql(type, "r", action));
  }

  /** The same without what is only shared with him. */
  public List<Record> owned(EntityType type, Collection<Long> ids, Rights rights, Action action) {
    return within(type, ids, RecordReach.sql(type, "r", rights, action));
  }

  private List<Record> within(EntityType type, Collection<Long> ids, String within) {
    Schema schema = schemas.current();
    List<Record> records = new ArrayList<>(ids.size());
    Sql.pieces(
        ids,
        piece ->
            records.addAll(
                store.select(
                    type,
                    schema,
                    "where r.id in (" + Sql.marks(piece.size()) + ") and " + within,
                    piece.toArray())));
    return records;
  }

  /**
   * What the filter asks for within somebody's reach.
   *
   * @param byOwner whether the records are to be found by their owners in any case
   */
  SqlCondition where(
      EntityType type, FilterSql sql, Filter filter, Rights rights, boolean byOwner) {
    SqlCondition asked = sql.sql(filter);
    if (RecordReach.all(type, rights, Action.VIEW)) {
      return asked;
    }
    boolean few = byOwner || width.few(type, rights);
    return asked.wrapped(
        "",
        " and "
            + (few
                ? sql.shared().byOwner(type, "r", Action.VIEW)
                : sql.shared().sql(type, "r", Action.VIEW)));
  }

  public long count(EntityType type, Filter filter, Rights rights) {
    FilterSql sql = filterSql(type, schemas.current(), rights);
    sql.sql(filter);
    Optional<Long> indexed = index.count(new IndexPages.Search(type, filter, sql, rights));
    if (indexed.isPresent()) {
      return indexed.get();
    }
    SqlCondition where = where(type, sql, filter, rights, false);
    return count(from(type, sql), where, false);
  }

  private long count(String from, SqlCondition where, boolean trash) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from " + from + " where " + where.sql() + live(trash),
            Long.class,
            where.arguments().toArray());
    return count == null ? 0 : count;
  }

  /** Pages through the ids of all matches in id order. */
  public void eachId(
      EntityType type, Filter filter, int pageSize, Consumer<List<Long>> page, Rights rights) {
    FilterSql sql = filterSql(type, schemas.current(), rights);
    sql.sql(filter);
    if (index.eachId(new IndexPages.Search(type, filter, sql, rights), pageSize, page)) {
      return;
    }
    long last = 0;
    while (true) {
      List<Long> ids = ids(type, filter, last, pageSize, rights);
      if (!ids.isEmpty()) {
        page.accept(ids);
        last = ids.get(ids.size() - 1);
      }
      if (ids.size() < pageSize) {
        return;
      }
    }
  }

  /** The ids of matches in id order, beginning after one. */
  public List<Long> ids(EntityType type, Filter filter, long after, int limit, Rights rights) {
    return ids(type, filter, false, after, limit, rights);
  }

  /** The same, in the trash or among the live ones. */
  public List<Long> ids(
      EntityType type, Filter filter, boolean trash, long after, int limit, Rights rights) {
    FilterSql sql = filterSql(type, schemas.current(), rights);
    SqlCondition where = where(type, sql, filter, rights, false);
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.add(after);
    arguments.add(limit);
    return jdbc.queryForList(
        "select r.id from "
            + from(type, sql)
            + trash(type, trash)
            + " where "
            + where.sql()
            + live(trash)
            + " and r.id > ? order by r.id limit ?",
        Long.class,
        arguments.toArray());
  }

  FilterSql filterSql(EntityType type, Schema schema, Rights rights) {
    return new FilterSql(
        type,
        schema.visibleTo(rights),
        clock.instant(),
        account.timeZone(),
        rights,
        shares.of(rights));
  }

  static String from(EntityType type, FilterSql sql) {
    return EntityTable.name(type) + " r" + joins(type, sql, false);
  }

  private static String joins(EntityType type, FilterSql sql, boolean all) {
    return sql.usesSlots()
        ? (all ? " join " : " left join ") + EntityTable.slots(type) + " s on s.id = r.id"
        : "";
  }

  private static String trash(EntityType type, boolean trash) {
    return trash
        ? " join trash t on t.record_id = r.id and t.entity = " + EntityTable.code(type)
        : "";
  }

  private static String live(boolean trash) {
    return trash ? " and r.trashed_at is not null" : " and r.trashed_at is null";
  }

  private static Record sparse(Record record, Set<String> fields) {
    if (fields.isEmpty()) {
      return record;
    }
    Values values = Values.none();
    for (String key : record.values().keys()) {
      if (fields.stream().anyMatch(key::equalsIgnoreCase)) {
        values.with(key, record.values().get(key));
      }
    }
    return new Record(
        record.ref(), record.version(), record.activityType(), values, record.trashedAt());
  }
}
