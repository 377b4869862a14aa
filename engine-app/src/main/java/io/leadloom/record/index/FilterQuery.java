package io.leadloom.record.index;

import io.leadloom.platform.Folded;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.schema.Comparison;
import io.leadloom.schema.Field;
import io.leadloom.schema.OperandReader;
import io.leadloom.schema.Operators;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Turns a filter that a search by SQL would take into a query of the index. */
final class FilterQuery {

  /** The index compiles parts of texts; beyond this it would refuse some. */
  private static final int LONGEST_PART = 200;

  private final Function<String, Field> fields;
  private final Marked marked;
  private final Instant now;
  private final ZoneId zone;

  /**
   * @param fields finds the field of a test by its key
   */
  FilterQuery(Function<String, Field> fields, Marked marked, Instant now, ZoneId zone) {
    this.fields = fields;
    this.marked = marked;
    this.now = now;
    this.zone = zone;
  }

  /** Finds what filters name, as far as the one who asks may see it. */
  interface Marked {

    /** The id of a tag. */
    Optional<Long> tag(String folded);

    /** The ids of the lists of this name, or of this id. */
    List<Long> lists(String nameOrId);

    /** The ids of the records with an activity that a test asks for; empty when they are too many to name. */
    Optional<long[]> active(Filter.Test test);
  }

  /** Empty when the index does not hold what the filter asks for. */
  Optional<Query> query(Filter filter) {
    if (filter instanceof Filter.And and) {
      return joined(and.parts(), Occur.FILTER, new MatchAllDocsQuery());
    }
    if (filter instanceof Filter.Or or) {
      return joined(or.parts(), Occur.SHOULD, new MatchNoDocsQuery());
    }
    if (filter instanceof Filter.Not not) {
      return query(not.part()).map(ComparisonQuery::not);
    }
    return test((Filter.Test) filter);
  }

  private Optional<Query> joined(List<Filter> parts, Occur occur, Query none) {
    if (parts.isEmpty()) {
      return Optional.of(none);
    }
    BooleanQuery.Builder joined = new BooleanQuery.Builder();
    for (Filter part : parts) {
      Optional<Query> query = query(part);
      if (query.isEmpty()) {
        return Optional.empty();
      }
      joined.add(query.get(), occur);
    }
    return Optional.of(joined.build());
  }

  private Optional<Query> test(Filter.Test test) {
    Operator operator = test.operator();
    if (Operators.WITHOUT_FIELD.contains(operator)) {
      return switch (operator) {
        case HAS_TAG -> Optional.of(tag(test));
        case HAS_NO_TAG -> Optional.of(ComparisonQuery.not(tag(test)));
        case IN_LIST -> Optional.of(list(test));
        case NOT_IN_LIST -> Optional.of(ComparisonQuery.not(list(test)));
        // Activities change more often than what they are about; they are asked for where they are.
        case HAS_ACTIVITY -> marked.active(test).map(FilterQuery::ids);
        case HAS_NO_ACTIVITY -> marked.active(test).map(FilterQuery::ids).map(ComparisonQuery::not);
        default -> Optional.empty();
      };
    }
    if (test.field().indexOf('.') > 0) {
      // What a link leads to changes without the record.
      return Optional.empty();
    }
    Field field = fields.apply(test.field());
    if (IndexedField.form(field.type()) == IndexedField.Form.NONE) {
      return Optional.empty();
    }
    Comparison comparison = OperandReader.read(field, operator, test.operands());
    if (comparison instanceof Comparison.TextPart part && part.text().length() > LONGEST_PART) {
      return Optional.empty();
    }
    return Optional.of(new ComparisonQuery(field, now, zone).query(comparison));
  }

  private static Query ids(long[] ids) {
    return LongField.newSetQuery(RecordIndex.ID, ids);
  }

  private Query tag(Filter.Test test) {
    return Optional.ofNullable(Folded.of(named(test)))
        .flatMap(marked::tag)
        .<Query>map(id -> new TermQuery(new Term(RecordIndex.TAG, Long.toString(id))))
        .orElseGet(MatchNoDocsQuery::new);
  }

  private Query list(Filter.Test test) {
    List<BytesRef> ids =
        marked.lists(named(test)).stream().map(id -> new BytesRef(Long.toString(id))).toList();
    return ids.isEmpty() ? new MatchNoDocsQuery() : new TermInSetQuery(RecordIndex.LIST, ids);
  }

  private static String named(Filter.Test test) {
    return ((Operand.Literal) test.operands().get(0)).text().strip();
  }
}
