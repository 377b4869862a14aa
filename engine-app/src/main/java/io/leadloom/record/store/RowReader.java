package io.leadloom.record.store;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.Record;
import io.leadloom.record.store.EntityTable.Column;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads records from rows that were selected with {@link EntityTable#selectList()}. */
final class RowReader {

  private RowReader() {}

  /**
   * Reads one row.
   *
   * @param kept what rows keep for choices that have another name by now
   */
  static Record read(
      ResultSet row, EntityTable table, Schema schema, KeptNames kept, LongConsumer unknown)
      throws SQLException {
    Values values = Values.none();
    int index = 5;
    for (Column column : table.columns()) {
      Object value = value(row, index++, column);
      if (column.type() == io.leadloom.schema.FieldType.MONEY) {
        String currency = row.getString(index++);
        value =
            value == null || currency == null
                ? null
                : new Money(plain((BigDecimal) value, 2), currency);
      }
      if (value != null) {
        values.with(column.key(), kept.none() ? value : kept.shown(column.key(), value));
      }
    }
    String custom = row.getString(4);
    if (custom != null) {
      CustomDocument.read(custom, schema, values, unknown);
    }
    return new Record(
        new RecordRef(table.entity(), row.getLong(1)),
        row.getInt(2),
        table.entity() == EntityType.ACTIVITY ? values.text("type") : null,
        values,
        Utc.moment(row.getObject(3, LocalDateTime.class)));
  }

  private static @Nullable Object value(ResultSet row, int index, Column column)
      throws SQLException {
    return switch (column.type()) {
      case TEXT, LONG_TEXT, DROPDOWN, EMAIL, PHONE, URL, MULTI_SELECT -> row.getString(index);
      case WHOLE_NUMBER, USER, RECORD_LINK -> {
        long number = row.getLong(index);
        yield row.wasNull() ? null : number;
      }
      case DECIMAL -> {
        BigDecimal number = row.getBigDecimal(index);
        yield number == null ? null : plain(number, 0);
      }
      case MONEY -> row.getBigDecimal(index);
      case BOOLEAN -> {
        boolean flag = row.getBoolean(index);
        yield row.wasNull() ? null : flag;
      }
      case DATE -> row.getObject(index, java.time.LocalDate.class);
      case DATE_TIME -> Utc.moment(row.getObject(index, LocalDateTime.class));
    };
  }

  private static BigDecimal plain(BigDecimal number, int minimumScale) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < minimumScale
        ? stripped.setScale(minimumScale, RoundingMode.UNNECESSARY)
        : stripped;
  }
}
