package io.leadloom.record.search;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.record.Record;
import io.leadloom.record.Records.Search;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import java.util.Set;

/** What a search is sorted by. */
final class Sorting {

  private static final String NEWEST = "createdAt";
  private static final Set<String> FILLED = Set.of(NEWEST, "updatedAt", "happenedAt");

  private Sorting() {}

  /** The field that a search names, or creation; refuses one whose values have no order. */
  static Field field(Search search, boolean trash, FilterSql sql) {
    Field sort = sql.field(search.sort() == null || trash ? NEWEST : search.sort());
    if (sort.type() == FieldType.LONG_TEXT || sort.type() == FieldType.MULTI_SELECT) {
      throw RefusedException.invalid(
          sort.label() + " cannot be sorted by",
          Violation.of("sort", sort.key(), "a field with one short value"));
    }
    return sort;
  }

  /** Whether records come in the order of their creation, perhaps after others that do. */
  static boolean byCreation(Field sort) {
    return sort.key().equals(NEWEST) || FlagOrder.of(sort);
  }

  /**
   * How the database sorts.
   *
   * @param oneOwners whether all records belong to one owner, whose index has the newest in order
   */
  static KeysetCursor.Order order(Field sort, FilterSql sql, boolean trash, boolean oneOwners) {
    if (trash) {
      return new KeysetCursor.Order(
          sort, "t.entity", "t.trashed_at", "t.record_id", true, false, Record::trashedAt);
    }
    return new KeysetCursor.Order(
        sort,
        oneOwners ? "r.owner_id" : "",
        sql.column(sort),
        sort.system() ? "r.id" : "s.id",
        sort.system() && FILLED.contains(sort.key()),
        !sort.system(),
        FlagOrder.of(sort) ? FlagOrder::sorted : record -> record.values().get(sort.key()));
  }
}
