package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.Records.Search;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the records that stand before and after one in a list, whether or not it still belongs to the list itself. */
@Component
public class Neighbours {

  private final RecordSearch search;

  Neighbours(RecordSearch search) {
    this.search = search;
  }

  /**
   * The records beside one.
   *
   * @param previous null at the beginning of the list
   * @param next null at its end
   */
  public record Beside(@Nullable Long previous, @Nullable Long next) {}

  /** The neighbours of a record as it is now, in the order of a field. */
  public Beside of(RecordRef ref, Filter filter, String sort, boolean descending, Rights rights) {
    Record record =
        search.visible(ref.type(), List.of(ref.id()), rights).stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
    return new Beside(
        beyond(record, filter, sort, !descending, rights),
        beyond(record, filter, sort, descending, rights));
  }

  private @Nullable Long beyond(
      Record record, Filter filter, String sort, boolean descending, Rights rights) {
    EntityType type = record.ref().type();
    String from = search.after(asked(type, filter, sort, descending, null), record, rights);
    return search.page(asked(type, filter, sort, descending, from), false, rights).items().stream()
        .findFirst()
        .map(found -> found.ref().id())
        .orElse(null);
  }

  private static Search asked(
      EntityType type, Filter filter, String sort, boolean descending, @Nullable String cursor) {
    return new Search(type, filter, Set.of(), sort, descending, cursor, 1, false);
  }
}
