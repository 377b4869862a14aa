package io.leadloom.record.index;

import io.leadloom.platform.Folded;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a field stand in the index: texts folded (of a choice what rows keep of it), whole numbers, links,
 * days and moments as numbers, decimals and amounts as bytes that sort as they do. A field's id names it there, since a
 * key can be given again.
 */
final class IndexedField {

  /** Decimals have at most 6 places and 24 digits before the point. */
  private static final int SCALE = 6;

  private static final BigDecimal BOUND = BigDecimal.TEN.pow(24);
  private static final int DECIMAL_BYTES = 16;

  private IndexedField() {}

  /** How the values of a type are kept. */
  enum Form {
    TEXT,
    NUMBER,
    DECIMAL,
    NONE
  }

  static Form form(FieldType type) {
    return switch (type) {
      case TEXT, EMAIL, PHONE, URL, DROPDOWN, MULTI_SELECT -> Form.TEXT;
      case WHOLE_NUMBER, USER, RECORD_LINK, BOOLEAN, DATE, DATE_TIME -> Form.NUMBER;
      case DECIMAL, MONEY -> Form.DECIMAL;
      case LONG_TEXT -> Form.NONE;
    };
  }

  static String name(Field field) {
    return field.id() == 0 ? RecordIndex.ID : "f" + field.id();
  }

  static void add(Document document, Field field, Object value) {
    String name = name(field);
    switch (form(field.type())) {
      case TEXT -> {
        List<?> texts = value instanceof List<?> list ? list : List.of(value);
        ChoiceNames names = field.names();
        for (Object text : texts) {
          String kept = names == null ? (String) text : names.stored((String) text);
          String folded = Folded.of(kept);
          if (folded != null) {
            document.add(new KeywordField(name, new BytesRef(folded), Store.NO));
          }
        }
      }
      case NUMBER -> document.add(new LongField(name, number(value), Store.NO));
      case DECIMAL -> document.add(new KeywordField(name, decimal(exact(value)), Store.NO));
      case NONE -> {}
    }
  }

  /** The number that stands for a value of a type with the form {@link Form#NUMBER}. */
  static long number(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof LocalDate day) {
      return day.toEpochDay();
    }
    return value instanceof Instant moment ? micros(moment) : (Long) value;
  }

  /** Microseconds since 1970; a finer moment counts as the microsecond it lies in. */
  static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment.truncatedTo(ChronoUnit.MICROS));
  }

  static Instant moment(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static BigDecimal exact(Object value) {
    return value instanceof Money money ? money.amount() : (BigDecimal) value;
  }

  static BytesRef decimal(BigDecimal value) {
    BigDecimal held = value.max(BOUND.negate()).min(BOUND);
    byte[] bytes = new byte[DECIMAL_BYTES];
    NumericUtils.bigIntToSortableBytes(
        held.setScale(SCALE, RoundingMode.FLOOR).unscaledValue(), DECIMAL_BYTES, bytes, 0);
    return new BytesRef(bytes);
  }

  /** Whether a decimal can be one of the stored ones as it is. */
  static boolean storable(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= SCALE && value.abs().compareTo(BOUND) < 0;
  }

  /** Empty values are the least, as both databases have it. */
  static SortField sort(Field field, boolean descending) {
    if (form(field.type()) == Form.NUMBER) {
      SortField sort =
          LongField.newSortField(name(field), descending, SortedNumericSelector.Type.MIN);
      sort.setMissingValue(Long.MIN_VALUE);
      return sort;
    }
    SortField sort = KeywordField.newSortField(name(field), descending, SortedSetSelector.Type.MIN);
    sort.setMissingValue(SortField.STRING_FIRST);
    return sort;
  }

  /** What the index sorts by, as the text that a cursor keeps; null for an empty value. */
  static @Nullable String written(Field field, @Nullable Object sorted) {
    if (sorted instanceof Long number) {
      if (number == Long.MIN_VALUE) {
        return null;
      }
      return switch (field.type()) {
        case BOOLEAN -> String.valueOf(number == 1);
        case DATE -> LocalDate.ofEpochDay(number).toString();
        case DATE_TIME -> moment(number).toString();
        default -> number.toString();
      };
    }
    if (!(sorted instanceof BytesRef bytes)) {
      return null;
    }
    if (form(field.type()) == Form.DECIMAL) {
      BigInteger unscaled =
          NumericUtils.sortableBytesToBigInt(bytes.bytes, bytes.offset, bytes.length);
      return new BigDecimal(unscaled, SCALE).toPlainString();
    }
    return bytes.utf8ToString();
  }

  /** The opposite of {@link #written}, also of what a search by SQL has written. */
  static @Nullable Object sorted(Field field, @Nullable String written) {
    if (form(field.type()) == Form.NUMBER) {
      if (written == null) {
        return Long.MIN_VALUE;
      }
      return switch (field.type()) {
        case BOOLEAN -> written.equals("true") ? 1L : 0L;
        case DATE -> LocalDate.parse(written).toEpochDay();
        case DATE_TIME -> micros(Instant.parse(written));
        default -> Long.parseLong(written);
      };
    }
    if (written == null) {
      return null;
    }
    String folded = Folded.of(written);
    return form(field.type()) == Form.DECIMAL
        ? decimal(new BigDecimal(written))
        : new BytesRef(folded == null ? "" : folded);
  }
}
