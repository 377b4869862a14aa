package io.leadloom.record.index;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.permission.Owners;
import io.leadloom.record.index.IndexFollower.Wanted;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.ArrayUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Searches of leads, contacts and accounts by the index of this node. Counts and ids have all that was committed before
 * the question, pages too unless the index is too far behind to wait for. It has no answer (and the caller asks the
 * database) while the index is filled for the first time, for other entities, for filters about activities of very many
 * records or about long texts, and inside a transaction that may have written what the index cannot know yet.
 */
public final class IndexedSearch {

  private final IndexFollower follower;
  private final IndexedMarks marks;
  private final AtomicLong answers = new AtomicLong();

  IndexedSearch(IndexFollower follower, IndexedMarks marks) {
    this.follower = follower;
    this.marks = marks;
  }

  /**
   * What is asked for.
   *
   * @param filter one that a search by SQL takes
   * @param fields finds a field of the filter by its key
   * @param owner the field that says whose a record is
   * @param owners whose records are wanted
   * @param also the ids of records that are wanted whosever they are
   * @param lists finds the lists that a filter names as far as they are visible
   * @param active finds the records with an activity that a filter asks for; empty when they are too many to name
   */
  public record Asked(
      EntityType type,
      Filter filter,
      Function<String, Field> fields,
      Field owner,
      Owners owners,
      Set<Long> also,
      Function<String, List<Long>> lists,
      Function<Filter.Test, Optional<long[]>> active,
      Instant now,
      ZoneId zone) {}

  /**
   * The order of a page and where it begins.
   *
   * @param after the record that the page comes after; null for the first page
   * @param first descending, records with a value in this field come before all others; null for no such field. The
   *     sorted values of {@code after} begin with 1 for those and 0 for the others then.
   */
  public record Place(
      Field sort, boolean descending, @Nullable After after, @Nullable Field first) {}

  /**
   * A record at the end of a page.
   *
   * @param sorted the value it is sorted by, as text; null for none
   */
  public record After(long id, @Nullable String sorted) {}

  /**
   * A page.
   *
   * @param ids the records, in order, one more than wanted if there are more
   * @param afters where the page after each of them begins
   * @param total how many there are in all; -1 if nobody asked
   */
  public record Found(List<Long> ids, List<After> afters, long total) {}

  /**
   * A page of at most so many records.
   *
   * @param again whether one request has asked before and need not wait once more
   */
  public Optional<Found> page(
      Asked asked, Place place, int limit, boolean withTotal, boolean again) {
    return ask(
        asked,
        again ? Wanted.PRESENT : Wanted.LATEST,
        List.of(place.sort()),
        (searcher, query) -> {
          ChoiceNames names = place.sort().names();
          if (names != null) {
            return new ChoiceGroups(place, names)
                .page(searcher, query, place.after(), limit, withTotal);
          }
          return place.first() == null
              ? page(searcher, query, place, limit, withTotal)
              : grouped(searcher, query, place, place.first(), limit, withTotal);
        });
  }

  public Optional<Long> count(Asked asked) {
    return ask(asked, Wanted.EXACT, List.of(), (searcher, query) -> (long) searcher.count(query));
  }

  /** The ids of all matches in ascending order, as they are at one moment. */
  public Optional<long[]> ids(Asked asked) {
    return ask(asked, Wanted.EXACT, List.of(), IndexedSearch::ids);
  }

  /** How many questions the index of this node has answered since the start. */
  public long answers() {
    return answers.get();
  }

  private interface Answer<T> {
    T of(IndexSearcher searcher, Query query) throws IOException;
  }

  private <T> Optional<T> ask(
      Asked asked, Wanted wanted, Collection<Field> sorted, Answer<T> answer) {
    if (TransactionSynchronizationManager.isActualTransactionActive()
        && !TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
      return Optional.empty();
    }
    List<Field> named = new ArrayList<>(sorted);
    Optional<Query> query = query(asked, named);
    RecordIndex index = query.isEmpty() ? null : follower.index(asked.type(), wanted);
    if (index == null || !named.stream().allMatch(index::has)) {
      return Optional.empty();
    }
    try {
      T found = index.ask(searcher -> answer.of(searcher, query.get()));
      answers.incrementAndGet();
      return Optional.of(found);
    } catch (IndexSearcher.TooManyClauses e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      // Damage shows in many ways, and the database has the answer in any case.
      follower.doubt(asked.type(), index, e);
      return Optional.empty();
    }
  }

