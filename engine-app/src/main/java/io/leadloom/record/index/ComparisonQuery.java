package io.leadloom.record.index;

import io.leadloom.record.index.IndexedField.Form;
import io.leadloom.schema.Comparison;
import io.leadloom.schema.Comparison.AnyOption;
import io.leadloom.schema.Comparison.DayRange;
import io.leadloom.schema.Comparison.Emptiness;
import io.leadloom.schema.Comparison.NumberRange;
import io.leadloom.schema.Comparison.OnWeekday;
import io.leadloom.schema.Comparison.OneOf;
import io.leadloom.schema.Comparison.TextPart;
import io.leadloom.schema.Comparison.TimeRange;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Moment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The meaning of one comparison of one field, as a query of the index; it is that of the search by SQL. */
final class ComparisonQuery {

  private final Field field;
  private final String name;
  private final Instant now;
  private final ZoneId zone;

  ComparisonQuery(Field field, Instant now, ZoneId zone) {
    this.field = field;
    this.name = IndexedField.name(field);
    this.now = now;
    this.zone = zone;
  }

  static Query not(Query query) {
    return new BooleanQuery.Builder()
        .add(new MatchAllDocsQuery(), Occur.FILTER)
        .add(query, Occur.MUST_NOT)
        .build();
  }

  Query query(Comparison comparison) {
    if (comparison instanceof Emptiness emptiness) {
      Query filled = new FieldExistsQuery(name);
      return emptiness.empty() ? not(filled) : filled;
    }
    if (comparison instanceof OneOf oneOf) {
      return unless(oneOf.negated(), oneOf(oneOf.values()));
    }
    if (comparison instanceof TextPart part) {
      return unless(part.negated(), part(part));
    }
    if (comparison instanceof AnyOption any) {
      return unless(any.negated(), texts(any.options()));
    }
    if (comparison instanceof NumberRange range) {
      return IndexedField.form(field.type()) == Form.DECIMAL ? decimals(range) : numbers(range);
    }
    if (comparison instanceof TimeRange range) {
      return unless(range.negated(), times(range));
    }
    if (comparison instanceof DayRange range) {
      return unless(range.negated(), days(range.first(now, zone), range.last(now, zone)));
    }
    if (comparison instanceof OnWeekday weekdays) {
      return weekdays(weekdays);
    }
    throw new IllegalArgumentException("Not a comparison of searches: " + comparison);
  }

  private static Query unless(boolean negated, Query query) {
    return negated ? not(query) : query;
  }

  private Query oneOf(List<Object> values) {
    return switch (IndexedField.form(field.type())) {
      case TEXT -> texts(values);
      case NUMBER ->
          LongField.newSetQuery(name, values.stream().mapToLong(IndexedField::number).toArray());
      case DECIMAL ->
          terms(
              values.stream()
                  .map(BigDecimal.class::cast)
                  .filter(IndexedField::storable)
                  .map(IndexedField::decimal)
                  .toList());
      case NONE -> throw new IllegalArgumentException("Not indexed: " + field.key());
    };
  }

  private Query texts(List<?> texts) {
    return terms(texts.stream().map(text -> new BytesRef((String) text)).toList());
  }

  private Query terms(List<BytesRef> terms) {
    return terms.isEmpty() ? new MatchNoDocsQuery() : KeywordField.newSetQuery(name, terms);
  }

  private Query part(TextPart part) {
    return switch (part.where()) {
      case START -> new PrefixQuery(new Term(name, part.text()));
      case END -> new WildcardQuery(new Term(name, "*" + escaped(part.text())));
      case ANYWHERE -> new WildcardQuery(new Term(name, "*" + escaped(part.text()) + "*"));
    };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
  }

  private Query numbers(NumberRange range) {
    long low = Long.MIN_VALUE + 1;
    long high = Long.MAX_VALUE;
    if (range.low() != null) {
      low = range.low().setScale(0, RoundingMode.CEILING).longValueExact();
      if (!range.lowIncluded() && range.low().compareTo(BigDecimal.valueOf(low)) == 0) {
        low++;
      }
    }
    if (range.high() != null) {
      high = range.high().setScale(0, RoundingMode.FLOOR).longValueExact();
      if (!range.highIncluded() && range.high().compareTo(BigDecimal.valueOf(high)) == 0) {
        high--;
      }
    }
    return between(low, high);
  }

  private Query between(long low, long high) {
    return low > high ? new MatchNoDocsQuery() : LongField.newRangeQuery(name, low, high);
  }

  /** An end that no stored decimal can have lies just above the stored one that its bytes stand for. */
  private Query decimals(NumberRange range) {
    BigDecimal low = range.low();
    BigDecimal high = range.high();
    return new TermRangeQuery(
        name,
        low == null ? null : IndexedField.decimal(low),
        high == null ? null : IndexedField.decimal(high),
        low == null || (range.lowIncluded() && exact(low)),
        high == null || range.highIncluded() || !exact(high));
  }

  private static boolean exact(BigDecimal end) {
    return IndexedField.storable(end);
  }

  private Query times(TimeRange range) {
    long low = Long.MIN_VALUE + 1;
    long high = Long.MAX_VALUE;
    Moment from = range.from();
    if (from != null) {
      Instant at = from.instant(now, zone);
      low = IndexedField.micros(at);
      if (!range.fromIncluded() || isFiner(at)) {
        low++;
      }
    }
    Moment until = range.until();
    if (until != null) {
      Instant at = until.instant(now, zone);
      high = IndexedField.micros(at);
      if (!range.untilIncluded() && !isFiner(at)) {
        high--;
      }
    }
    return between(low, high);
  }

  private static boolean isFiner(Instant at) {
    return !at.truncatedTo(ChronoUnit.MICROS).equals(at);
  }

  private Query days(@Nullable LocalDate first, @Nullable LocalDate last) {
    return between(
        first == null ? Long.MIN_VALUE + 1 : first.toEpochDay(),
        last == null ? Long.MAX_VALUE : last.toEpochDay());
  }

  private Query weekdays(OnWeekday weekdays) {
    boolean moments = field.type() == FieldType.DATE_TIME;
    List<String> meaning = new ArrayList<>();
    weekdays.days().stream().sorted().forEach(day -> meaning.add(day.name()));
    LongPredicate wanted =
        moments
            ? micros ->
                weekdays.days().contains(IndexedField.moment(micros).atZone(zone).getDayOfWeek())
            : day -> weekdays.days().contains(LocalDate.ofEpochDay(day).getDayOfWeek());
    return new NumbersThat(name, "on " + meaning + (moments ? " in " + zone : ""), wanted);
  }
}
