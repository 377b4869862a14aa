package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Filter;
import io.leadloom.record.Record;
import io.leadloom.schema.Field;
import io.leadloom.schema.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages by the last row's sort value and id, so that rows that come and go meanwhile neither repeat nor hide others.
 * Empty values stand first when ascending and last when descending, as both databases have it.
 */
final class KeysetCursor {

  private static final String SEPARATOR = "\u001f";

  private final Field sort;
  private final String column;
  private final boolean descending;
  private final String search;
  private final Function<Record, @Nullable Object> value;

  /**
   * An order.
   *
   * @param sort gives the type of the values and names the order
   * @param value the value of a record that is sorted by, as {@code column} has it
   */
  KeysetCursor(
      Field sort,
      String column,
      boolean descending,
      EntityType type,
      Filter filter,
      Function<Record, @Nullable Object> value) {
    this.sort = sort;
    this.column = column;
    this.descending = descending;
    this.value = value;
    this.search =
        type.key()
            + ":"
            + sort.key()
            + (descending ? ":-:" : ":+:")
            + Integer.toHexString(filter.toString().hashCode());
  }

  String orderBy() {
    String direction = descending ? " desc" : "";
    return " order by " + column + direction + ", r.id" + direction;
  }

  /** Where the page after this record begins. */
  String position(Record last) {
    Object sorted = value.apply(last);
    return search
        + SEPARATOR
        + last.ref().id()
        + SEPARATOR
        + (sorted == null ? "0" : "1" + written(sorted));
  }

  private static String written(Object value) {
    return value instanceof Money money ? money.amount().toPlainString() : value.toString();
  }

  /** The condition for rows after a position. */
  SqlCondition after(String position) {
    String[] parts = position.split(SEPARATOR, 3);
    if (parts.length != 3 || !parts[0].equals(search) || parts[2].isEmpty()) {
      throw RefusedException.invalid(
          "The cursor belongs to another search",
          Violation.of(
              "cursor", null, "the 'next' of a page of the same search with the same sort"));
    }
    long id = Long.parseLong(parts[1]);
    Object sorted = parts[2].charAt(0) == '1' ? read(parts[2].substring(1)) : null;
    String beyond = descending ? " < ?" : " > ?";
    if (sorted == null) {
      String nulls = "(" + column + " is null and r.id" + beyond + ")";
      return SqlCondition.of(
          descending ? nulls : "(" + column + " is not null or " + nulls + ")", id);
    }
    String after = column + beyond + " or (" + column + " = ? and r.id" + beyond + ")";
    return new SqlCondition(
        "(" + after + (descending ? " or " + column + " is null" : "") + ")",
        List.of(sorted, sorted, id));
  }

  private @Nullable Object read(String text) {
    return switch (sort.type()) {
      case TEXT, DROPDOWN, EMAIL, PHONE, URL, LONG_TEXT, MULTI_SELECT -> text;
      case WHOLE_NUMBER, USER, RECORD_LINK -> Long.parseLong(text);
      case DECIMAL, MONEY -> new BigDecimal(text);
      case BOOLEAN ->
          sort.system()
              ? Boolean.valueOf(text)
              : Boolean.parseBoolean(text) ? BigDecimal.ONE : BigDecimal.ZERO;
      case DATE -> sort.system() ? LocalDate.parse(text) : LocalDate.parse(text).atStartOfDay();
      case DATE_TIME -> column(Instant.parse(text));
    };
  }

  private static LocalDateTime column(Instant moment) {
    return Objects.requireNonNull(Utc.column(moment));
  }
}