  /** Adds the fields that the filter names to the list. */
  private Optional<Query> query(Asked asked, List<Field> named) {
    Function<String, Field> fields =
        key -> {
          Field field = asked.fields().apply(key);
          named.add(field);
          return field;
        };
    FilterQuery filter =
        new FilterQuery(
            fields, marks.seen(asked.lists(), asked.active()), asked.now(), asked.zone());
    return filter.query(asked.filter()).map(query -> within(query, asked));
  }

  private static Query within(Query query, Asked asked) {
    if (asked.owners().all()) {
      return query;
    }
    long[] owners = asked.owners().ids().stream().mapToLong(Long::longValue).toArray();
    Query reach = LongField.newSetQuery(IndexedField.name(asked.owner()), owners);
    if (!asked.also().isEmpty()) {
      long[] also = asked.also().stream().mapToLong(Long::longValue).toArray();
      reach =
          new BooleanQuery.Builder()
              .add(reach, Occur.SHOULD)
              .add(LongField.newSetQuery(RecordIndex.ID, also), Occur.SHOULD)
              .build();
    }
    return query instanceof MatchAllDocsQuery
        ? reach
        : new BooleanQuery.Builder().add(query, Occur.FILTER).add(reach, Occur.FILTER).build();
  }

  /** Those with a value in a field and those without, one after the other: each is found by the order of its values. */
  private static Found grouped(
      IndexSearcher searcher, Query query, Place place, Field first, int limit, boolean withTotal)
      throws IOException {
    After after = place.after();
    Query valued = new FieldExistsQuery(IndexedField.name(first));
    List<Long> ids = new ArrayList<>();
    List<After> afters = new ArrayList<>();
    boolean begun = after == null;
    for (boolean with : new boolean[] {place.descending(), !place.descending()}) {
      String mark = with ? "1" : "0";
      String sorted = after == null ? null : after.sorted();
      After begin = null;
      if (!begun && after != null && sorted != null && sorted.startsWith(mark)) {
        begun = true;
        begin = new After(after.id(), sorted.substring(1));
      }
      if (begun && ids.size() <= limit) {
        Query group =
            new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(valued, with ? Occur.FILTER : Occur.MUST_NOT)
                .build();
        Place part = new Place(place.sort(), place.descending(), begin, null);
        Found found = page(searcher, group, part, limit - ids.size(), false);
        ids.addAll(found.ids());
        found.afters().forEach(end -> afters.add(new After(end.id(), mark + end.sorted())));
      }
    }
    return new Found(ids, afters, withTotal ? searcher.count(query) : -1);
  }

  private static Found page(
      IndexSearcher searcher, Query query, Place place, int limit, boolean withTotal)
      throws IOException {
    Field sort = place.sort();
    SortField byId =
        LongField.newSortField(RecordIndex.ID, place.descending(), SortedNumericSelector.Type.MIN);
    After after = place.after();
    FieldDoc from =
        after == null
            ? null
            : new FieldDoc(
                Integer.MAX_VALUE,
                Float.NaN,
                new Object[] {IndexedField.sorted(sort, after.sorted()), after.id()});
    TopFieldDocs hits =
        searcher.search(
            query,
            new TopFieldCollectorManager(
                new Sort(IndexedField.sort(sort, place.descending()), byId),
                limit + 1,
                from,
                withTotal && after == null ? Integer.MAX_VALUE : limit + 1));
    List<Long> ids = new ArrayList<>();
    List<After> afters = new ArrayList<>();
    for (var hit : hits.scoreDocs) {
      Object[] values = ((FieldDoc) hit).fields;
      long id = (Long) values[1];
      ids.add(id);
      afters.add(new After(id, IndexedField.written(sort, values[0])));
    }
    long total = !withTotal ? -1 : after == null ? hits.totalHits.value : searcher.count(query);
    return new Found(ids, afters, total);
  }

  private static long[] ids(IndexSearcher searcher, Query query) throws IOException {
    Ids ids = new Ids();
    searcher.search(query, ids);
    return ids.sorted();
  }

  static final class Ids extends SimpleCollector {

    private long[] found = new long[64];
    private int count;
    private @Nullable SortedNumericDocValues values;

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      values = DocValues.getSortedNumeric(context.reader(), RecordIndex.ID);
    }

    @Override
    public void collect(int document) throws IOException {
      if (values != null && values.advanceExact(document)) {
        found = ArrayUtil.grow(found, count + 1);
        found[count++] = values.nextValue();
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }

    long[] sorted() {
      long[] ids = Arrays.copyOf(found, count);
      Arrays.sort(ids);
      return ids;
    }
  }
}
