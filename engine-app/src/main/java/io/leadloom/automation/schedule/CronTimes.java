package io.leadloom.automation.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a cron expression of six fields comes true in a zone. What names its hours comes once a day also when clocks are
 * changed: an hour that is left out comes when the clock has jumped over it, an hour that comes twice counts the first
 * time. What comes every hour, or every few, goes by the time that passes.
 */
final class CronTimes {

  private static final int HOUR = 2;

  private CronTimes() {}

  /** The first moment after this one; null when there is none any more. */
  static @Nullable Instant next(String cron, Instant after, ZoneId zone) {
    CronExpression expression = CronExpression.parse(cron);
    if (cron.strip().split("\\s+")[HOUR].startsWith("*")) {
      ZonedDateTime next = expression.next(after.atZone(zone));
      return next == null ? null : next.toInstant();
    }
    LocalDateTime local = begin(after, zone);
    while (true) {
      local = expression.next(local);
      if (local == null) {
        return null;
      }
      Instant moment = local.atZone(zone).toInstant();
      if (moment.isAfter(after)) {
        return moment;
      }
    }
  }

  /** Shortly after a gap the times that fell into it may still be to come. */
  private static LocalDateTime begin(Instant after, ZoneId zone) {
    ZoneOffsetTransition last = zone.getRules().previousTransition(after.plusNanos(1));
    boolean inGap =
        last != null && last.isGap() && after.isBefore(last.getInstant().plus(last.getDuration()));
    return inGap ? last.getDateTimeBefore().minusSeconds(1) : after.atZone(zone).toLocalDateTime();
  }
}
