package io.leadloom.decision;

import io.leadloom.platform.Folded;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Money;
import io.leadloom.schema.OperandReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One property of a declared fact type and how its value comes from a field.
 *
 * @param name its name in the rules
 * @param key the key of the field, or {@code #tags}, {@code #lists}
 * @param aspect what of the field it holds
 * @param type the type of the field
 */
record Property(String name, String key, Aspect aspect, FieldType type) {

  /** What a property holds of a field. */
  enum Aspect {
    /** The value itself, numbers without trailing zeros, of money the amount. */
    VALUE(""),
    /** The currency of an amount of money. */
    CURRENCY("Currency"),
    /** The text without letter case; of several options the set of them. */
    FOLDED("Folded"),
    /** The name of the weekday in the account's time zone. */
    WEEKDAY("Weekday"),
    /** The answer's field as a number; empty when it is none. */
    NUMBER("Number"),
    /** Whether the field changed in the triggering event. */
    CHANGED("Changed"),
    /** The value before the triggering event, folded where it is a text. */
    BEFORE("Before"),
    /** The value after the triggering event, folded where it is a text. */
    AFTER("After"),
    TAGS(""),
    LISTS("");

    private final String suffix;

    Aspect(String suffix) {
      this.suffix = suffix;
    }

    String suffix() {
      return suffix;
    }

    boolean ofEvent() {
      return this == CHANGED || this == BEFORE || this == AFTER;
    }
  }

  /** Whether the history shows the field's value itself instead of what the rules compare. */
  boolean showsField() {
    return switch (aspect) {
      case VALUE, CURRENCY, FOLDED, WEEKDAY, NUMBER -> true;
      default -> false;
    };
  }

  /** The Java type of the property, as the declaration of the fact type names it. */
  String javaType() {
    return switch (aspect) {
      case CURRENCY, WEEKDAY -> "String";
      case FOLDED -> type == FieldType.MULTI_SELECT ? "java.util.Set" : "String";
      case NUMBER -> "java.math.BigDecimal";
      case CHANGED -> "Boolean";
      case TAGS, LISTS -> "java.util.Set";
      case VALUE, BEFORE, AFTER -> javaType(type);
    };
  }

  private static String javaType(FieldType type) {
    return switch (type) {
      case TEXT, LONG_TEXT, EMAIL, PHONE, URL, DROPDOWN -> "String";
      case WHOLE_NUMBER, USER, RECORD_LINK -> "Long";
      case DECIMAL, MONEY -> "java.math.BigDecimal";
      case BOOLEAN -> "Boolean";
      case DATE -> "java.time.LocalDate";
      case DATE_TIME -> "java.time.Instant";
      case MULTI_SELECT -> "java.util.List";
    };
  }

  /** The property's value from the field's value. */
  @Nullable Object of(@Nullable Object value, ZoneId zone) {
    return switch (aspect) {
      case VALUE -> normalised(value, false);
      case FOLDED, BEFORE, AFTER -> normalised(value, true);
      case CURRENCY -> value instanceof Money money ? money.currency() : null;
      case WEEKDAY -> weekday(value, zone);
      case NUMBER -> number(value);
      case CHANGED, TAGS, LISTS -> value;
    };
  }

  private @Nullable Object normalised(@Nullable Object value, boolean folded) {
    return switch (type) {
      case TEXT, LONG_TEXT, EMAIL, PHONE, URL, DROPDOWN ->
          folded ? Folded.of(text(value)) : Folded.of(text(value)) == null ? null : text(value);
      case MULTI_SELECT ->
          folded
              ? foldedSet(value)
              : value instanceof Collection<?> c && c.isEmpty() ? null : value;
      case MONEY -> value instanceof Money money ? OperandReader.plain(money.amount()) : null;
      case DECIMAL -> value instanceof BigDecimal decimal ? OperandReader.plain(decimal) : null;
      default -> type.valueType().isInstance(value) ? value : null;
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return OperandReader.plain(decimal).toPlainString();
    }
    return value == null ? null : value.toString();
  }

  private static Set<String> foldedSet(@Nullable Object value) {
    Set<String> set = new HashSet<>();
    if (value instanceof Collection<?> values) {
      for (Object item : values) {
        String folded = Folded.of(text(item));
        if (folded != null) {
          set.add(folded);
        }
      }
    }
    return set;
  }

  private static @Nullable String weekday(@Nullable Object value, ZoneId zone) {
    if (value instanceof LocalDate date) {
      return date.getDayOfWeek().name();
    }
    return value instanceof Instant instant ? instant.atZone(zone).getDayOfWeek().name() : null;
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    String text = text(value);
    if (text == null
        || text.length() > 40
        || !text.strip().matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,12})?")) {
      return null;
    }
    return OperandReader.plain(new BigDecimal(text.strip()));
  }
}
