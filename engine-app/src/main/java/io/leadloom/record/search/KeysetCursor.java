package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Filter;
import io.leadloom.record.Record;
import io.leadloom.schema.ChoiceNames;
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
 *
 * <p>What follows a position is asked for in parts, each a plain range of one index: the rest of the rows with the same
 * value, then those with other values, then (or first) those without one. As one condition joined by {@code or} it would
 * make H2 read the index from its beginning for every page.
 */
final class KeysetCursor {

  private static final String SEPARATOR = "\u001f";
  private static final LocalDate FIRST_DAY = LocalDate.of(1000, 1, 1);

  private final Order order;
  private final boolean descending;
  private final String search;

  KeysetCursor(Order order, boolean descending, EntityType type, Filter filter) {
    this.order = order;
    this.descending = descending;
    this.search =
        type.key()
            + ":"
            + order.field().key()
            + (descending ? ":-:" : ":+:")
            + Integer.toHexString(filter.toString().hashCode());
  }

  /**
   * What rows are sorted by.
   *
   * @param field gives the type of the values and names the order
   * @param leading a column before it in the index, of which all rows have the same value; empty for none
   * @param column has the values
   * @param id has the id beside the column, so that one index has both
   * @param filled whether every row has a value
   * @param apart whether a row without a value may have no row in the column's table at all
   * @param value the value of a record that is sorted by, as {@code column} has it
   */
  record Order(
      Field field,
      String leading,
      String column,
      String id,
      boolean filled,
      boolean apart,
      Function<Record, @Nullable Object> value) {}

  /**
   * Some of the rows that a page may need, in order.
   *
   * @param joined whether they all have a row in the column's table, if that is a table of its own
   */
  record Part(SqlCondition condition, String orderBy, boolean joined) {}

  /**
   * The last row of a page.
   *
   * @param sorted the value it is sorted by, as text, a choice in the form that rows keep; null when it is empty
   */
  record Position(long id, @Nullable String sorted) {}

  /** Where the page after this record begins. */
  String position(Record last) {
    Object sorted = order.value().apply(last);
    ChoiceNames names = order.field().names();
    if (names != null && sorted instanceof String label) {
      // The name may be another one when the next page is asked for.
      sorted = names.stored(label);
    }
    return written(new Position(last.ref().id(), sorted == null ? null : written(sorted)));
  }

  String written(Position last) {
    return search
        + SEPARATOR
        + last.id()
        + SEPARATOR
        + (last.sorted() == null ? "0" : "1" + last.sorted());
  }

  /** The opposite of {@link #written(Position)}; refuses what another search has written. */
  Position read(String position) {
    String[] parts = position.split(SEPARATOR, 3);
    if (parts.length != 3 || !parts[0].equals(search) || parts[2].isEmpty()) {
      throw RefusedException.invalid(
          "The cursor belongs to another search",
          Violation.of(
              "cursor", null, "the 'next' of a page of the same search with the same sort"));
    }
    return new Position(
        Long.parseLong(parts[1]), parts[2].charAt(0) == '1' ? parts[2].substring(1) : null);
  }

  private static String written(Object value) {
    return value instanceof Money money ? money.amount().toPlainString() : value.toString();
  }

  /** All rows. */
  List<Part> all() {
    if (FlagOrder.of(order.field())) {
      return new FlagOrder(order, descending).parts(null);
    }
    ChoiceNames names = order.field().names();
    if (names != null) {
      return new ChoiceOrder(order.column(), names, descending).parts(null, null);
    }
    if (!order.apart()) {
      return List.of(new Part(SqlCondition.of("1 = 1"), orderBy(), false));
    }
    return descending ? List.of(valued(), empty("")) : List.of(empty(""), valued());
  }

  /** The rows after a position. */
  List<Part> after(Position position) {
    if (FlagOrder.of(order.field())) {
      return new FlagOrder(order, descending).parts(position);
    }
    long id = position.id();
    Object sorted = position.sorted() == null ? null : value(position.sorted());
    ChoiceNames names = order.field().names();
    if (names != null) {
      return new ChoiceOrder(order.column(), names, descending).parts((String) sorted, id);
    }
    String beyond = descending ? " < ?" : " > ?";
    if (sorted == null) {
      Part empty = empty(" and r.id" + beyond, id);
      return descending ? List.of(empty) : List.of(empty, valued());
    }
    Part same =
        valued(SqlCondition.of(order.column() + " = ? and " + order.id() + beyond, sorted, id));
    Part other = valued(SqlCondition.of(order.column() + beyond, sorted));
    return descending && !order.filled() ? List.of(same, other, empty("")) : List.of(same, other);
  }

  /** All rows with a value; said as a range because H2 would read past those without one otherwise. */
  private Part valued() {
    return valued(SqlCondition.of(order.column() + " >= ?", least()));
  }

  private Part valued(SqlCondition condition) {
    return new Part(condition, orderBy(), order.apart());
  }

  private Part empty(String further, Object... arguments) {
    return new Part(
        SqlCondition.of(order.column() + " is null" + further, arguments),
        order.apart() ? " order by r.id" + direction() : orderBy(),
        false);
  }

  private String orderBy() {
    String leading = order.leading().isEmpty() ? "" : order.leading() + direction() + ", ";
    return " order by " + leading + order.column() + direction() + ", " + order.id() + direction();
  }

  private String direction() {
    return descending ? " desc" : "";
  }

  private Object value(String text) {
    Field sort = order.field();
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

  /** A value that no stored one is less than. */
  private Object least() {
    Field sort = order.field();
    return switch (sort.type()) {
      case TEXT, DROPDOWN, EMAIL, PHONE, URL, LONG_TEXT, MULTI_SELECT -> "";
      case WHOLE_NUMBER, USER, RECORD_LINK -> Long.MIN_VALUE;
      case DECIMAL, MONEY -> BigDecimal.TEN.pow(24).negate();
      case BOOLEAN -> sort.system() ? Boolean.FALSE : BigDecimal.ZERO;
      case DATE -> sort.system() ? FIRST_DAY : FIRST_DAY.atStartOfDay();
      case DATE_TIME -> FIRST_DAY.atStartOfDay();
    };
  }

  private static LocalDateTime column(Instant moment) {
    return Objects.requireNonNull(Utc.column(moment));
  }
}
