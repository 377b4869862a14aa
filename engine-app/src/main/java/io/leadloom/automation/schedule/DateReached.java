package io.leadloom.automation.schedule;

import io.leadloom.automation.card.Duration;
import io.leadloom.automation.definition.WaitTime;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A date field of a lead, moved by an offset. */
final class DateReached implements TimeSource {

  /** Months differ by three days, days by an hour, and a time of day moves a moment by up to one more day. */
  private static final int MARGIN_DAYS = 4;

  private final TriggerIndex.Starter starter;
  private final Field field;
  private final @Nullable Duration offset;
  private final ZoneId zone;

  DateReached(TriggerIndex.Starter starter, Field field, ZoneId account) {
    this.starter = starter;
    this.field = field;
    Trigger trigger = starter.trigger();
    Trigger.Offset given = trigger.offset();
    this.offset = given == null ? null : new Duration(given.amount(), given.unit());
    this.zone = starter.zone(account);
  }

  @Override
  public EntityType type() {
    return EntityType.LEAD;
  }

  @Override
  public @Nullable Filter candidates(Instant from, Instant to) {
    return field.type() == FieldType.DATE ? dates(from, to) : moments(from, to);
  }

  /** Exactly the dates whose moment has come; most looks find none and need no search. */
  private @Nullable Filter dates(Instant from, Instant to) {
    LocalDate first = back(from).atZone(zone).toLocalDate().minusDays(MARGIN_DAYS);
    LocalDate last = back(to).atZone(zone).toLocalDate().plusDays(MARGIN_DAYS);
    while (!first.isAfter(last) && !moment(first, from).isAfter(from)) {
      first = first.plusDays(1);
    }
    while (!last.isBefore(first) && moment(last, from).isAfter(to)) {
      last = last.minusDays(1);
    }
    return last.isBefore(first)
        ? null
        : TimeSource.test(field.key(), Operator.BETWEEN, first.toString(), last.toString());
  }

  /** A little more on each side where the calendar counts: the exact moment is worked out per record. */
  private Filter moments(Instant from, Instant to) {
    boolean byTheClock =
        starter.trigger().timeOfDay() == null
            && (offset == null
                || offset.unit() == Operand.Unit.MINUTES
                || offset.unit() == Operand.Unit.HOURS);
    int margin = byTheClock ? 0 : MARGIN_DAYS;
    return TimeSource.test(
        field.key(),
        Operator.BETWEEN,
        back(from).minus(margin, ChronoUnit.DAYS).toString(),
        back(to).plus(margin, ChronoUnit.DAYS).toString());
  }

  private Instant back(Instant moment) {
    return offset == null ? moment : offset.negated().after(moment, zone);
  }

  private Instant moment(Object value, Instant now) {
    return new WaitTime.UntilField(field.key(), offset, starter.trigger().timeOfDay(), zone)
        .due(now, Values.of(field.key(), value));
  }

  @Override
  public @Nullable JournalEntry event(Record lead, Instant from, Instant to) {
    Object value = lead.values().get(field.key());
    if (value == null) {
      return null;
    }
    Instant moment = moment(value, from);
    return moment.isAfter(from) && !moment.isAfter(to)
        ? TimeSource.addressed(JournalKind.DATE_REACHED, lead.ref(), starter, to)
        : null;
  }
}
