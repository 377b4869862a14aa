package io.leadloom.record.calling.row;

import io.leadloom.platform.Folded;
import io.leadloom.platform.company.ContactForms;
import io.leadloom.record.calling.row.Columns.Column;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the leads of lists are compared by: their number (LEAD-063) and the values of unique columns. */
final class RowKeys {

  /** The number; no field has this id. */
  static final long NUMBER = 0;

  private static final int LONGEST_NUMBER = 250;
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}().\\[\\]\\-]+");

  private final Columns columns;
  private final String region;

  /**
   * Keys of the leads of one process.
   *
   * @param region of numbers without a country code
   */
  RowKeys(Columns columns, String region) {
    this.columns = columns;
    this.region = region;
  }

  /** The number of a lead as numbers are compared; null for none. */
  @Nullable String number(Values values) {
    Column phone = columns.phone();
    return phone == null || !(values.get(phone.field().key()) instanceof String text)
        ? null
        : number(text, region);
  }

  /** A number without what people write between digits, with its country code (LEAD-063); null for none. */
  static @Nullable String number(String text, String region) {
    String understood = ContactForms.phone(text, region).orElse(text);
    String bare = BETWEEN.matcher(understood).replaceAll("");
    String cut = bare.length() > LONGEST_NUMBER ? bare.substring(0, LONGEST_NUMBER) : bare;
    return Folded.of(cut);
  }

  /** The key of a number as numbers are compared. */
  static RowKey ofNumber(String number) {
    return RowKey.of(NUMBER, number);
  }

  /** What says whether a lead is there already: its number, else its primary key; null for neither. */
  @Nullable RowKey same(Values values) {
    String number = number(values);
    if (number != null) {
      return RowKey.of(NUMBER, number);
    }
    Column primary = columns.primary();
    return primary == null ? null : unique(primary, values);
  }

  /** The unique columns, the primary one too. */
  List<Column> unique() {
    return columns.all().stream().filter(column -> column.definition().unique()).toList();
  }

  /** The value of a unique column; null for a blank one. */
  @Nullable RowKey unique(Column column, Values values) {
    Object value = values.get(column.field().key());
    if (value == null) {
      return null;
    }
    String form = value.toString();
    if (column.field().type() == FieldType.PHONE) {
      form = Objects.requireNonNullElse(number(form, region), form);
    }
    String folded = Folded.of(form);
    return folded == null ? null : RowKey.of(column.field().id(), folded);
  }

  /** All that others are compared with. */
  List<RowKey> all(Values values) {
    List<RowKey> keys = new ArrayList<>();
    String number = number(values);
    if (number != null) {
      keys.add(RowKey.of(NUMBER, number));
    }
    for (Column column : unique()) {
      RowKey key = unique(column, values);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }
}
