package io.leadloom.record.search;

import io.leadloom.platform.Utc;
import io.leadloom.record.store.Sql;
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
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The meaning of one comparison of one column, as SQL that is true or false also for empty values (AUT-D02). */
final class ComparisonSql {

  private static final int YEARS_OF_OFFSETS = 10;

  private final String column;
  private final Field field;
  private final Instant now;
  private final ZoneId zone;

  ComparisonSql(String column, Field field, Instant now, ZoneId zone) {
    this.column = column;
    this.field = field;
    this.now = now;
    this.zone = zone;
  }

  SqlCondition sql(Comparison comparison) {
    if (comparison instanceof Emptiness emptiness) {
      return SqlCondition.of(column + (emptiness.empty() ? " is null" : " is not null"));
    }
    if (comparison instanceof OneOf oneOf) {
      List<Object> values = oneOf.values().stream().map(this::stored).toList();
      return guarded(
          new SqlCondition(column + " in (" + Sql.marks(values.size()) + ")", values),
          oneOf.negated());
    }
    if (comparison instanceof TextPart part) {
      return guarded(SqlCondition.of(column + " like ? escape '!'", pattern(part)), part.negated());
    }
    if (comparison instanceof AnyOption any) {
      List<SqlCondition> options = new ArrayList<>();
      any.options().forEach(option -> options.add(like("%|" + escaped(option) + "|%")));
      return guarded(SqlCondition.joined(" or ", options, "1 = 0"), any.negated());
    }
    if (comparison instanceof NumberRange range) {
      return guarded(
          range(range.low(), range.lowIncluded(), range.high(), range.highIncluded()), false);
    }
    if (comparison instanceof TimeRange range) {
      return guarded(
          range(at(range.from()), range.fromIncluded(), at(range.until()), range.untilIncluded()),
          range.negated());
    }
    if (comparison instanceof DayRange range) {
      return guarded(
          range(day(range.first(now, zone)), true, day(range.last(now, zone)), true),
          range.negated());
    }
    if (comparison instanceof OnWeekday weekdays) {
      return guarded(weekday(weekdays), false);
    }
    throw new IllegalArgumentException("Not a comparison of searches: " + comparison);
  }

  private SqlCondition guarded(SqlCondition condition, boolean negated) {
    return negated
        ? condition.wrapped("(" + column + " is null or not (", "))")
        : condition.wrapped("(" + column + " is not null and ", ")");
  }

  private Object stored(Object value) {
    boolean slot = !field.system();
    return slot && value instanceof Boolean flag
        ? (flag ? BigDecimal.ONE : BigDecimal.ZERO)
        : value;
  }

  private SqlCondition like(String pattern) {
    return SqlCondition.of(column + " like ? escape '!'", pattern);
  }

  private static String pattern(TextPart part) {
    String text = escaped(part.text());
    return switch (part.where()) {
      case START -> text + "%";
      case END -> "%" + text;
      case ANYWHERE -> "%" + text + "%";
    };
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private SqlCondition range(
      @Nullable Object low, boolean lowIn, @Nullable Object high, boolean highIn) {
    List<SqlCondition> ends = new ArrayList<>();
    if (low != null) {
      ends.add(SqlCondition.of(column + (lowIn ? " >= ?" : " > ?"), low));
    }
    if (high != null) {
      ends.add(SqlCondition.of(column + (highIn ? " <= ?" : " < ?"), high));
    }
    return SqlCondition.joined(" and ", ends, "1 = 1");
  }

  private @Nullable Object at(@Nullable Moment moment) {
    return moment == null ? null : Utc.column(moment.instant(now, zone));
  }

  private @Nullable Object day(@Nullable LocalDate day) {
    return day == null ? null : field.system() ? day : day.atStartOfDay();
  }

  /** Days since Thursday 1 January 1970, counted in the account's time zone for moments, modulo 7. */
  private SqlCondition weekday(OnWeekday weekdays) {
    String offset = field.type() == FieldType.DATE_TIME ? offset() : "0";
    String days =
        "floor((timestampdiff(second, timestamp '1970-01-01 00:00:00', "
            + column
            + ") + "
            + offset
            + ") / 86400.0)";
    List<Object> wanted = new ArrayList<>();
    for (DayOfWeek day : weekdays.days()) {
      wanted.add(day.getValue() - 1);
    }
    return new SqlCondition(
        "mod(mod(" + days + " + 3, 7) + 7, 7) in (" + Sql.marks(wanted.size()) + ")", wanted);
  }

  /** The zone's offset in seconds at the moment in the column; exact within ten years of now. */
  private String offset() {
    Instant from = now.minus(YEARS_OF_OFFSETS * 366L, ChronoUnit.DAYS);
    Instant until = now.plus(YEARS_OF_OFFSETS * 366L, ChronoUnit.DAYS);
    StringBuilder sql = new StringBuilder();
    ZoneOffset last = zone.getRules().getOffset(from);
    ZoneOffsetTransition transition = zone.getRules().nextTransition(from);
    while (transition != null && transition.getInstant().isBefore(until)) {
      sql.append(" when ").append(column).append(" < timestamp '");
      sql.append(
          Objects.requireNonNull(Utc.column(transition.getInstant())).toString().replace('T', ' '));
      sql.append(":00' then ").append(last.getTotalSeconds());
      last = transition.getOffsetAfter();
      transition = zone.getRules().nextTransition(transition.getInstant());
    }
    return sql.isEmpty()
        ? String.valueOf(last.getTotalSeconds())
        : "case" + sql + " else " + last.getTotalSeconds() + " end";
  }
}
